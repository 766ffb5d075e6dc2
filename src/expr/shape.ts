import { quoteList } from "../arguments/index.ts";

/** The lengths of a tensor's axes, outermost first; `[]` is a scalar. */
export type Shape = readonly number[];

/** Numbers in a tensor of this shape: the product of its lengths. */
export const sizeOf = (shape: Shape): number => shape.reduce((size, length) => size * length, 1);

export const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((length, axis) => length === b[axis]);

/** How a shape is written in errors: `[2, 3]`. */
export const showShape = (shape: Shape): string => quoteList(shape);

/** Steps, in numbers, between neighbours along each axis of a row-major tensor. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  for (let axis = shape.length - 1, step = 1; axis >= 0; axis--) {
    strides[axis] = step;
    step *= shape[axis];
  }
  return strides;
}

/**
 * The common shape of tensors that meet in an element-wise operator: as in NumPy, shapes are aligned at their last
 * axis, and an axis of length 1, or one that is missing, stretches to its partner's length.
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

/** Steps along `shape`'s axes that walk a tensor of shape `from` stretched to it: 0 where it repeats. */
export function broadcastStrides(from: Shape, shape: Shape): number[] {
  const strides = stridesOf(from);
  const missing = shape.length - from.length;
  return shape.map((_, axis) => (axis < missing || from[axis - missing] === 1 ? 0 : strides[axis - missing]));
}

/** Checks the lengths of a shape that a user gave. */
export function checkShape(shape: Shape): Shape {
  for (const length of shape)
    if (!Number.isSafeInteger(length) || length < 0)
      throw new RangeError(`shape ${showShape(shape)}: every length must be a whole number, 0 or more`);
  return shape;
}

/** An axis counted from the front; -1 names the last one, as in NumPy. */
export function checkAxis(operator: string, axis: number, rank: number): number {
  if (!Number.isInteger(axis) || axis < -rank || axis >= rank)
    throw new RangeError(`${operator}: axis ${axis} does not exist in a tensor of ${rank} axes`);
  return axis < 0 ? axis + rank : axis;
}
