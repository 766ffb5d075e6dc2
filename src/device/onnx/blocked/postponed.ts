import { type Application, type Expr, numberOf, sameShape } from "../../../expr/index.ts";

/** What is not computed by itself, but with each of its users. */

/** The axes of images over which sums are taken in blocks, too: all but the channels, or all but batch and channels. */
export const OVER_PLACES = new Set(["0,2,3", "2,3"]);

/** Whether it is y ≤ 0 and only chooses 0 for something else: the derivative of relu. */
export function isMask(node: Application, users: readonly Expr[]): boolean {
  if (node.operator.name !== "lessEqual" || numberOf(node.inputs[1]) !== 0) return false;
  return users.every((user) => isMasked(user, node));
}

/** Whether it is a·b or a², and only summed over height and width, and perhaps the batch. */
export function isSummedProduct({ operator, inputs, shape }: Application, users: readonly Expr[]): boolean {
  const { name, attributes } = operator;
  if (name !== "mul" && !(name === "pow" && attributes.exponent === 2)) return false;
  return inputs.every((x) => sameShape(x.shape, shape)) && users.length > 0 && users.every(isSumOverPlaces);
}

const isSumOverPlaces = (user: Expr): boolean =>
  user.kind === "apply" &&
  (user.operator.name === "sum" || user.operator.name === "mean") &&
  OVER_PLACES.has(String(user.operator.attributes.axes));

/** Whether the node is where(condition, 0, d). */
function isMasked(node: Expr, condition: Expr): boolean {
  if (node.kind !== "apply" || node.operator.name !== "where") return false;
  const [own, none, d] = node.inputs;
  return own === condition && numberOf(none) === 0 && d !== condition && sameShape(node.shape, condition.shape);
}
