import { type CsvLayout, cellPlace, columnName } from "./csv-layout.ts";
import type { Task } from "./dataset.ts";
import { DataError, quote } from "./error.ts";
import { readNumber } from "./number.ts";

/** A cell of the target column, and where it stood. */
export interface Answer {
  readonly line: number;
  readonly text: string;
}

interface Targets {
  readonly task: Task;
  readonly classes: readonly string[];
  /** One for each answer: a class index, or the number to predict. */
  readonly targets: Float64Array;
}

/** More different whole numbers than this are taken for a quantity (an age, a price), not for classes. */
const MOST_WHOLE_CLASSES = 100;

/** Text and few whole numbers are classes, other numbers are to be predicted, unless `task` decides. */
export function readTargets(answers: readonly Answer[], layout: CsvLayout, task?: Task): Targets {
  refuseMissing(answers, layout);
  const numbers = answers.map(({ text }) => readNumber(text));
  const values = numbers.filter((value) => value !== undefined);
  if (task !== "classification") refuseMixture(answers, numbers, layout, task);
  const whole = values.every(Number.isInteger) && new Set(values).size <= MOST_WHOLE_CLASSES;
  const regression = task ? task === "regression" : values.length > 0 && !whole;
  if (regression) return { task: "regression", classes: [], targets: finite(values, answers, layout) };
  const numeric = values.length === answers.length;
  return classify(numeric ? values.map((value) => `${value}`) : answers.map(({ text }) => text), numeric, layout);
}

function classify(labels: readonly string[], numeric: boolean, layout: CsvLayout): Targets {
  const classes = [...new Set(labels)].sort(numeric ? (a, b) => Number(a) - Number(b) : undefined);
  const where = `${layout.file}: ${columnName(layout, layout.target)}`;
  if (classes.length === 1) {
    throw new DataError(where, `every row is of the one class ${quote(classes[0])}`, "expected at least two classes");
  }
  if (classes.length * 2 > labels.length) {
    const problem = `${labels.length} rows have ${classes.length} different classes`;
    throw new DataError(where, problem, "choose a target that repeats, or regression");
  }
  const indices = new Map(classes.map((label, index) => [label, index]));
  return { task: "classification", classes, targets: Float64Array.from(labels, (label) => indices.get(label) ?? 0) };
}

function refuseMissing(answers: readonly Answer[], layout: CsvLayout): void {
  const missing = answers.find(({ text }) => /^(|nan|\?)$/i.test(text));
  if (missing === undefined) return;
  const problem = missing.text === "" ? "the target is missing" : `the target is ${quote(missing.text)}`;
  throw new DataError(cellPlace(layout, missing.line, layout.target), problem, "fill it in or remove the row");
}

/** All must be numbers if one is, or if `task` says regression. */
function refuseMixture(answers: readonly Answer[], numbers: readonly unknown[], layout: CsvLayout, task?: Task): void {
  if (task === undefined && numbers.every((value) => value === undefined)) return;
  const odd = answers[numbers.indexOf(undefined)];
  if (odd === undefined) return;
  const problem = `${quote(odd.text)} is not a number, as other targets are`;
  throw new DataError(
    cellPlace(layout, odd.line, layout.target),
    problem,
    'correct it, or set the task to "classification"',
  );
}

function finite(values: readonly number[], answers: readonly Answer[], layout: CsvLayout): Float64Array {
  const large = answers[values.findIndex((value) => !Number.isFinite(value))];
  if (large === undefined) return Float64Array.from(values);
  const where = cellPlace(layout, large.line, layout.target);
  throw new DataError(where, `${quote(large.text)} is too large for double precision`, "rescale the column");
}
