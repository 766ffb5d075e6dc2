import { evaluate } from "../../expr/index.ts";
import { print } from "../../expr/text/index.ts";
import type { StrdProblem } from "../../surfaces/index.ts";

/** A fitted value beside the certified one. */
export interface FittedNumber {
  readonly name: string;
  readonly value: number;
  readonly certified: number;
  /** Digits on which the two agree, −log₁₀ of the relative error: from 0 to 11, as many as NIST certifies. */
  readonly digits: number;
}

/** The observations, and the fitted model's curve through them. */
export interface FitCurve {
  /** The axes: the predictor, and the response as the model has it, such as y or log(y). */
  readonly predictor: string;
  readonly response: string;
  readonly observed: { readonly x: readonly number[]; readonly y: readonly number[] };
  readonly fitted: { readonly x: readonly number[]; readonly y: readonly (number | null)[] };
}

/** A model fitted to data: plain data, for a run's folder. */
export interface FitRecord {
  /** The model in the written form, such as y = b1*(1 - exp(-b2*x)). */
  readonly model: string;
  readonly parameters: readonly FittedNumber[];
  readonly sumOfSquares: FittedNumber;
  /** Only with a single predictor: more than one cannot be drawn. */
  readonly curve?: FitCurve;
}

/** The record of a regression whose walk ended at x with a sum of squares of `value`. */
export function fitOf(problem: StrdProblem, x: readonly number[], value: number): FitRecord {
  const { parameters, certified, model } = problem;
  const curve = curveOf(problem, x);
  return {
    model: `${print(model.response)} = ${print(model.prediction)}`,
    parameters: parameters.map((name, i) => compared(name, x[i], certified.parameters[i])),
    sumOfSquares: compared("sum of squares", value, certified.residualSumOfSquares),
    ...(curve === undefined ? {} : { curve }),
  };
}

const CERTIFIED_DIGITS = 11;

/** NIST's log relative error; the log absolute error where 0 is certified. */
function compared(name: string, value: number, certified: number): FittedNumber {
  const error = Math.abs(value - certified) / (Math.abs(certified) || 1);
  const digits = error === 0 ? CERTIFIED_DIGITS : -Math.log10(error);
  return { name, value, certified, digits: Math.min(CERTIFIED_DIGITS, Math.max(0, digits)) };
}

/** Points of the curve, at least. */
const POINTS = 200;

function curveOf({ parameters, data, observed, model }: StrdProblem, w: readonly number[]): FitCurve | undefined {
  const [predictor, ...more] = Object.keys(data).filter((name) => name !== observed);
  if (predictor === undefined || more.length > 0) return undefined;
  const feeds = { ...data, ...Object.fromEntries(parameters.map((name, i) => [name, [w[i]]])) };
  const [response] = evaluate([model.response], feeds);
  const column = data[predictor];
  const [low, high] = [column.reduce((a, b) => Math.min(a, b)), column.reduce((a, b) => Math.max(a, b))];
  // The model is a formula over a column of this length, so the curve is computed in pieces of that length.
  const pieces = Math.ceil(POINTS / column.length);
  const x = Array.from(
    { length: pieces * column.length },
    (_, i, last = pieces * column.length - 1) => low + ((high - low) * i) / last,
  );
  const y = Array.from({ length: pieces }, (_, k) => {
    const piece = x.slice(k * column.length, (k + 1) * column.length);
    return [...evaluate([model.prediction], { ...feeds, [predictor]: piece })[0].data];
  }).flat();
  return {
    predictor,
    response: print(model.response),
    observed: { x: [...column], y: [...response.data] },
    fitted: { x, y: y.map((each) => (Number.isFinite(each) ? each : null)) },
  };
}
