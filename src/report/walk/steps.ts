import type { MinimizeRecord } from "../folder/folder.ts";
import * as format from "../format.ts";
import { type Column, numberColumn } from "../table.ts";

/** One point of a walk. */
interface Step {
  readonly step: number;
  readonly point: readonly number[];
  readonly value: number | null;
}

/** How many variables get a column each, at most. */
export const VARIABLES = 6;

/** The columns of a walk's table: a row for each point. */
export const stepColumns = (variables: readonly string[]): Column<Step>[] => [
  numberColumn("step", ({ step }) => step, format.count),
  ...variables
    .slice(0, VARIABLES)
    .map((name, i) => numberColumn(name, ({ point }: Step) => point[i], format.coordinate)),
  numberColumn("value", ({ value }) => value, format.loss),
];

/** Steps 0, 1, 2, 5, 10, 20, 50, … and the last. */
export function stepsShown({ points, values }: Pick<MinimizeRecord, "points" | "values">): Step[] {
  const last = values.length - 1;
  const shown = [0];
  for (let power = 1; power <= last; power *= 10)
    for (const digit of [1, 2, 5]) if (digit * power < last) shown.push(digit * power);
  if (last > 0) shown.push(last);
  return shown.map((step) => ({ step, point: points[step] ?? [], value: values[step] }));
}

/** The variables without a column: `1 more variable`. Empty where there are none. */
export const hiddenWords = (variables: readonly string[]): string[] => {
  const hidden = variables.length - VARIABLES;
  return hidden > 0 ? [`${hidden} more ${hidden === 1 ? "variable" : "variables"}`] : [];
};
