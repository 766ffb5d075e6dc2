import { type Application, type Attribute, type DType, type Expr, lift, numberOf, type Operand } from "../node.ts";
import * as op from "../operators/index.ts";
import type { Settings } from "./call-settings.ts";
import type { Infix } from "./lexer.ts";
import { between, call, callText, infix, negative, numberText, one, two, type Word } from "./word.ts";

/** The operators with a written form: all, except one that is composed of others and only serves derivatives. */
type OperatorName = Exclude<keyof typeof op, "sumTo">;

/** `oneHot` stores a list of its classes, so a text must not ask for too many. */
const MOST_CLASSES = 65_536;

type Axis = { readonly axis?: number };

const reduction = (f: (x: Operand, options: op.ReductionOptions) => Expr): Word =>
  call(["x"], ([x], s) => f(x, { axes: s.get("axes")?.numbers(), keepdims: s.get("keepdims")?.flag() }), {
    axes: ({ inputs: [x] }) => [...x.shape.keys()],
    keepdims: () => 0,
  });

const alongAxis = (f: (x: Operand, options: Axis) => Expr): Word =>
  call(["x"], ([x], s) => f(x, { axis: s.get("axis")?.number() }), {
    axis: ({ inputs: [x] }) => x.shape.length - 1,
  });

const NONE = (): Attribute => [0, 0];
const ONE = (): Attribute => [1, 1];

/** How windows are laid over images; without a stride of its own, a pooling's is the window. */
const laid = (s: Settings): op.WindowOptions => {
  const [stride, dilation] = ["stride", "dilation"].map((name) => s.get(name)?.pair());
  const [before, after] = ["before", "after"].map((name) => s.get(name)?.pair() ?? 0);
  return { ...(stride && { stride }), ...(dilation && { dilation }), padding: { before, after } };
};

const convolution = (
  f: (s: Settings, options: op.ConvolutionOptions, operands: readonly Operand[]) => Expr,
  operands: readonly string[],
  more: Word["settings"] = {},
): Word =>
  call(operands, (x, s) => f(s, { ...laid(s), groups: s.get("groups")?.number() }, x), {
    ...{ stride: ONE, before: NONE, after: NONE, dilation: ONE, groups: () => 1 },
    ...more,
  });

const pooling = (
  f: (options: op.PoolingOptions, operands: readonly Operand[]) => Expr,
  operands: readonly string[],
): Word =>
  call(operands, (x, s) => f({ ...laid(s), kernel: s.need("kernel").pair() }, x), {
    kernel: null,
    stride: ({ operator }) => operator.attributes.kernel,
    ...{ before: NONE, after: NONE, dilation: ONE },
  });

const casting = (dtype: DType): Word => one((x) => op.cast(lift(x), dtype));

