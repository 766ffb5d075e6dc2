import fc from "fast-check";
import type { DType, Expr, Input, NDArray, Shape } from "../../src/expr/index.ts";
import { constant, input, showShape, sizeOf } from "../../src/expr/index.ts";
import * as op from "../../src/expr/operators/index.ts";
import { print } from "../../src/expr/text/index.ts";

/** An operator applied, and numbers to feed it with, inside its domain. */
export interface Sample {
  readonly expr: Expr;
  /** Numbers for every input; float32 holds them exactly, so both types start from the same. */
  readonly feeds: Readonly<Record<string, NDArray>>;
  /** The inputs that may be moved a little: no kink, jump, tie or index is near. Finite differences hold there. */
  readonly wrt: readonly Input[];
  /** How fast-check shows a counterexample. */
  readonly [fc.toStringMethod]: () => string;
}

export type Samples = Readonly<Record<keyof typeof op, fc.Arbitrary<Sample>>>;

type Build = (...x: Input[]) => Expr;
type Numbers = fc.Arbitrary<number>;

/** Steps of 2⁻²⁰: exact in float32 up to 16, and full enough that products round. */
const FINE = 2 ** 20;
const between = (low: number, high: number): Numbers =>
  fc.integer({ min: Math.ceil(low * FINE), max: Math.floor(high * FINE) }).map((k) => k / FINE);

const real = between(-3, 3);
const positive = between(0.25, 4);
const fraction = between(0, 0.25);
/** Numbers at least 1/8 from 0. */
const nonzero = fc.oneof(between(-3, -0.125), between(0.125, 3));
/** Numbers whose high powers stay near 1: central differences of a sum lose what its largest terms swallow. */
const moderate = fc.oneof(between(-1.5, -0.5), between(0.5, 1.5));
/** Numbers from a few, so that equal ones meet. */
const few = fc.constantFrom(-2, -0.5, 0, 0.5, 1, 3);
/** Numbers in the first, or the third, quarter of the cells between multiples of 1: one of each is never a tie. */
const cell = (start: number): Numbers =>
  fc.tuple(fc.integer({ min: -3, max: 3 }), fraction).map(([k, u]) => k + start + u);

const lengths = fc.integer({ min: 1, max: 4 });
const shapes = fc.array(lengths, { maxLength: 3 });
const shapesWithAxis = fc.array(lengths, { minLength: 1, maxLength: 3 });

const tensor = (shape: Shape, numbers: Numbers): fc.Arbitrary<NDArray> =>
  fc
    .array(numbers, { minLength: sizeOf(shape), maxLength: sizeOf(shape) })
    .map((data) => ({ shape, data: Float64Array.from(data) }));

/** Numbers that all differ, by 1/16 or more. */
const distinct = (shape: Shape): fc.Arbitrary<NDArray> => {
  const size = sizeOf(shape);
  const most = Math.max(64, 2 * size);
  return fc
    .uniqueArray(fc.integer({ min: -most, max: most }), { minLength: size, maxLength: size })
    .map((data) => ({ shape, data: Float64Array.from(data, (k) => k / 16) }));
};

/** The shape itself, or one that stretches to it: leading axes missing, others of length 1. */
const stretchable = (shape: Shape): fc.Arbitrary<Shape> =>
  fc.oneof(
    fc.constant(shape),
    fc
      .tuple(fc.nat(shape.length), fc.array(fc.boolean(), { minLength: shape.length, maxLength: shape.length }))
      .map(([missing, ones]) => shape.map((length, axis) => (ones[axis] ? 1 : length)).slice(missing)),
  );

/** Tensors whose shapes broadcast together, one for each kind of numbers. */
const partners = (...numbers: readonly Numbers[]): fc.Arbitrary<NDArray[]> =>
  shapes.chain((shape) => fc.tuple(...numbers.map((n) => stretchable(shape).chain((s) => tensor(s, n)))));

const alone = (numbers: Numbers): fc.Arbitrary<NDArray[]> => partners(numbers);

/** An axis of the shape, counted from either end. */
const axisOf = (shape: Shape): Numbers => fc.integer({ min: -shape.length, max: shape.length - 1 });

