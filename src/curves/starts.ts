import type { Residuals } from "../objective/index.ts";
import { Random } from "../random/index.ts";
import { type CurveBound, clipped, sumAt } from "./bounds.ts";
import { linearTogether, solveLinear } from "./linear-part.ts";

export interface StartOptions {
  /** The residuals whose sum of squares is minimized, and without a robust loss; both over a sample of the rows. */
  readonly residuals: Residuals;
  readonly plain: Residuals;
  readonly bounds: readonly CurveBound[];
  /** Values that were given for some of the parameters. */
  readonly given: readonly (number | undefined)[];
  /** The predictors, whose range tells which values a rate or a position may have. */
  readonly predictors: readonly Float64Array[];
  readonly seed: number;
  /** Ends of walks: then starts are looked for near these, to find a lower end beside them. */
  readonly ends?: readonly Float64Array[];
}

export interface Starts {
  /** The number of points at which the loss was computed. */
  readonly tried: number;
  /** Those to walk from, the best first. */
  readonly best: readonly Float64Array[];
}

/** The most starts that are walked, and points that are tried for each parameter that the formula is not linear in. */
const [WALKED, TRIED, MOST_TRIED] = [12, 300, 1800];
/** Points are tried in rounds: the first anywhere, the others near the best so far. */
const [ROUNDS, ANYWHERE, PARENTS] = [12, 4, 24];

/**
 * Starts for a fit: parameters in which the formula is linear are solved for (Golub & Pereyra 1973, The differentiation of
 * pseudo-inverses and nonlinear least squares problems whose variables separate), and for all others a spread of magnitudes and signs is
 * tried, first for all of them at once, then for one or two while the rest stays as in one of the best points so far. The same data and
 * seed give the same starts.
 */
export function chooseStarts(options: StartOptions): Starts {
  const { residuals, plain, bounds, given, seed, ends = [] } = options;
  const random = new Random(seed, ends.length === 0 ? "starts of a curve" : "more starts of a curve");
  const open = [...given.keys()].filter((j) => given[j] === undefined);
  const ranges = options.predictors.map(rangeOf);
  const drawn = (j: number): number => draw(random, bounds[j], ranges);
  const linear = linearTogether(plain, open, () => Float64Array.from(given, (value, j) => value ?? drawn(j)));
  const others = open.filter((j) => !linear.includes(j));
  const anywhere = (): Float64Array =>
    Float64Array.from(given, (value, j) => value ?? (others.includes(j) ? drawn(j) : 0));
  const known = ends.map((x) => ({ x, value: sumAt(residuals, x) }));
  const rounds = others.length === 0 ? 1 : ROUNDS;
  const each = Math.max(1, Math.ceil(Math.min(MOST_TRIED, others.length * TRIED) / ROUNDS));
  const candidates: Candidate[] = [];
  for (let round = 0; round < rounds; round++) {
    const parents = round < ANYWHERE ? known : distinct(candidates, others, PARENTS);
    for (let i = 0; i < each; i++) {
      const parent = parents.length === 0 ? undefined : parents[random.integer(parents.length)];
      const x = parent === undefined ? anywhere() : near(parent, others, drawn, random);
      candidates.push(...candidateAt(options, linear, x));
    }
  }
  const best = distinct(candidates, others, WALKED, ({ x }) => isSmooth(residuals, x));
  return { tried: rounds * each, best: best.map(({ x }) => x) };
}

/** A point beside another: one or two parameters are drawn anew, or changed by a factor of 2 at most. */
function near(
  { x: from }: Candidate,
  others: readonly number[],
  drawn: (j: number) => number,
  random: Random,
): Float64Array {
  const x = from.slice();
  for (let changes = 1 + random.integer(2); changes > 0; changes--) {
    const j = others[random.integer(others.length)];
    x[j] = random.uniform() < 0.5 ? drawn(j) : x[j] * 2 ** (2 * random.uniform() - 1);
  }
  return x;
}

/** The point with its linear parameters solved for; empty where the loss is not finite. */
function candidateAt(
  { plain, residuals, bounds }: StartOptions,
  linear: readonly number[],
  x: Float64Array,
): Candidate[] {
  if (!solveLinear(plain, linear, x)) return [];
  const at = clipped(x, bounds);
  const value = sumAt(residuals, at);
  return Number.isFinite(value) ? [{ x: at, value }] : [];
}

interface Candidate {
  readonly x: Float64Array;
  readonly value: number;
}

/** Whether the derivatives are finite, too. */
function isSmooth(residuals: Residuals, x: Float64Array): boolean {
  const [r, jacobian] = [new Float64Array(residuals.count), new Float64Array(residuals.count * residuals.dimension)];
  residuals.residualsAndJacobian(x, r, jacobian);
  return jacobian.every(Number.isFinite);
}

/** The best, without those that have a better one nearby: of the same signs, and within a factor of 2 in each parameter. */
function distinct(
  candidates: readonly Candidate[],
  nonlinear: readonly number[],
  most: number,
  suits: (candidate: Candidate) => boolean = () => true,
): Candidate[] {
  const chosen: Candidate[] = [];
  const isNear = (a: Candidate, b: Candidate): boolean =>
    nonlinear.every((j) => a.x[j] / b.x[j] > 0.5 && a.x[j] / b.x[j] < 2);
  for (const candidate of candidates.toSorted((a, b) => a.value - b.value)) {
    if (chosen.length === most) break;
    if (!chosen.some((other) => isNear(candidate, other)) && suits(candidate)) chosen.push(candidate);
  }
  return chosen;
}

interface Range {
  readonly low: number;
  readonly high: number;
  /** The largest magnitude. */
  readonly size: number;
}

function rangeOf(column: Float64Array): Range {
  const [low, high] = column.reduce(([a, b], x) => [Math.min(a, x), Math.max(b, x)], [Infinity, -Infinity]);
  return { low, high, size: Math.max(Math.abs(low), Math.abs(high)) || 1 };
}

/**
 * A value for a parameter within its bounds: a plain number, as a power is; one over the size of a predictor, as a rate is; a position
 * among its values; or a part of its size, as a width is.
 */
function draw(random: Random, [low, high]: CurveBound, ranges: readonly Range[]): number {
  if (Number.isFinite(low) && Number.isFinite(high) && random.uniform() < 0.5) return between(random, low, high);
  const sign = random.uniform() < 0.5 ? -1 : 1;
  const range = ranges[random.integer(Math.max(1, ranges.length))] ?? { low: -1, high: 1, size: 1 };
  const kinds = [
    () => sign * magnitude(random, -2, 2),
    () => (sign * magnitude(random, -1, 2)) / range.size,
    () => between(random, range.low, range.high),
    () => sign * magnitude(random, -2, 1) * range.size,
  ];
  const value = kinds[random.integer(kinds.length)]();
  if (value >= low && value <= high) return value;
  return -value >= low && -value <= high ? -value : Math.min(high, Math.max(low, value));
}

/** Between two limits; by magnitude if they are far apart and of one sign. */
function between(random: Random, low: number, high: number): number {
  const u = random.uniform();
  return low > 0 && high > 100 * low ? low * (high / low) ** u : low + (high - low) * u;
}

const magnitude = (random: Random, from: number, to: number): number => 10 ** (from + (to - from) * random.uniform());
