import { checkNumber, domains } from "../arguments/index.ts";
import { type Shape, sizeOf } from "../expr/index.ts";
import type { Random } from "../random/index.ts";
import { family, type Member } from "./named.ts";

/** Draws the initial values of a tensor, row-major. Dense weights have shape [inputs, outputs]. */
export interface Initializer extends Member<Initializer> {
  /** As in `initializers`, such as "he-uniform". */
  readonly name: string;
  (shape: Shape, random: Random): Float64Array;
}

const initializer = (name: string, draw: (shape: Shape, random: Random) => Float64Array): Initializer =>
  Object.defineProperty(draw, "name", { value: name });

const drawn = (shape: Shape, next: () => number): Float64Array => Float64Array.from({ length: sizeOf(shape) }, next);

/** All values 0, as for biases. */
export const zeros = initializer("zeros", (shape) => drawn(shape, () => 0));

const constants = family({ value: 0 }, ({ value }) => initializer("constant", (shape) => drawn(shape, () => value)));
/** All values the same. */
export const constant = (value: number): Initializer => constants.make({ value });

const uniforms = family({ low: -0.05, high: 0.05 }, ({ low, high }) => {
  if (!(low < high)) throw new RangeError(`uniform: low is ${low} and high is ${high}; low must be less than high`);
  return initializer("uniform", (shape, random) => drawn(shape, () => low + (high - low) * random.uniform()));
});
/** Uniform on [low, high), by default ±0.05. Throws a RangeError unless low < high. */
export const uniform = (low = -0.05, high = 0.05): Initializer => uniforms.make({ low, high });

const normals = family({ deviation: 0.05, mean: 0 }, ({ deviation, mean }) => {
  checkNumber("normal: the deviation", deviation, domains.notNegative);
  return initializer("normal", (shape, random) => drawn(shape, () => mean + deviation * random.normal()));
});
/**
 * Normal with this standard deviation (default 0.05) and mean (default 0). Throws a RangeError for a negative
 * deviation.
 */
export const normal = (deviation = 0.05, mean = 0): Initializer => normals.make({ deviation, mean });

const truncatedNormals = family({ deviation: 0.05, mean: 0 }, ({ deviation, mean }) => {
  checkNumber("truncated-normal: the deviation", deviation, domains.notNegative);
  return initializer("truncated-normal", (shape, random) => drawn(shape, () => mean + deviation * within(2, random)));
});
/**
 * Normal with this standard deviation (default 0.05) and mean (default 0), except that what lies more than two deviations from the
 * mean is drawn again, as TensorFlow does; so the deviation of what is left is 0.88 times as large. Throws a RangeError for a
 * negative deviation.
 */
export const truncatedNormal = (deviation = 0.05, mean = 0): Initializer => truncatedNormals.make({ deviation, mean });

/** A standard normal number from −bound to bound. */
function within(bound: number, random: Random): number {
  for (;;) {
    const x = random.normal();
    if (Math.abs(x) <= bound) return x;
  }
}

/**
 * Fan-in and fan-out, the last two axes times those before: how many inputs each output depends on, and how many
 * outputs each input feeds.
 */
export function fans(shape: Shape): { fanIn: number; fanOut: number } {
  if (shape.length < 2) return { fanIn: shape[0] ?? 1, fanOut: shape[0] ?? 1 };
  const [inputs, outputs] = shape.slice(-2);
  const receptive = sizeOf(shape.slice(0, -2));
  return { fanIn: inputs * receptive, fanOut: outputs * receptive };
}

/** Weights of the given variance, uniform or normal. */
const scaled = (
  name: string,
  variance: (fanIn: number, fanOut: number) => number,
  shape: "uniform" | "normal",
): Initializer =>
  initializer(name, (dims, random) => {
    const { fanIn, fanOut } = fans(dims);
    const deviation = Math.sqrt(variance(fanIn, fanOut));
    const bound = Math.sqrt(3) * deviation;
    return drawn(
      dims,
      shape === "normal" ? () => deviation * random.normal() : () => bound * (2 * random.uniform() - 1),
    );
  });

/** Uniform with variance 2/(fan in + fan out), for tanh and sigmoid (Glorot & Bengio 2010, eq. 16). */
export const glorotUniform = scaled("glorot-uniform", (fanIn, fanOut) => 2 / (fanIn + fanOut), "uniform");
/** Normal with variance 2/(fan in + fan out), for tanh and sigmoid (Glorot & Bengio 2010, eq. 12). */
export const glorotNormal = scaled("glorot-normal", (fanIn, fanOut) => 2 / (fanIn + fanOut), "normal");

/** Uniform with variance 2/fan in, for ReLU (He et al. 2015, eq. 10). */
export const heUniform = scaled("he-uniform", (fanIn) => 2 / fanIn, "uniform");
/** Normal with variance 2/fan in, for ReLU (He et al. 2015, eq. 10). */
export const heNormal = scaled("he-normal", (fanIn) => 2 / fanIn, "normal");

/** Uniform with variance 1/fan in (LeCun et al. 1998, eq. 16). */
export const lecunUniform = scaled("lecun-uniform", (fanIn) => 1 / fanIn, "uniform");
/** Normal with variance 1/fan in, for SELU (LeCun et al. 1998, eq. 16). */
export const lecunNormal = scaled("lecun-normal", (fanIn) => 1 / fanIn, "normal");

const orthogonals = family({ gain: 1 }, ({ gain }) =>
  initializer("orthogonal", (shape, random) => {
    const columns = shape.at(-1) ?? 1;
    const rows = sizeOf(shape) / columns;
    const [count, length] = rows < columns ? [rows, columns] : [columns, rows];
    const basis: Float64Array[] = [];
    for (let k = 0; k < count; k++) basis.push(nextDirection(basis, length, random));
    return Float64Array.from({ length: rows * columns }, (_, at) => {
      const [row, column] = [Math.floor(at / columns), at % columns];
      return gain * (rows < columns ? basis[row][column] : basis[column][row]);
    });
  }),
);
/**
 * A matrix whose rows or columns, whichever are fewer, are orthonormal, times `gain` (Saxe, McClelland & Ganguli 2014): a
 * normal matrix, orthogonalised by Gram and Schmidt's method, twice for accuracy.
 */
export const orthogonal = (gain = 1): Initializer => orthogonals.make({ gain });

function nextDirection(basis: readonly Float64Array[], length: number, random: Random): Float64Array {
  const v = drawn([length], () => random.normal());
  for (let pass = 0; pass < 2; pass++)
    for (const u of basis) {
      const along = u.reduce((total, x, i) => total + x * v[i], 0);
      for (let i = 0; i < length; i++) v[i] -= along * u[i];
    }
  const size = Math.sqrt(v.reduce((total, x) => total + x * x, 0));
  return v.map((x) => x / size);
}

/** The initializers by the names that the command line and saved configurations use. */
export const initializers = {
  zeros,
  constant: constant(0),
  "glorot-uniform": glorotUniform,
  "glorot-normal": glorotNormal,
  "he-uniform": heUniform,
  "he-normal": heNormal,
  "lecun-uniform": lecunUniform,
  "lecun-normal": lecunNormal,
  uniform: uniform(),
  normal: normal(),
  "truncated-normal": truncatedNormal(),
  orthogonal: orthogonal(),
} as const;

/** The name of an initializer, such as "he-uniform". */
export type InitializerName = keyof typeof initializers;
