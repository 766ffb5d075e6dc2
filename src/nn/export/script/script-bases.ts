import type { Base, Source } from "./script-source.ts";
import { windowBases } from "./script-windows.ts";

/** What the functions of operators are made of. */
export const bases: Readonly<Record<Base, Source>> = {
  sizeOf: { code: "const sizeOf = (shape) => shape.reduce((product, length) => product * length, 1);" },
  stepsOf: {
    code: `/** How far apart neighbours along each axis lie, row by row. */
const stepsOf = (shape) => shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));`,
    calls: ["sizeOf"],
  },
  places: {
    code: `/** Where the elements of a shape lie, in order, by the steps along its axes. */
function places(shape, steps, start = 0) {
  let found = Uint32Array.of(start);
  shape.forEach((length, axis) => {
    const next = new Uint32Array(found.length * length);
    found.forEach((place, i) => {
      for (let k = 0; k < length; k++) next[i * length + k] = place + k * steps[axis];
    });
    found = next;
  });
  return found;
}`,
  },
  joint: {
    code: `/** The shape that shapes have together; lengths of 1 are stretched. */
function joint(shapes) {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) =>
    Math.max(...shapes.map((shape) => shape[axis - rank + shape.length] ?? 1)),
  );
}`,
  },
  stretched: {
    code: `/** The steps of a shape that is stretched to a larger one. */
function stretched(from, to) {
  const [missing, steps] = [to.length - from.length, stepsOf(from)];
  return to.map((_, axis) => (axis < missing || from[axis - missing] === 1 ? 0 : steps[axis - missing]));
}`,
    calls: ["stepsOf"],
  },
  tensor: { code: 'const tensor = (x) => (typeof x === "number" ? { shape: [], data: [x] } : x);' },
  take: {
    code: `/** Elements of x as a tensor of another shape, by the steps along its axes. */
function take(x, shape, steps, start = 0) {
  return { shape, data: Float64Array.from(places(shape, steps, start), (at) => x.data[at]) };
}`,
    calls: ["places"],
  },
  stretch: {
    code: `const stretch = (x, shape) => take(x, shape, stretched(x.shape, shape));`,
    calls: ["take", "stretched"],
  },
  map: {
    code: `/** A function of numbers as one of tensors and numbers, which are stretched to one shape. */
function map(f) {
  return (...operands) => {
    const all = operands.map(tensor);
    const shape = joint(all.map((x) => x.shape));
    const data = new Float64Array(sizeOf(shape));
    const [a, b = a, c = a] = all.map((x) => (x.data.length === data.length ? x.data : stretch(x, shape).data));
    for (let i = 0; i < data.length; i++) data[i] = f(a[i], b[i], c[i]);
    return { shape, data };
  };
}`,
    calls: ["tensor", "joint", "sizeOf", "stretch"],
  },
  reduce: {
    code: `/** A function of a group of numbers as one of a tensor and the axes along which the groups lie. */
function reduce(f) {
  return (given, axes, keep = 0) => {
    const x = tensor(given);
    const steps = stepsOf(x.shape);
    const only = (isChosen) => x.shape.map((length, axis) => (axes.includes(axis) === isChosen ? length : 1));
    const inner = places(only(true), steps);
    const data = Float64Array.from(places(only(false), steps), (start) => f(Array.from(inner, (at) => x.data[start + at])));
    return { shape: keep ? only(false) : x.shape.filter((_, axis) => !axes.includes(axis)), data };
  };
}`,
    calls: ["tensor", "stepsOf", "places"],
  },
  ...windowBases,
  series: {
    code: `/** The error function near 0, by its Maclaurin series. */
function series(x) {
  let [term, sum] = [x, x];
  for (let n = 1; Math.abs(term) > Math.abs(sum) * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}`,
  },
  tail: {
    code: `/** 1 − the error function for large x, by its continued fraction. */
function tail(x) {
  let fraction = x;
  for (let k = 60; k >= 1; k--) fraction = x + k / 2 / fraction;
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction);
}`,
  },
};