const reductionOptions = (shape: Shape): fc.Arbitrary<op.ReductionOptions> =>
  fc.record({
    axes: fc.option(fc.oneof(fc.subarray([...shape.keys()]), ...(shape.length > 0 ? [axisOf(shape)] : [])), {
      nil: undefined,
    }),
    keepdims: fc.boolean(),
  });

const matrices = fc
  .record({
    batch: fc.array(lengths, { maxLength: 2 }),
    sizes: fc.tuple(lengths, lengths, lengths),
    transposeA: fc.boolean(),
    transposeB: fc.boolean(),
    vectorA: fc.boolean(),
    vectorB: fc.boolean(),
  })
  .chain(({ batch, sizes: [rows, inner, columns], transposeA, transposeB, vectorA, vectorB }) => {
    const a = vectorA ? [inner] : transposeA ? [inner, rows] : [rows, inner];
    const b = vectorB ? [inner] : transposeB ? [columns, inner] : [inner, columns];
    const batched = (matrix: Shape): fc.Arbitrary<NDArray> =>
      stretchable(batch).chain((s) => tensor(matrix.length === 1 ? matrix : [...s, ...matrix], real));
    return fc.tuple(batched(a), batched(b), fc.constant({ transposeA, transposeB }));
  });

/** Images, outputs of a pooling, and its windows: each holds something of the image. */
const poolings = fc
  .record({
    planes: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 })),
    kernel: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
    more: fc.tuple(fc.nat(3), fc.nat(3)),
    stride: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
    around: fc.tuple(fc.nat(1), fc.nat(1), fc.nat(1), fc.nat(1)),
    dilation: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 })),
  })
  .map(({ planes, kernel, more, stride, around, dilation }) => {
    const extent = kernel.map((length, axis) => (length - 1) * dilation[axis] + 1);
    const image = extent.map((length, axis) => length + more[axis]);
    const most = kernel.map((length) => Math.floor(length / 2));
    const [top, left, bottom, right] = around.map((n, i) => Math.min(n, most[i % 2]));
    const padded = [image[0] + top + bottom, image[1] + left + right];
    const counts = padded.map((length, axis) => Math.floor((length - extent[axis]) / stride[axis]) + 1);
    const padding = { before: [top, left], after: [bottom, right] } as const;
    return { x: [...planes, ...image], y: [...planes, ...counts], options: { kernel, stride, dilation, padding } };
  });

interface Images {
  readonly x: Shape;
  readonly w: Shape;
  readonly y: Shape;
  readonly options: op.ConvolutionOptions;
}

/** Images, kernels and outputs that belong together, with all settings. */
const convolutions: fc.Arbitrary<Images> = fc
  .record({
    batch: fc.integer({ min: 1, max: 2 }),
    groups: fc.integer({ min: 1, max: 2 }),
    channels: fc.integer({ min: 1, max: 2 }),
    outputs: fc.integer({ min: 1, max: 2 }),
    kernel: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
    image: fc.tuple(lengths, lengths),
    stride: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
    dilation: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 })),
    before: fc.tuple(fc.nat(3), fc.nat(3)),
    after: fc.tuple(fc.nat(3), fc.nat(3)),
  })
  .map(({ batch, groups, channels, outputs, kernel, image, ...around }) => {
    const { stride, dilation, before } = around;
    // Enough room for one window.
    const after = around.after.map((n, axis) =>
      Math.max(n, (kernel[axis] - 1) * dilation[axis] + 1 - image[axis] - before[axis]),
    );
    const counts = image.map((length, axis) => {
      const room = length + before[axis] + after[axis] - (kernel[axis] - 1) * dilation[axis] - 1;
      return Math.floor(room / stride[axis]) + 1;
    });
    return {
      x: [batch, groups * channels, ...image],
      w: [groups * outputs, channels, ...kernel],
      y: [batch, groups * outputs, ...counts],
      options: { groups, stride, dilation, padding: { before, after: [after[0], after[1]] } },
    };
  });

/** A table of rows, and indices that choose among them. */
const rows = fc
  .tuple(shapesWithAxis, fc.array(lengths, { maxLength: 2 }))
  .chain(([table, indices]) =>
    fc.tuple(fc.constant(table), tensor(indices, fc.nat(table[0] - 1)), tensor(table, real)),
  );

