import { checkNumber, checkOptions, whole } from "../../arguments/index.ts";
import type { Vector } from "../../expr/index.ts";
import type { AsyncObjective } from "../../objective/index.ts";
import { Random } from "../../random/index.ts";
import { type QuadratureOptions, type SpectralQuadrature, spectralQuadratureAsync } from "../../solvers/index.ts";
import { checkObjective, checkPoint } from "../checks/objectives.ts";
import { signs, untilAborted } from "./products.ts";

/** The effort of a spectral density, and how it is smoothed. */
export interface DensityOptions extends QuadratureOptions {
  /** The number of random vectors; each takes `steps` Hessian-vector products, 80 by default. Default 4. */
  readonly probes?: number;
  /** The Gaussian's standard deviation σ, as a fraction of the spectrum's range. Default 0.005. */
  readonly width?: number;
  /** Seed of the random signs. Default 1. */
  readonly seed?: number;
  /** Stops the search. */
  readonly signal?: AbortSignal;
}

/** How the eigenvalues of a Hessian are distributed, as plain data that JSON holds. */
export interface SpectralDensity {
  /** How many eigenvalues there are: the number of parameters. */
  readonly count: number;
  /** What each random vector sees: nodes, ascending, and their weights, whose sum is 1. */
  readonly probes: readonly { readonly nodes: readonly number[]; readonly weights: readonly number[] }[];
  /** Where the density is given: evenly spaced, four to a σ, to 5σ beyond both ends. */
  readonly eigenvalues: readonly number[];
  /** The density there, of the mean of all probes, smoothed by a Gaussian; its integral is 1. */
  readonly density: readonly number[];
  /** The Gaussian's σ. */
  readonly width: number;
  /** The largest node: at most λmax, and close to it. */
  readonly largest: number;
  /** The smallest node. */
  readonly smallest: number;
  /** The mean eigenvalue, trace/n, */
  readonly mean: number;
  /** and its standard error; null for one probe. */
  readonly meanError: number | null;
  /** The share of the eigenvalues below −σ, */
  readonly negative: number;
  /** and above σ; the others are 0 as far as can be seen. */
  readonly positive: number;
  /** Hessian-vector products taken. */
  readonly products: number;
}

const names = ["probes", "width", "seed", "signal", "steps", "basis"] as const;

/**
 * The density of the Hessian's eigenvalues by stochastic Lanczos quadrature: for vectors v of random signs, vᵀp(H)v/n has
 * the mean of p over the eigenvalues as its expectation, and Lanczos' method with full re-orthogonalisation gives it as
 * Σ weightₖ·p(nodeₖ); the density is Σ weightₖ·N(λ; nodeₖ, σ²). Ubaru, Chen & Saad 2017, Fast estimation of tr(f(A)) via
 * stochastic Lanczos quadrature; Ghorbani, Krishnan & Xiao 2019, An investigation into neural net optimization via Hessian
 * eigenvalue density. Throws a RangeError for wrong options, for a w of another length or with numbers that
 * are not finite, and where a product is not finite; a TypeError for options of another kind, and if the objective has no Hessian-vector products;
 * and the signal's reason once it is aborted.
 */
export async function spectralDensity(
  objective: AsyncObjective,
  w: Vector,
  options: DensityOptions = {},
): Promise<SpectralDensity> {
  checkObjective("spectralDensity", objective, ["hessianProduct"]);
  checkPoint(objective, w);
  checkOptions("spectralDensity", options, names);
  const { probes = 4, width = 0.005, seed = 1, signal, ...effort } = options;
  checkNumber("spectralDensity: probes", probes, whole(1));
  checkNumber("spectralDensity: width", width, WIDTHS);
  checkNumber("spectralDensity: seed", seed, whole(0));
  const f = untilAborted(objective, signal);
  const random = new Random(seed, "signs");
  const x = Float64Array.from(w);
  const seen: SpectralQuadrature[] = [];
  for (let k = 0; k < probes; k++)
    seen.push(await spectralQuadratureAsync(f, x, signs(random, new Float64Array(x.length)), effort));
  return densityOf(seen, x.length, width);
}

/** So that the density has 80,000 points at most. */
const WIDTHS = { allows: (x: number) => x >= 5e-5 && x <= 1, words: "a fraction from 0.00005 to 1" };

/** Points to a σ, and how many σ beyond both ends. */
const [TO_A_WIDTH, BEYOND] = [4, 5];

function densityOf(seen: readonly SpectralQuadrature[], count: number, fraction: number): SpectralDensity {
  const smallest = Math.min(...seen.map(({ nodes }) => nodes[0]));
  const largest = Math.max(...seen.map(({ nodes }) => nodes[nodes.length - 1]));
  const range = largest - smallest;
  // If all eigenvalues are equal, the spectrum has no range.
  const size = Math.max(Math.abs(largest), Math.abs(smallest));
  const width = fraction * (range > 1e-9 * size ? range : size || 1);
  const first = smallest - BEYOND * width;
  const steps = Math.ceil((TO_A_WIDTH * (range + 2 * BEYOND * width)) / width);
  const eigenvalues = Array.from({ length: steps + 1 }, (_, i) => first + (i * width) / TO_A_WIDTH);
  const share = (isIn: (node: number) => boolean): number =>
    mean(seen.map(({ nodes, weights }) => weights.reduce((sum, weight, i) => sum + (isIn(nodes[i]) ? weight : 0), 0)));
  const means = seen.map(({ nodes, weights }) => weights.reduce((sum, weight, i) => sum + weight * nodes[i], 0));
  return {
    count,
    probes: seen.map(({ nodes, weights }) => ({ nodes: [...nodes], weights: [...weights] })),
    eigenvalues,
    density: eigenvalues.map((lambda) => mean(seen.map((probe) => smoothed(probe, lambda, width)))),
    width,
    largest,
    smallest,
    mean: mean(means),
    meanError: standardError(means),
    negative: share((node) => node < -width),
    positive: share((node) => node > width),
    products: seen.reduce((sum, { products }) => sum + products, 0),
  };
}

/** Σ weightₖ·N(λ; nodeₖ, σ²). */
const smoothed = ({ nodes, weights }: SpectralQuadrature, lambda: number, width: number): number =>
  weights.reduce((sum, weight, k) => sum + weight * Math.exp(-(((lambda - nodes[k]) / width) ** 2) / 2), 0) /
  (width * Math.sqrt(2 * Math.PI));

const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

function standardError(values: readonly number[]): number | null {
  const [n, middle] = [values.length, mean(values)];
  return n < 2 ? null : Math.sqrt(values.reduce((sum, x) => sum + (x - middle) ** 2, 0) / (n * (n - 1)));
}
