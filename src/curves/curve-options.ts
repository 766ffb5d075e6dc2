import { checkNumber, checkOptions, domains, quoteValue, unknownName, whole } from "../arguments/index.ts";
import type { CurveBound } from "./bounds.ts";
import type { CurveData } from "./observations.ts";
import { type RobustLoss, robustLosses } from "./robust.ts";

/** What to fit to which data, and how. */
export interface CurveOptions {
  /**
   * `a*exp(-b*x) + c`, or with its response `y = …`, which may be an expression of columns: `log(y) = a + b*x`. Names that are columns are
   * data, all others are parameters.
   */
  readonly formula: string;
  readonly data: CurveData;
  /** The column to predict, if the formula does not say it. Default: the only column that the formula does not use. */
  readonly predict?: string;
  /** Values to start from. Default: several starts are tried; if some are given, the others are tried with these. */
  readonly start?: Readonly<Record<string, number>>;
  /** The least and the greatest value of parameters; infinite for an open end. */
  readonly bounds?: Readonly<Record<string, CurveBound>>;
  /** Values of parameters that are not fitted. */
  readonly fix?: Readonly<Record<string, number>>;
  /** Factors of the squared residuals, as a column or one for each row; rows of weight 0 do not count. */
  readonly weights?: string | ArrayLike<number>;
  /** Standard deviations of the response, as a column or one for each row: weights 1/σ². */
  readonly sigma?: string | ArrayLike<number>;
  /**
   * Whether σ is known in the response's unit. Default false: only its ratios count, and the residuals tell how large it is. As
   * `absolute_sigma` of SciPy's `curve_fit`.
   */
  readonly absoluteSigma?: boolean;
  /** Default "linear", the sum of squares. */
  readonly loss?: RobustLoss;
  /** The size C of a residual, over its σ, from which on a robust loss takes it for an outlier. Default 1. */
  readonly scale?: number;
  /** Rows that lack a value: refused, the default, or left out. */
  readonly missing?: "refuse" | "drop";
  /** The probability of the intervals. Default 0.95. */
  readonly level?: number;
  /** Seed of the starts that are tried. Default 1. */
  readonly seed?: number;
  /** The most steps from a start. Default 10,000. */
  readonly maxIterations?: number;
  /** Ends the fit between two steps. */
  readonly signal?: AbortSignal;
}

const OPTIONS: readonly string[] = [
  ...["formula", "data", "predict", "start", "bounds", "fix", "weights", "sigma", "absoluteSigma", "loss", "scale"],
  ...["missing", "level", "seed", "maxIterations", "signal"],
];

/** Checks what does not depend on the formula or the data. */
export function checkCurveOptions(options: CurveOptions): void {
  checkOptions("fitCurve", options, OPTIONS, 'fitCurve({ formula: "y = a*x + b", data })');
  const { formula, loss = "linear", scale, level = 0.95, seed = 1, maxIterations = 1, missing = "refuse" } = options;
  if (typeof formula !== "string")
    throw new TypeError(`fitCurve: the formula is ${quoteValue(formula)}; give a text, such as "y = a*x + b"`);
  if (!robustLosses.includes(loss)) throw new RangeError(unknownName("fitCurve: loss", loss, robustLosses));
  if (scale !== undefined) checkNumber("fitCurve: scale", scale, domains.positive);
  if (scale !== undefined && loss === "linear")
    throw new RangeError("fitCurve: scale is for robust losses; give loss, too: huber, soft-l1 or cauchy");
  checkNumber("fitCurve: level", level, domains.between);
  checkNumber("fitCurve: seed", seed, whole(0));
  checkNumber("fitCurve: maxIterations", maxIterations, whole(1));
  if (!["refuse", "drop"].includes(missing))
    throw new RangeError(unknownName("fitCurve: missing", missing, ["refuse", "drop"]));
  if (options.weights !== undefined && options.sigma !== undefined)
    throw new RangeError("fitCurve: weights and sigma are both given; give one of them (weights are 1/sigma^2)");
  if (options.absoluteSigma === true && options.sigma === undefined)
    throw new RangeError("fitCurve: absoluteSigma says how sigma is meant; give sigma, too");
}

/** Checks values for parameters: each is a parameter's, and finite. */
export function checkParameterOptions(
  { start = {}, bounds = {}, fix = {} }: CurveOptions,
  parameters: readonly string[],
): void {
  for (const [option, values] of Object.entries({ start, bounds, fix }))
    for (const name of Object.keys(values))
      if (!parameters.includes(name)) throw new RangeError(unknownName(`${option}: parameter`, name, parameters));
  for (const [option, values] of Object.entries({ start, fix }))
    for (const [name, value] of Object.entries(values)) checkNumber(`${option}: ${name}`, value, domains.finite);
  for (const [name, bound] of Object.entries(bounds))
    if (!Array.isArray(bound) || bound.length !== 2 || !(bound[0] < bound[1]))
      throw new RangeError(
        `bounds: ${name} is ${quoteValue(bound)}; give two numbers, the smaller first, such as [0, 10] or [0, Infinity]`,
      );
  for (const name of Object.keys(fix)) {
    const other = name in start ? "start" : name in bounds ? "bounds" : undefined;
    if (other !== undefined) throw new RangeError(`${name} is fixed; leave it out of ${other}`);
  }
  for (const [name, value] of Object.entries(start)) {
    const [low, high] = bounds[name] ?? UNBOUNDED;
    if (value < low || value > high)
      throw new RangeError(`start: ${name} is ${value}, outside of its bounds ${low} to ${high}; start within them`);
  }
}

export const UNBOUNDED: CurveBound = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
