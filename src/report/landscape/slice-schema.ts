import { DataError, JsonError, parseJson } from "../../files/index.ts";
import {
  count,
  fits,
  fraction,
  list,
  nullable,
  number,
  object,
  oneOf,
  optional,
  type Schema,
  text,
} from "../../files/schema/index.ts";
import {
  type DirectionFacts,
  directionKinds,
  type GridValues,
  type LossSlice,
  type Measured,
  type PlaneNet,
  type PlanePath,
  type SliceTrust,
} from "../../landscape/index.ts";
import { trustSchema } from "./trust-schema.ts";

/** The schema of a slice as JSON. */

const values: Schema<GridValues> = list(list(nullable(number)));

const measured = object<Measured>({ loss: nullable(number), accuracy: optional(fraction) });

const direction = object<DirectionFacts>({
  kind: oneOf(...directionKinds),
  length: number,
  label: text,
  explained: optional(fraction),
  eigenvalue: optional(number),
});

const path = object<PlanePath>({
  name: text,
  ...{ x: list(number), y: list(number), steps: list(number) },
  ...{ loss: list(nullable(number)), onPlane: list(nullable(number)), distance: list(number) },
});

/** A slice, and how far it can be trusted, where that was measured with it. */
export interface TrustedSlice extends LossSlice {
  readonly measures?: SliceTrust;
}

const slice = object<TrustedSlice>({
  title: text,
  ...{ x: list(number), y: list(number), loss: values, accuracy: optional(values) },
  centre: measured,
  directions: list(direction),
  examples: object<LossSlice["examples"]>({ data: text, split: oneOf("train", "test"), count }),
  run: optional(text),
  curvature: optional(
    object<NonNullable<LossSlice["curvature"]>>({
      x: list(number),
      y: list(number),
      largest: values,
      smallest: values,
      error: optional(values),
      examples: optional(count),
    }),
  ),
  paths: optional(list(path)),
  nets: optional(list(object<PlaneNet>({ name: text, x: number, y: number, measured: optional(measured) }))),
  measures: optional(trustSchema),
});

/**
 * A slice from the text of a landscape.json; what else is in it is passed over.
 *
 * @throws DataError for what is not JSON, or no slice: the file, the place and what is wrong there
 */
export function parseSlice(text: string, file: string): TrustedSlice {
  const value = jsonIn(text, file);
  const advice = "give a landscape.json that downhill landscape has written";
  if (!fits(slice, value)) throw new DataError(file, slice.problem(value, "it") ?? "it is no slice", advice);
  const problem = shapeProblem(value);
  if (problem !== undefined) throw new DataError(file, problem, advice);
  return value;
}

function jsonIn(text: string, file: string): unknown {
  try {
    return parseJson(text);
  } catch (cause) {
    if (!(cause instanceof JsonError)) throw cause;
    throw new DataError(
      `${file}, line ${cause.line}`,
      `it is not JSON: ${cause.detail}`,
      "the file was changed or damaged",
      { cause },
    );
  }
}

/** What does not fit its grid, or no grid at all. */
function shapeProblem({ x, y, loss, accuracy }: LossSlice): string | undefined {
  const rises = (nodes: readonly number[]): boolean => nodes.every((node, k) => k === 0 || node > nodes[k - 1]);
  if (x.length < 2 || y.length < 1 || !rises(x) || !rises(y))
    return "its x and y are no grid: two rising columns or more, and a row";
  for (const [name, rows] of Object.entries({ loss, ...(accuracy && { accuracy }) }))
    if (rows.length !== y.length || rows.some((row) => row.length !== x.length))
      return `its ${name} is not ${y.length} rows of ${x.length} values, as its x and y say`;
  return undefined;
}