const show = (expr: Expr, feeds: Sample["feeds"]): string =>
  [
    print(expr),
    ...Object.entries(feeds).map(([name, { shape, data }]) => `${name}: ${showShape(shape)} = ${data}`),
  ].join("; ");

/** Samples of every operator over inputs of one type. */
export function samplesIn(dtype: DType): Samples {
  const sample = (values: readonly NDArray[], build: Build, movable: (i: number) => boolean = () => true): Sample => {
    const inputs = values.map((value, i) => input(`x${i + 1}`, value.shape, dtype));
    const feeds = Object.fromEntries(inputs.map((x, i) => [x.name, values[i]]));
    const expr = build(...inputs);
    const wrt = inputs.filter((_, i) => movable(i));
    return { expr, feeds, wrt, [fc.toStringMethod]: () => show(expr, feeds) };
  };
  const applied = (tensors: fc.Arbitrary<NDArray[]>, build: Build): fc.Arbitrary<Sample> =>
    tensors.map((values) => sample(values, build));
  /** On equal or special numbers, where there is no derivative to compare. */
  const fixed = (tensors: fc.Arbitrary<NDArray[]>, build: Build): fc.Arbitrary<Sample> =>
    tensors.map((values) => sample(values, build, () => false));
  const anywhere = (build: Build): fc.Arbitrary<Sample> => applied(alone(real), build);
  const choosing = (build: Build): fc.Arbitrary<Sample> =>
    fc.oneof(applied(partners(cell(0), cell(0.5)), build), fixed(partners(few, few), build));
  const kinked = (build: Build): fc.Arbitrary<Sample> =>
    fc.oneof(applied(alone(nonzero), build), fixed(alone(few), build));
  const stepped = (build: Build): fc.Arbitrary<Sample> =>
    fc.oneof(applied(alone(cell(0.5)), build), fixed(alone(few), build));

  const reduced = (
    build: (x: Expr, options: op.ReductionOptions) => Expr,
    values: (shape: Shape) => fc.Arbitrary<NDArray> = (shape) => tensor(shape, nonzero),
  ): fc.Arbitrary<Sample> =>
    shapes.chain((shape) =>
      fc.tuple(values(shape), reductionOptions(shape)).map(([x, options]) => sample([x], (a) => build(a, options))),
    );
  const alongAxis = (
    build: (x: Expr, options: { readonly axis: number }) => Expr,
    values: (shape: Shape) => fc.Arbitrary<NDArray> = (shape) => tensor(shape, real),
  ): fc.Arbitrary<Sample> =>
    shapesWithAxis.chain((shape) =>
      fc.tuple(values(shape), axisOf(shape)).map(([x, axis]) => sample([x], (a) => build(a, { axis }))),
    );
  const shaped = <T>(
    settings: (shape: Shape) => fc.Arbitrary<T>,
    build: (x: Expr, setting: T) => Expr,
  ): fc.Arbitrary<Sample> =>
    shapes.chain((shape) =>
      fc.tuple(tensor(shape, real), settings(shape)).map(([x, setting]) => sample([x], (a) => build(a, setting))),
    );

  return {
    add: applied(partners(real, real), op.add),
    sub: applied(partners(real, real), op.sub),
    mul: applied(partners(real, real), op.mul),
    div: applied(partners(real, nonzero), op.div),
    neg: anywhere(op.neg),
    pow: fc.oneof(
      applied(partners(positive, real), op.pow),
      fc
        .tuple(alone(moderate), fc.integer({ min: -4, max: 7 }))
        .map(([values, exponent]) => sample(values, (a) => op.pow(a, exponent))),
      fc
        .tuple(alone(positive), fc.constantFrom(0.5, -1.5, 2.25))
        .map(([values, exponent]) => sample(values, (a) => op.pow(a, exponent))),
      applied(alone(between(0.95, 1.05)), (a) => op.pow(a, 65)),
    ),
    min: choosing(op.min),
    max: choosing(op.max),
    abs: kinked(op.abs),
    sign: kinked(op.sign),
    relu: kinked(op.relu),
    floor: stepped(op.floor),
    ceil: stepped(op.ceil),
    round: fc.oneof(applied(alone(cell(0)), op.round), fixed(alone(few), op.round)),
    // The quotients stay off whole numbers, where it jumps.
    mod: fc.oneof(
      partners(cell(0.5), fc.constantFrom(-1, 1)).map((values) => sample(values, op.mod, (i) => i === 0)),
      applied(partners(between(0.25, 0.75), between(1, 3)), op.mod),
      applied(partners(between(-0.75, -0.25), between(1, 3)), op.mod),
      fixed(partners(few, nonzero), op.mod),
    ),
    clip: fc.oneof(
      applied(partners(real, between(-5, -3.5), between(3.5, 5)), op.clip),
      applied(partners(nonzero, fc.constant(0), between(3.5, 5)), op.clip),
      applied(partners(between(1, 3), between(-1, -0.5), between(0, 0.5)), op.clip),
      applied(partners(between(-3, -2), between(-1, -0.5), between(0, 0.5)), op.clip),
      fixed(partners(few, few, few), op.clip),
    ),

    less: choosing(op.less),
    lessEqual: choosing(op.lessEqual),
    greater: choosing(op.greater),
    greaterEqual: choosing(op.greaterEqual),
    equal: choosing(op.equal),
    notEqual: choosing(op.notEqual),
    where: partners(fc.constantFrom(0, 1, -2), real, real).map((values) => sample(values, op.where, (i) => i > 0)),

    sqrt: applied(alone(positive), op.sqrt),
    exp: anywhere(op.exp),
    expm1: anywhere(op.expm1),
    log: applied(alone(positive), op.log),
    log1p: applied(alone(between(-0.75, 3)), op.log1p),
    sin: anywhere(op.sin),
    cos: anywhere(op.cos),
    tan: applied(alone(between(-1.25, 1.25)), op.tan),
    asin: applied(alone(between(-0.9, 0.9)), op.asin),
    acos: applied(alone(between(-0.9, 0.9)), op.acos),
    atan: anywhere(op.atan),
    atan2: fc.oneof(
      applied(partners(nonzero, cell(0)), op.atan2),
      applied(partners(real, positive), op.atan2),
      fixed(partners(few, few), op.atan2),
    ),
    sinh: anywhere(op.sinh),
    cosh: anywhere(op.cosh),
    tanh: anywhere(op.tanh),
    sigmoid: anywhere(op.sigmoid),
    softplus: anywhere(op.softplus),
    erf: anywhere(op.erf),
    erfc: anywhere(op.erfc),
    cast: anywhere((a) => op.cast(a, dtype === "f64" ? "f32" : "f64")),

    sum: reduced(op.sum),
    mean: reduced(op.mean),
    norm: reduced(op.norm),
    logSumExp: reduced(op.logSumExp),
    maxOf: reduced(op.maxOf, distinct),
    argmax: alongAxis(op.argmax, distinct),
    softmax: alongAxis(op.softmax),
    logSoftmax: alongAxis(op.logSoftmax),

    matmul: matrices.map(([a, b, options]) => sample([a, b], (x, y) => op.matmul(x, y, options))),
    dot: applied(partners(real, real), op.dot),

    broadcastTo: shapes.chain((shape) =>
      stretchable(shape)
        .chain((from) => tensor(from, real))
        .map((x) => sample([x], (a) => op.broadcastTo(a, shape))),
    ),
    sumTo: shapes.chain((shape) =>
      fc.tuple(tensor(shape, real), stretchable(shape)).map(([x, target]) => sample([x], (a) => op.sumTo(a, target))),
    ),
    reshape: shaped(
      (shape) => fc.constantFrom([-1], [sizeOf(shape), 1], [...shape].reverse(), [1, ...shape]),
      op.reshape,
    ),
    transpose: shaped(
      (shape) => fc.shuffledSubarray([...shape.keys()], { minLength: shape.length }),
      (x, axes) => op.transpose(x, { axes }),
    ),
    slice: shaped(
      (shape) => fc.tuple(...shape.map((length) => fc.tuple(fc.nat(length - 1), fc.integer({ min: 1, max: length })))),
      (x, bounds) =>
        op.slice(x, {
          starts: bounds.map(([a, b]) => Math.min(a, b - 1)),
          ends: bounds.map(([a, b]) => Math.max(a + 1, b)),
        }),
    ),
    pad: shaped(
      (shape) => fc.tuple(...shape.map(() => fc.tuple(fc.nat(2), fc.nat(2)))),
      (x, widths) => op.pad(x, { before: widths.map(([n]) => n), after: widths.map(([, n]) => n) }),
    ),
    concat: shapesWithAxis.chain((shape) =>
      fc
        .tuple(axisOf(shape), fc.array(lengths, { minLength: 1, maxLength: 3 }))
        .chain(([axis, parts]) =>
          fc
            .tuple(...parts.map((length) => tensor(shape.with(axis, length), real)))
            .map((values) => sample(values, (...x) => op.concat(x, { axis }))),
        ),
    ),

    conv2d: convolutions.chain(({ x, w, options }) =>
      fc.tuple(tensor(x, real), tensor(w, real)).map((values) => sample(values, (a, b) => op.conv2d(a, b, options))),
    ),
    conv2dImages: convolutions.chain(({ x, w, y, options }) =>
      fc
        .tuple(tensor(y, real), tensor(w, real))
        .map((values) => sample(values, (a, b) => op.conv2dImages(a, b, x, options))),
    ),
    conv2dKernels: convolutions.chain(({ x, w, y, options }) =>
      fc
        .tuple(tensor(x, real), tensor(y, real))
        .map((values) => sample(values, (a, b) => op.conv2dKernels(a, b, w, options))),
    ),

    maxPool: poolings.chain(({ x, options }) =>
      fc.oneof(
        distinct(x).map((images) => sample([images], (a) => op.maxPool(a, options))),
        tensor(x, few).map((images) =>
          sample(
            [images],
            (a) => op.maxPool(a, options),
            () => false,
          ),
        ),
      ),
    ),
    atMaxima: poolings.chain(({ x, options }) =>
      fc.tuple(fc.oneof(distinct(x), tensor(x, few)), tensor(x, real)).map((values) =>
        sample(
          values,
          (a, v) => op.atMaxima(a, v, options),
          (i) => i === 1,
        ),
      ),
    ),
    toMaxima: poolings.chain(({ x, y, options }) =>
      fc.tuple(fc.oneof(distinct(x), tensor(x, few)), tensor(y, real)).map((values) =>
        sample(
          values,
          (a, d) => op.toMaxima(a, d, options),
          (i) => i === 1,
        ),
      ),
    ),
    averagePool: poolings.chain(({ x, options }) =>
      fc
        .tuple(tensor(x, real), fc.boolean())
        .map(([images, countPadding]) => sample([images], (a) => op.averagePool(a, { ...options, countPadding }))),
    ),

    gather: rows.map(([, indices, table]) => sample([table, indices], op.gather, (i) => i === 0)),
    scatterAdd: rows.chain(([shape, indices]) =>
      tensor([...indices.shape, ...shape.slice(1)], real).map((updates) =>
        sample(
          [updates, indices],
          (a, i) => op.scatterAdd(a, i, shape),
          (i) => i === 0,
        ),
      ),
    ),
    oneHot: fc.tuple(shapes, fc.integer({ min: 1, max: 4 })).chain(([shape, depth]) =>
      tensor(shape, fc.nat(depth - 1)).map((places) =>
        sample(
          [places],
          (a) => op.oneHot(a, depth),
          () => false,
        ),
      ),
    ),
  };
}

/** Samples of every operator over float64 inputs. */
export const samples = samplesIn("f64");

/** The operators by name, in order: for `it.each`. */
export const operatorNames: readonly (keyof typeof op)[] = Object.keys(op).filter((name): name is keyof typeof op =>
  Object.hasOwn(samples, name),
);

/** A scalar of the expression that weighs each number differently, so that no derivative cancels. */
export const weighed = (expr: Expr): Expr => {
  const weights = Float64Array.from({ length: sizeOf(expr.shape) }, (_, i) => 1 + 0.25 * Math.sin(1 + 3 * i));
  return op.dot(expr, constant(weights, expr.dtype, expr.shape));
};
