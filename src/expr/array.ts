import { broadcastStrides, type Shape, sameShape, showShape, sizeOf, stridesOf } from "./shape.ts";

/** A dense, row-major float64 array, on which the reference interpreter computes. */
export interface NDArray {
  /** The lengths of its axes. */
  readonly shape: Shape;
  /** Its elements, row by row. */
  readonly data: Float64Array;
}

/** Anything that converts to an array: a number, or numbers in row-major order, nested or flat. */
export type ArrayLike64 = number | ArrayLike<number> | Nested | NDArray;
export interface Nested extends ReadonlyArray<number | Nested> {}

/** An array of zeros. */
export const zeros = (shape: Shape): NDArray => ({ shape, data: new Float64Array(sizeOf(shape)) });
export const full = (shape: Shape, value: number): NDArray => ({
  shape,
  data: new Float64Array(sizeOf(shape)).fill(value),
});
/** A single number as an array of shape []. */
export const scalar = (value: number): NDArray => ({ shape: [], data: Float64Array.of(value) });

/**
 * The value as an array of a given shape. A flat list can fill any shape; nested lists must have that shape, or a
 * RangeError is thrown.
 */
export function toArray(value: ArrayLike64, shape: Shape, what = "value"): NDArray {
  const given = shapeOf(value);
  if (given.length > 1 && !sameShape(given, shape))
    throw new RangeError(`${what}: the values have shape ${showShape(given)}; it must be ${showShape(shape)}`);
  const data = flatten(value);
  if (data.length !== sizeOf(shape))
    throw new RangeError(`${what}: ${data.length} values were given; shape ${showShape(shape)} needs ${sizeOf(shape)}`);
  return { shape, data };
}

function flatten(value: ArrayLike64): Float64Array {
  if (typeof value === "number") return Float64Array.of(value);
  if ("shape" in value) return value.data;
  if (value instanceof Float64Array) return value;
  return Float64Array.from(leaves(value));
}

function* leaves(value: ArrayLike<number> | Nested): Generator<number> {
  for (let i = 0; i < value.length; i++) {
    const item = value[i];
    if (typeof item === "number") yield item;
    else yield* leaves(item);
  }
}

/**
 * The shape of nested arrays: `[[1, 2, 3], [4, 5, 6]]` has shape `[2, 3]`. Throws a RangeError unless all items have
 * the same shape.
 */
export function shapeOf(value: ArrayLike64): Shape {
  if (typeof value === "number") return [];
  if ("shape" in value) return value.shape;
  if (value.length === 0 || ArrayBuffer.isView(value)) return [value.length];
  const first = shapeOf(value[0]);
  for (let i = 1; i < value.length; i++) {
    const item = shapeOf(value[i]);
    if (!sameShape(item, first))
      throw new RangeError(
        `item 0 has shape ${showShape(first)}, but item ${i} has ${showShape(item)}; all items must have the same shape`,
      );
  }
  return [value.length, ...first];
}

/** Visits every index of `shape` with the flat offsets for several sets of strides. */
export function walk(
  shape: Shape,
  strides: readonly (readonly number[])[],
  visit: (...offsets: number[]) => void,
): void {
  const index = new Array<number>(shape.length).fill(0);
  const offsets = new Array<number>(strides.length).fill(0);
  for (let remaining = sizeOf(shape); remaining > 0; remaining--) {
    visit(...offsets);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const wraps = ++index[axis] === shape[axis];
      if (wraps) index[axis] = 0;
      for (let k = 0; k < strides.length; k++) offsets[k] += strides[k][axis] * (wraps ? 1 - shape[axis] : 1);
      if (!wraps) break;
    }
  }
}

/** Applies a function element by element, broadcasting the inputs to `shape`. */
export function mapElements(f: (...x: number[]) => number, inputs: readonly NDArray[], shape: Shape): NDArray {
  const result = zeros(shape);
  const out = result.data;
  const data = inputs.map((input) => input.data);
  if (inputs.every((input) => sameShape(input.shape, shape) || input.data.length === 1)) {
    const steps = data.map((d) => (d.length === 1 ? 0 : 1));
    const x = new Array<number>(data.length);
    for (let i = 0; i < out.length; i++) {
      for (let k = 0; k < data.length; k++) x[k] = data[k][i * steps[k]];
      out[i] = f(...x);
    }
    return result;
  }
  const strides = inputs.map((input) => broadcastStrides(input.shape, shape));
  walk(shape, [stridesOf(shape), ...strides], (o, ...at) => {
    out[o] = f(...at.map((offset, k) => data[k][offset]));
  });
  return result;
}
