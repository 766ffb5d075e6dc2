import { type Application, type Expr, numberOf } from "./node.ts";
import { add } from "./operators/arithmetic.ts";
import { cast } from "./operators/cast.ts";
import { where } from "./operators/comparison.ts";
import { reshape } from "./operators/movement.ts";
import { broadcastTo, sum, sumTo } from "./operators/reduction.ts";
import { type Shape, sameShape } from "./shape.ts";

/**
 * A derivative on its way back. By a branch that was not taken it is 0, and stays 0 whatever the branch's own derivative
 * is: multiplied with it, 0·∞ would be not a number. So each product is put to 0 where the adjoint is not live.
 */
export interface Adjoint {
  readonly value: Expr;
  /** Above 0 where the value comes from a branch that was taken, else 0; it stretches to the value. `null`: live everywhere. */
  readonly live: Expr | null;
}

/** The part of the adjoint of x, a node's i-th input, that comes through that node; `null`: none. */
export function pull({ value, live }: Adjoint, node: Application, i: number, x: Expr): Adjoint | null {
  const part = node.operator.derivative(i, value, node);
  if (part === null) return null;
  const moved = live === null ? null : passedOn(live, node, i);
  const through = moved === null ? null : cast(moved, part.dtype);
  const kept = through === null || keepsZeros(part, value) ? part : where(through, part, 0);
  return { value: sumTo(kept, x.shape), live: summed(narrowed(through, part), part.shape, x.shape) };
}

/** The adjoint of what two parts come from. */
export function join(a: Adjoint, b: Adjoint): Adjoint {
  return { value: add(a.value, b.value), live: a.live === null || b.live === null ? null : either(a.live, b.live) };
}

/** Where the adjoint of the i-th input is live if the node's is live there; `null` where that is not worth knowing. */
function passedOn(live: Expr, node: Application, i: number): Expr | null {
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

/** Operators that move numbers or add them up; others that reduce an axis; and those that mix all numbers along one. */
const MOVING = new Set("sum mean broadcastTo reshape transpose slice pad concat gather scatterAdd".split(" "));
const REDUCING = new Set(["norm", "logSumExp", "maxOf"]);
const MIXING = new Set(["softmax", "logSoftmax"]);

/** A derivative that is itself a choice, where(c, d, 0) or where(c, 0, d), is live where it takes d. */
function narrowed(live: Expr | null, part: Expr): Expr | null {
  if (part.kind !== "apply" || part.operator.name !== "where") return live;
  const [condition, a, b] = part.inputs;
  if (isZero(b)) return where(condition, narrowed(live, a) ?? 1, 0);
  return isZero(a) ? where(condition, 0, narrowed(live, b) ?? 1) : live;
}

/** Where a sum of live parts is live. */
function summed(live: Expr | null, from: Shape, to: Shape): Expr | null {
  if (live === null || live.shape.length === 0 || sameShape(from, to)) return live;
  return sumTo(broadcastTo(live, from), to);
}

/** Where one or the other is live: a choice and its opposite are so everywhere. */
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

/** Whether the part is 0 wherever the adjoint is, by its form: the adjoint moved, summed, or times finite constants. */
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
