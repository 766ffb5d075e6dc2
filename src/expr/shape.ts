import { quoteList } from "../arguments/index.ts";

/** The lengths of a tensor's axes, outermost first; `[]` is a scalar. */
export type Shape = readonly number[];

/** The number of elements of a tensor of this shape. */
export const sizeOf = (shape: Shape): number => shape.reduce((size, length) => size * length, 1);

/** Whether two shapes are equal, axis by axis. */
export const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((length, axis) => length === b[axis]);

/** A shape as text for errors: `[2, 3]`. */
export const showShape = (shape: Shape): string => quoteList(shape);

/** The strides, in elements, along each axis of a row-major tensor. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  for (let axis = shape.length - 1, step = 1; axis >= 0; axis--) {
    strides[axis] = step;
    step *= shape[axis];
  }
  return strides;
}

/**
 * The common shape of an element-wise operator's inputs: as in NumPy, shapes are aligned at their last axis, and an axis of
 * length 1, or a missing one, is broadcast to the other's length.
 */
export function broadcastShapes(operator: string, shapes: readonly Shape[]): Shape {
  const rank = Math.max(0, ...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) => {
    let common = 1;
    for (const shape of shapes) {
      const length = shape[axis - rank + shape.length] ?? 1;
      if (common !== 1 && length !== 1 && length !== common) throw new RangeError(mismatch(operator, shapes));
      if (common === 1) common = length;
    }
    return common;
  });
}

const mismatch = (operator: string, shapes: readonly Shape[]): string =>
  `${operator}: the shapes ${shapes.map(showShape).join(" and ")} do not broadcast: ` +
  "aligned at the last axis, lengths must be equal or 1";

/** The strides of a tensor of shape `from` broadcast to `shape`: 0 where it repeats. */
export function broadcastStrides(from: Shape, shape: Shape): number[] {
  const strides = stridesOf(from);
  const missing = shape.length - from.length;
  return shape.map((_, axis) => (axis < missing || from[axis - missing] === 1 ? 0 : strides[axis - missing]));
}

/** Checks the lengths of a user's shape. */
export function checkShape(shape: Shape): Shape {
  for (const length of shape)
    if (!Number.isSafeInteger(length) || length < 0)
      throw new RangeError(`shape ${showShape(shape)}: every length must be a whole number, 0 or more`);
  return shape;
}

/** An axis counted from the front; -1 names the last one, as in NumPy. */
export function checkAxis(operator: string, axis: number, rank: number): number {
  if (!Number.isInteger(axis) || axis < -rank || axis >= rank)
    throw new RangeError(`${operator}: axis ${axis} does not exist in a tensor with ${rank} axes`);
  return axis < 0 ? axis + rank : axis;
}
