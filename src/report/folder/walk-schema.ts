import { fits, list, nullable, number, object, optional, record, type Schema, text } from "../../files/schema/index.ts";
import type { FitCurve, FitRecord, FittedNumber } from "../walk/fit.ts";
import type { MinimizeRecord } from "./folder.ts";
import { outcome, setting } from "./run-schema.ts";

/** Schemas of a walk on a surface, and of a fit. */

/** The x and y values of a curve, equally many. */
function curveOf<Y>(y: Schema<readonly Y[]>): Schema<{ readonly x: readonly number[]; readonly y: readonly Y[] }> {
  const columns = object<{ readonly x: readonly number[]; readonly y: readonly Y[] }>({ x: list(number), y });
  return {
    problem: (value, path) => {
      const problem = columns.problem(value, path);
      if (problem !== undefined || !fits(columns, value)) return problem;
      const [a, b] = [value.x.length, value.y.length];
      return a === b ? undefined : `${path} has ${a} values of x and ${b} of y, expected as many of each`;
    },
  };
}

const fitted = object<FittedNumber>({ name: text, value: number, certified: number, digits: number });

export const walk = object<MinimizeRecord>({
  surface: text,
  optimizer: text,
  hyper: record(setting),
  noise: optional(object<NonNullable<MinimizeRecord["noise"]>>({ sigma: number, seed: number })),
  points: list(list(number)),
  values: list(nullable(number)),
  outcome,
  fit: optional(
    object<FitRecord>({
      model: text,
      parameters: list(fitted),
      sumOfSquares: fitted,
      curve: optional(
        object<FitCurve>({
          predictor: text,
          response: text,
          observed: curveOf(list(number)),
          fitted: curveOf(list(nullable(number))),
        }),
      ),
    }),
  ),
});
