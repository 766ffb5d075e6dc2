import { bases } from "./script-bases.ts";
import { type Base, type Called, type Name, type Source, whole } from "./script-source.ts";
import { windowSources } from "./script-windows.ts";

/** A function of numbers, which map makes one of tensors. */
const each = (parameters: string, value: string, calls: readonly Name[] = []): ((name: string) => Source) => {
  return (name) => ({ code: `const ${name} = map((${parameters}) => ${value});`, calls: ["map", ...calls] });
};

/** A function of a group of numbers, which reduce makes one along axes. */
const group = (value: string): ((name: string) => Source) => {
  return (name) => ({ code: `const ${name} = reduce((group) => ${value});`, calls: ["reduce"] });
};

const math = (name: string, parameters = "x"): ((own: string) => Source) =>
  each(parameters, `Math.${name}(${parameters})`);

const sources: Readonly<Record<Called, (name: string) => Source>> = {
  less: each("a, b", "Number(a < b)"),
  lessEqual: each("a, b", "Number(a <= b)"),
  greater: each("a, b", "Number(a > b)"),
  greaterEqual: each("a, b", "Number(a >= b)"),
  equal: each("a, b", "Number(a === b)"),
  notEqual: each("a, b", "Number(a !== b)"),
  where: each("condition, a, b", "(condition !== 0 ? a : b)"),
  add: each("a, b", "a + b"),
  sub: each("a, b", "a - b"),
  mul: each("a, b", "a * b"),
  div: each("a, b", "a / b"),
  pow: each("a, b", "(a === 1 || (a === -1 && Math.abs(b) === Infinity) ? 1 : a ** b)"),
  neg: each("x", "-x"),
  min: math("min", "a, b"),
  max: math("max", "a, b"),
  abs: math("abs"),
  sign: math("sign"),
  floor: math("floor"),
  ceil: math("ceil"),
  // Halves go to the even number.
  round: each("x", "(Math.abs(x % 1) === 0.5 ? 2 * Math.round(x / 2) : Math.round(x))"),
  mod: each("a, b", "(a % b !== 0 && a % b < 0 !== b < 0 ? (a % b) + b : a % b)"),
  clip: each("x, low, high", "Math.min(Math.max(x, low), high)"),
  sqrt: math("sqrt"),
  exp: math("exp"),
  expm1: math("expm1"),
  log: math("log"),
  log1p: math("log1p"),
  sin: math("sin"),
  cos: math("cos"),
  tan: math("tan"),
  asin: math("asin"),
  acos: math("acos"),
  atan: math("atan"),
  atan2: math("atan2", "y, x"),
  sinh: math("sinh"),
  cosh: math("cosh"),
  tanh: math("tanh"),
  sigmoid: each("x", "(x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)))"),
  softplus: each("x", "Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))"),
  erf: each("x", "(Math.abs(x) < 2.5 ? series(x) : Math.sign(x) * (1 - tail(Math.abs(x))))", ["series", "tail"]),
  erfc: each("x", "(x > 2.5 ? tail(x) : x < -2.5 ? 2 - tail(-x) : 1 - series(x))", ["series", "tail"]),
  relu: each("x", "(x > 0 || x !== x ? x : 0)"),

  sum: group("group.reduce((a, b) => a + b, 0)"),
  mean: group("group.reduce((a, b) => a + b, 0) / group.length"),
  norm: group("Math.hypot(...group)"),
  maxOf: group("group.reduce((a, b) => Math.max(a, b))"),
  logSumExp: whole(
    `const logSumExp = reduce((group) => {
  const most = group.reduce((a, b) => Math.max(a, b));
  return Number.isFinite(most) ? most + Math.log(group.reduce((sum, x) => sum + Math.exp(x - most), 0)) : most;
});`,
    "reduce",
  ),
  argmax: group("group.indexOf(group.reduce((a, b) => Math.max(a, b)))"),
  softmax: whole("const softmax = (x, axis) => exp(logSoftmax(x, axis));", "exp", "logSoftmax"),
  logSoftmax: whole("const logSoftmax = (x, axis) => sub(x, logSumExp(x, [axis], 1));", "sub", "logSumExp"),

  matmul: whole(
    `/** The matrix product over the last two axes, of which either factor's may be swapped. */
function matmul(a, b, swapA = false, swapB = false) {
  const [rows, inner] = swapA ? a.shape.slice(-2).reverse() : a.shape.slice(-2);
  const columns = b.shape[b.shape.length - (swapB ? 2 : 1)];
  const batch = joint([a.shape.slice(0, -2), b.shape.slice(0, -2)]);
  const shape = [...batch, rows, columns];
  const data = new Float64Array(sizeOf(shape));
  const [as, bs] = [a, b].map((x) => {
    const size = x.shape[x.shape.length - 2] * x.shape[x.shape.length - 1];
    return places(batch, stretched(x.shape.slice(0, -2), batch).map((step) => step * size));
  });
  const [ai, ak] = swapA ? [1, rows] : [inner, 1];
  const [bk, bj] = swapB ? [1, inner] : [columns, 1];
  const [left, right] = [a.data, b.data];
  for (let n = 0, row = 0; n < as.length; n++)
    for (let i = 0; i < rows; i++, row += columns)
      for (let k = 0; k < inner; k++) {
        const factor = left[as[n] + i * ai + k * ak];
        for (let j = 0, at = bs[n] + k * bk; j < columns; j++, at += bj) data[row + j] += factor * right[at];
      }
  return { shape, data };
}`,
    ...(["sizeOf", "joint", "places", "stretched"] as const),
  ),

  broadcastTo: whole(
    "const broadcastTo = (x, shape) => stretch(tensor(x), shape);",
    ...(["stretch", "tensor"] as const),
  ),
  reshape: whole("const reshape = (x, shape) => ({ shape, data: x.data });"),
  transpose: whole(
    `function transpose(x, axes) {
  const steps = stepsOf(x.shape);
  return take(x, axes.map((axis) => x.shape[axis]), axes.map((axis) => steps[axis]));
}`,
    ...(["stepsOf", "take"] as const),
  ),
  slice: whole(
    `function slice(x, starts, ends) {
  const steps = stepsOf(x.shape);
  const start = starts.reduce((sum, begin, axis) => sum + begin * steps[axis], 0);
  return take(x, ends.map((end, axis) => end - starts[axis]), steps, start);
}`,
    ...(["stepsOf", "take"] as const),
  ),
  pad: whole(
    `function pad(x, before, after) {
  const shape = x.shape.map((length, axis) => before[axis] + length + after[axis]);
  const steps = stepsOf(shape);
  const data = new Float64Array(sizeOf(shape));
  const start = before.reduce((sum, count, axis) => sum + count * steps[axis], 0);
  places(x.shape, steps, start).forEach((at, i) => (data[at] = x.data[i]));
  return { shape, data };
}`,
    ...(["sizeOf", "stepsOf", "places"] as const),
  ),
  concat: whole(
    `function concat(tensors, axis) {
  const shape = [...tensors[0].shape];
  shape[axis] = tensors.reduce((sum, x) => sum + x.shape[axis], 0);
  const steps = stepsOf(shape);
  const data = new Float64Array(sizeOf(shape));
  let start = 0;
  for (const x of tensors) {
    places(x.shape, steps, start).forEach((at, i) => (data[at] = x.data[i]));
    start += x.shape[axis] * steps[axis];
  }
  return { shape, data };
}`,
    ...(["sizeOf", "stepsOf", "places"] as const),
  ),

  ...windowSources,

  gather: whole(
    `/** Rows of x by their indices. */
function gather(x, indices) {
  const count = x.shape[0];
  if (!indices.data.every((at) => Number.isInteger(at) && at >= 0 && at < count))
    throw new RangeError("an index is not a whole number from 0 to " + (count - 1));
  const width = sizeOf(x.shape.slice(1));
  const shape = [...indices.shape, ...x.shape.slice(1)];
  const data = Float64Array.from({ length: sizeOf(shape) }, (_, i) => x.data[indices.data[Math.floor(i / width)] * width + (i % width)]);
  return { shape, data };
}`,
    "sizeOf",
  ),
  scatterAdd: whole(
    `function scatterAdd(updates, indices, shape) {
  const width = sizeOf(shape.slice(1));
  const data = new Float64Array(sizeOf(shape));
  updates.data.forEach((x, i) => (data[indices.data[Math.floor(i / width)] * width + (i % width)] += x));
  return { shape, data };
}`,
    "sizeOf",
  ),
};

/** The source of these functions and of all that they call; what is called when the module loads stands first. */
export function sourceOf(names: Iterable<Called>): string {
  const found = new Map<Name, string>();
  const add = (name: Name): void => {
    if (found.has(name)) return;
    const { code, calls = [] } = isBase(name) ? bases[name] : sources[name](name);
    found.set(name, "");
    for (const called of calls) add(called);
    found.delete(name);
    found.set(name, code);
  };
  for (const name of names) add(name);
  return [...found.values()].join("\n\n");
}

const isBase = (name: Name): name is Base => Object.hasOwn(bases, name);