/** The whole language; a missing operator does not compile. */
export const words: Readonly<Record<OperatorName, Word>> = {
  less: infix("<", op.less),
  lessEqual: infix("<=", op.lessEqual),
  greater: infix(">", op.greater),
  greaterEqual: infix(">=", op.greaterEqual),
  equal: infix("==", op.equal),
  notEqual: infix("!=", op.notEqual),
  where: call(["condition", "a", "b"], ([condition, a, b]) => op.where(condition, a, b)),

  add: infix("+", op.add),
  sub: infix("-", op.sub),
  mul: infix("*", op.mul),
  div: infix("/", op.div),
  pow: { ...infix("^", op.pow), print: ([x, y], node) => between(x, "^", y ?? numberText(wholeExponent(node))) },
  neg: { ...one(op.neg), print: ([x], { inputs }) => negative(x, numberOf(inputs[0]) !== undefined) },
  min: two(op.min),
  max: two(op.max),
  abs: one(op.abs),
  sign: one(op.sign),
  floor: one(op.floor),
  ceil: one(op.ceil),
  round: one(op.round),
  mod: two(op.mod),
  clip: call(["x", "low", "high"], ([x, low, high]) => op.clip(x, low, high)),

  sqrt: one(op.sqrt),
  exp: one(op.exp),
  expm1: one(op.expm1),
  log: one(op.log),
  log1p: one(op.log1p),
  sin: one(op.sin),
  cos: one(op.cos),
  tan: one(op.tan),
  asin: one(op.asin),
  acos: one(op.acos),
  atan: one(op.atan),
  atan2: call(["y", "x"], ([y, x]) => op.atan2(y, x)),
  sinh: one(op.sinh),
  cosh: one(op.cosh),
  tanh: one(op.tanh),
  sigmoid: one(op.sigmoid),
  softplus: one(op.softplus),
  erf: one(op.erf),
  erfc: one(op.erfc),
  relu: one(op.relu),
  cast: {
    ...call(["x"], ([x], s) => op.cast(lift(x), `f${s.need("bits").oneOf([32, 64])}`), { bits: null }),
    print: ([x], node) => callText(node.dtype, [x.text]),
  },

  sum: reduction(op.sum),
  mean: reduction(op.mean),
  norm: reduction(op.norm),
  maxOf: reduction(op.maxOf),
  logSumExp: reduction(op.logSumExp),
  argmax: alongAxis(op.argmax),
  softmax: alongAxis(op.softmax),
  logSoftmax: alongAxis(op.logSoftmax),

  dot: two(op.dot),
  matmul: call(
    ["a", "b"],
    ([a, b], s) =>
      op.matmul(a, b, { transposeA: s.get("transposeA")?.flag(), transposeB: s.get("transposeB")?.flag() }),
    { transposeA: () => 0, transposeB: () => 0 },
  ),

  broadcastTo: call(["x"], ([x], s) => op.broadcastTo(x, s.need("shape").numbers()), { shape: null }),
  reshape: call(["x"], ([x], s) => op.reshape(x, s.need("shape").numbers()), { shape: null }),
  transpose: call(["x"], ([x], s) => op.transpose(x, { axes: s.get("axes")?.numbers() }), {
    axes: ({ inputs: [x] }) => [...x.shape.keys()].reverse(),
  }),
  slice: call(["x"], ([x], s) => op.slice(x, { starts: s.need("starts").numbers(), ends: s.need("ends").numbers() }), {
    starts: null,
    ends: null,
  }),
  pad: call(["x"], ([x], s) => op.pad(x, { before: s.need("before").numbers(), after: s.need("after").numbers() }), {
    before: null,
    after: null,
  }),
  concat: call("any number", (x, s) => op.concat(x, { axis: s.get("axis")?.number() }), { axis: () => 0 }),

  conv2d: convolution((_, options, [x, w]) => op.conv2d(x, w, options), ["images", "kernels"]),
  conv2dImages: convolution(
    (s, options, [y, w]) => op.conv2dImages(y, w, s.need("shape").numbers(), options),
    ["outputs", "kernels"],
    { shape: null },
  ),
  conv2dKernels: convolution(
    (s, options, [x, y]) => op.conv2dKernels(x, y, s.need("shape").numbers(), options),
    ["images", "outputs"],
    { shape: null },
  ),
  maxPool: pooling((options, [x]) => op.maxPool(x, options), ["images"]),
  atMaxima: pooling((options, [x, values]) => op.atMaxima(x, values, options), ["images", "values"]),
  toMaxima: pooling((options, [x, outputs]) => op.toMaxima(x, outputs, options), ["images", "outputs"]),
  averagePool: pooling((options, [x]) => op.averagePool(x, options), ["images"]),

  gather: call(["x", "indices"], ([x, indices]) => op.gather(x, indices)),
  scatterAdd: call(
    ["updates", "indices"],
    ([updates, indices], s) => op.scatterAdd(updates, indices, s.need("shape").numbers()),
    { shape: null },
  ),
  oneHot: call(["indices"], ([indices], s) => op.oneHot(indices, s.need("depth").numberUpTo(MOST_CLASSES)), {
    depth: null,
  }),
};

/** The operators that symbols stand for. */
export const symbols: Readonly<Record<Infix, Word>> = {
  "<": words.less,
  "<=": words.lessEqual,
  ">": words.greater,
  ">=": words.greaterEqual,
  "==": words.equal,
  "!=": words.notEqual,
  "+": words.add,
  "-": words.sub,
  "*": words.mul,
  "/": words.div,
  "^": words.pow,
};

/** All functions: the operators, and other common names for them. */
export const functions: ReadonlyMap<string, Word> = new Map([
  ...Object.entries(words),
  ["ln", words.log],
  ["f32", casting("f32")],
  ["f64", casting("f64")],
]);

/** Named numbers, whose names cannot be reassigned. */
export const numberNames: ReadonlyMap<string, number> = new Map([
  ["inf", Number.POSITIVE_INFINITY],
  ["nan", Number.NaN],
]);

/** Named numbers that a variable may shadow. */
export const constantNames: ReadonlyMap<string, number> = new Map([
  ["pi", Math.PI],
  ["π", Math.PI],
  ["e", Math.E],
]);

const wholeExponent = ({ operator }: Application): number => {
  const { exponent } = operator.attributes;
  if (typeof exponent !== "number") throw new TypeError("pow: a power of one operand has a number as exponent");
  return exponent;
};
