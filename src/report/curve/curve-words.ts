import type { CurveFit, CurvePrediction, FittedParameter } from "../../curves/index.ts";
import { formatNumber } from "../../figure/index.ts";
import * as format from "../format.ts";
import { listed, several } from "../phrases.ts";
import { type Column, numberColumn, textColumn } from "../table.ts";
import type { CurveRecord } from "./curve-record.ts";

/** Tables and sentences about a fitted curve, for a page and a terminal. */

type Facts = Omit<CurveRecord, "path">;

const sixDigits = (value: number): string => formatNumber(value, 6);

/** `95 %` */
const levelWords = (level: number): string => `${Number((100 * level).toPrecision(6))} %`;

export function parameterColumns({ level }: Pick<Facts, "level">): Column<FittedParameter>[] {
  return [
    textColumn("parameter", ({ name }) => name),
    numberColumn("value", ({ value }) => value, sixDigits),
    numberColumn(
      "standard error",
      (each) => each.standardError ?? withoutError(each),
      (value) => formatNumber(value, 4),
    ),
    numberColumn(`${levelWords(level)} interval from`, ({ interval }) => interval?.[0] ?? "", sixDigits),
    numberColumn("to", ({ interval }) => interval?.[1] ?? "", sixDigits),
  ];
}

function withoutError({ fixed, atBound, undetermined }: FittedParameter): string {
  if (fixed) return "fixed";
  if (atBound !== undefined) return "at its bound";
  return undetermined ? "undetermined" : "–";
}

/** What a reader must know to trust the fit: nothing if all is well. */
export function curveNotes(record: Facts): string[] {
  const { parameters, outcome, degreesOfFreedom, dropped, correlation, starts, r2 } = record;
  const bound = parameters.filter(({ atBound }) => atBound !== undefined);
  const unknown = parameters.filter(({ undetermined }) => undetermined).map(({ name }) => name);
  return [
    // Where the curve goes through all points, rounding decides how the search ends.
    ...(outcome.kind === "converged" || r2 === 1
      ? []
      : [`the fit has not converged (${outcome.kind}): ${outcome.reason}`]),
    ...bound.map(
      ({ name, value, atBound }) =>
        `${name} is at its ${atBound === "low" ? "lower" : "upper"} bound ${sixDigits(value)}, beyond which the fit would be better; so it has no standard error, and those of the others take it as given`,
    ),
    ...(unknown.length === 0
      ? []
      : [
          `the data do not determine ${listed(unknown)}: a change of one can be made up for; fix some, or write the formula with fewer`,
        ]),
    ...(degreesOfFreedom === 0
      ? ["there are as many parameters as rows, so nothing is left to estimate errors from"]
      : []),
    ...correlatedWords(parameters, correlation),
    ...scaleWords(record),
    ...(dropped === 0 ? [] : [`${several(dropped, "row")} left out, since a value is missing or the weight is 0`]),
    ...(starts.walked > 1 && starts.reached === 1
      ? [`only one of ${starts.walked} starts led to this fit; there may be a better one, so try others with --start`]
      : []),
  ];
}

/** Correlations beyond this make single parameters hard to interpret. */
const STRONG = 0.99;

function correlatedWords(parameters: Facts["parameters"], correlation: Facts["correlation"]): string[] {
  const pairs = parameters.flatMap(({ name }, i) =>
    parameters.slice(0, i).flatMap((other, j) => {
      const value = correlation[i][j];
      return value !== null && Math.abs(value) > STRONG
        ? [`${other.name} and ${name} (${formatNumber(value, 5)})`]
        : [];
    }),
  );
  if (pairs.length === 0) return [];
  return [
    `strongly correlated, so hardly determined one by one: ${listed(pairs.slice(0, 5))}${pairs.length > 5 ? ", …" : ""}`,
  ];
}

/** A scale that no residual exceeds leaves nothing of a robust loss. */
function scaleWords({ loss, weighting, observed, fitted }: Facts): string[] {
  if (loss.kind === "linear" || weighting !== "none") return [];
  const sizes = observed.map((y, i) => Math.abs(y - fitted[i])).sort((a, b) => a - b);
  if (!(sizes[sizes.length - 1] < loss.scale)) return [];
  const median = formatNumber(sizes[sizes.length >> 1], 2);
  return [
    `all residuals are below the scale ${format.setting(loss.scale)}, so the ${loss.kind} loss takes none for an outlier; half of them are below ${median}, so try --scale ${median}`,
  ];
}

