import { type Application, type Expr, numberOf } from "./node.ts";
import { add } from "./operators/arithmetic.ts";
import { cast } from "./operators/cast.ts";
import { where } from "./operators/comparison.ts";
import { reshape } from "./operators/movement.ts";
import { broadcastTo, sum, sumTo } from "./operators/reduction.ts";
import { type Shape, sameShape } from "./shape.ts";

/**
 * A derivative in the backward pass. For a branch that is not taken it is 0, and must stay 0 whatever the branch's own
 * derivative: their product could be 0·∞, which is NaN. So each product is set to 0 where the adjoint is not live.
 */
export interface Adjoint {
  readonly value: Expr;
  /** Positive where the value comes from a branch that is taken, else 0; it broadcasts to the value. `null`: live everywhere. */
  readonly live: Expr | null;
}

/** The contribution of a node to the adjoint of x, its i-th input; `null`: none. */
export function pull({ value, live }: Adjoint, node: Application, i: number, x: Expr): Adjoint | null {
  const part = node.operator.derivative(i, value, node);
  if (part === null) return null;
  const moved = live === null ? null : liveAtInput(live, node, i);
  const through = moved === null ? null : cast(moved, part.dtype);
  const kept = through === null || keepsZeros(part, value) ? part : where(through, part, 0);
  return { value: sumTo(kept, x.shape), live: sumLive(narrow(through, part), part.shape, x.shape) };
}

/** The sum of two contributions to an adjoint. */
export function join(a: Adjoint, b: Adjoint): Adjoint {
  return { value: add(a.value, b.value), live: a.live === null || b.live === null ? null : either(a.live, b.live) };
}

/** Where the adjoint of the i-th input is live, given where the node's is; `null` if that is not worth tracking. */
function liveAtInput(live: Expr, node: Application, i: number): Expr | null {
  const { operator, inputs, shape } = node;
  if (live.shape.length === 0 || operator.lanes !== null) return live;
  const whole = broadcastTo(live, shape);
  const { axis, axes } = operator.attributes;
  if (MOVING.has(operator.name)) return operator.derivative(i, whole, node);
  if (MIXING.has(operator.name) && typeof axis === "number") return sum(whole, { axes: axis, keepdims: true });
  if (REDUCING.has(operator.name) && typeof axes === "object")
    return reshape(
      whole,
      inputs[i].shape.map((length, k) => (axes.includes(k) ? 1 : length)),
    );
  return null;
}

/** Operators that move or add elements; other reductions along an axis; and operators that mix all elements along one. */
const MOVING = new Set("sum mean broadcastTo reshape transpose slice pad concat gather scatterAdd".split(" "));
const REDUCING = new Set(["norm", "logSumExp", "maxOf"]);
const MIXING = new Set(["softmax", "logSoftmax"]);

/** A derivative of the form where(c, d, 0) or where(c, 0, d) is only live where it takes d. */
function narrow(live: Expr | null, part: Expr): Expr | null {
  if (part.kind !== "apply" || part.operator.name !== "where") return live;
  const [condition, a, b] = part.inputs;
  if (isZero(b)) return where(condition, narrow(live, a) ?? 1, 0);
  return isZero(a) ? where(condition, 0, narrow(live, b) ?? 1) : live;
}

/** Where the sum over broadcast axes is live. */
function sumLive(live: Expr | null, from: Shape, to: Shape): Expr | null {
  if (live === null || live.shape.length === 0 || sameShape(from, to)) return live;
  return sumTo(broadcastTo(live, from), to);
}

/** Where either is live; a choice and its opposite together are live everywhere. */
function either(a: Expr, b: Expr): Expr | null {
  const opposite = oppositeChoice(a, b) ?? oppositeChoice(b, a);
  if (opposite === undefined) return add(a, b);
  return opposite.every((x) => numberOf(x) === 1) ? null : add(a, b);
}

/** The x and y of where(c, x, 0) and where(c, 0, y). */
function oppositeChoice(a: Expr, b: Expr): readonly Expr[] | undefined {
  if (a.kind !== "apply" || b.kind !== "apply" || a.operator !== b.operator || a.operator.name !== "where")
    return undefined;
  const [[condition, x, zero], [same, none, y]] = [a.inputs, b.inputs];
  return condition === same && isZero(zero) && isZero(none) ? [x, y] : undefined;
}

const isZero = (x: Expr): boolean => numberOf(x) === 0;

/** Whether the form of a part shows that it is 0 wherever the adjoint is: the adjoint moved, summed, or times finite constants. */
function keepsZeros(part: Expr, adjoint: Expr): boolean {
  if (part === adjoint || isZero(part)) return true;
  if (part.kind !== "apply") return false;
  const { name } = part.operator;
  const [a, b, c] = part.inputs;
  const keeps = (x: Expr): boolean => keepsZeros(x, adjoint);
  if (name === "neg" || name === "cast" || MOVING.has(name)) return keeps(a);
  if (name === "mul") return (isFactor(b) && keeps(a)) || (isFactor(a) && keeps(b));
  if (name === "div") return isFactor(b) && numberOf(b) !== 0 && keeps(a);
  if (name === "add" || name === "sub") return keeps(a) && keeps(b);
  return name === "where" && keeps(b) && keeps(c);
}

const isFactor = (x: Expr): boolean => Number.isFinite(numberOf(x));