/** How well the curve fits, one fact after the other. */
export function curveFacts(record: Facts): (readonly [name: string, value: string])[] {
  const { sumOfSquares, degreesOfFreedom, residualStandardError, r2, adjustedR2, aic, bic, loss } = record;
  const number = (value: number | null): string => (value === null ? "–" : sixDigits(value));
  const share = (value: number | null): string => (value === null ? "–" : formatNumber(value, 5));
  return [
    [record.weighting === "none" ? "sum of squares" : "weighted sum of squares", number(sumOfSquares)],
    ...(loss.kind === "linear"
      ? []
      : [[`${loss.kind} loss, scale ${format.setting(loss.scale)}`, number(loss.value)] as const]),
    [
      "residual standard error",
      `${number(residualStandardError)} with ${several(degreesOfFreedom, "degree")} of freedom`,
    ],
    ...(record.reducedChiSquare === null
      ? []
      : [["χ² over degrees of freedom", number(record.reducedChiSquare)] as const]),
    ["R²", `${share(r2)}, adjusted ${share(adjustedR2)}`],
    ...(aic === null ? [] : [["AIC, BIC", `${number(aic)}, ${number(bic)}`] as const]),
  ];
}

/** The rows, and how the fit was found. */
export function originWords({ observations, starts, outcome, loss, weighting }: Facts): string {
  const how = loss.kind === "linear" ? "least squares" : `${loss.kind} loss`;
  const weighted = weighting === "none" ? "" : `, weighted by ${weighting}`;
  const steps = several(outcome.iterations, "step");
  if (starts.tried === 1) return `${several(observations, "row")}, ${how}${weighted}, ${steps}`;
  return `${several(observations, "row")}, ${how}${weighted}; ${format.count(starts.tried)} starts compared, a search from the best ${format.count(starts.walked)}, of which ${format.count(starts.reached)} reached this fit`;
}

/** The figure's caption: what is drawn of the curve and its bands. */
export function figureWords({ path, level }: Facts & Pick<CurveRecord, "path">): string {
  if (path === undefined)
    return "The observed over the fitted values, with the line where they are equal, and the residuals.";
  const has = (band: "confidence" | "prediction"): boolean => path[band].some((each) => each !== null);
  const shaded = has("confidence") ? `, shaded its ${levelWords(level)} confidence band` : "";
  const dotted = has("prediction") ? `, and dotted the limits of ${levelWords(level)} of new measurements` : "";
  return `Above, the data with the fitted curve${shaded}${dotted}; then the residuals.`;
}

/** Correlations of the parameters that have a standard error: the part below the diagonal. */
export function correlationColumns({ parameters, correlation }: Facts): Column<number>[] {
  const known = knownParameters({ parameters });
  return [
    textColumn("correlation", (i: number) => parameters[i].name),
    ...known.slice(0, -1).map((j) =>
      numberColumn(
        parameters[j].name,
        (i: number) => (j < i ? correlation[i][j] : ""),
        (value) => formatNumber(value, 3),
      ),
    ),
  ];
}

/** The rows of that table. */
export const correlationRows = (record: Facts): number[] => knownParameters(record).slice(1);

const knownParameters = ({ parameters }: Pick<Facts, "parameters">): number[] =>
  [...parameters.keys()].filter((i) => parameters[i].standardError !== null);

/** Predictions for new rows. */
export function predictionColumns({
  response,
  level,
}: Pick<CurveFit, "response" | "level">): Column<CurvePrediction & { row: number }>[] {
  const percent = levelWords(level);
  return [
    numberColumn("row", ({ row }) => row, format.count),
    numberColumn(response, ({ value }) => value, sixDigits),
    numberColumn(`curve, ${percent} from`, ({ confidence }) => confidence?.[0] ?? "–", sixDigits),
    numberColumn("to", ({ confidence }) => confidence?.[1] ?? "–", sixDigits),
    numberColumn(`measurement, ${percent} from`, ({ prediction }) => prediction?.[0] ?? "–", sixDigits),
    numberColumn("to", ({ prediction }) => prediction?.[1] ?? "–", sixDigits),
  ];
}
