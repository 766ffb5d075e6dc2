import { DataError, quote, setting } from "../files/index.ts";
import { type CsvLayout, cellPlace, columnName, headerAdvice } from "./csv-layout.ts";
import type { Task } from "./dataset.ts";
import { isMissing } from "./missing.ts";
import { exactNumber, otherwiseNumber, readNumber } from "./number.ts";
import { nameIn } from "./plain.ts";

/** A cell of the target column, and its line. */
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

/** With more distinct whole numbers than this, the target is a quantity (an age, a price) and not a class. */
const MOST_WHOLE_CLASSES = 100;

const CLASSIFICATION = setting("--task classification", 'task: "classification"');

/** Unless `task` decides, text and a few whole numbers are classes, and other numbers are for regression. */
export function readTargets(answers: readonly Answer[], layout: CsvLayout, task?: Task): Targets {
  refuseMissing(answers, layout);
  const numbers = answers.map(({ text }) => readNumber(text, layout.decimal));
  const values = numbers.filter((value) => value !== undefined);
  if (task !== "classification") refuseMixture(answers, numbers, layout, task);
  const numeric = values.length === answers.length;
  if (numeric && task === undefined && areClasses(answers, values, layout)) refuseSpellings(answers, layout);
  else if (numeric && task !== "classification") {
    return { task: "regression", classes: [], targets: finite(values, answers, layout) };
  }
  return classify(answers, numeric, layout);
}

/** Whether numbers are whole and few. */
function areClasses(answers: readonly Answer[], values: readonly number[], { decimal }: CsvLayout): boolean {
  if (!values.every(Number.isInteger)) return false;
  return new Set(answers.map(({ text }) => exactNumber(text, decimal))).size <= MOST_WHOLE_CLASSES;
}

/** Classes are named as spelled. Numbers are sorted by value, words by their characters. */
function classify(answers: readonly Answer[], numeric: boolean, layout: CsvLayout): Targets {
  const labels = answers.map(({ text }) => nameIn(text));
  const number = (label: string) => readNumber(label, layout.decimal) ?? Number.NaN;
  const sorted = [...new Set(labels)].sort();
  const classes = numeric ? sorted.sort((a, b) => number(a) - number(b)) : sorted;
  const where = `${layout.file}: ${columnName(layout, layout.target)}`;
  if (classes.length === 1) {
    throw new DataError(where, `every row has the same class, ${quote(classes[0])}`, "expected at least two classes");
  }
  if (classes.length * 2 > labels.length) {
    const problem = `${labels.length} rows have ${classes.length} different classes`;
    throw new DataError(
      where,
      problem,
      "choose a target whose values repeat, or the task regression (--task regression)",
    );
  }
  const indices = new Map(classes.map((label, index) => [label, index]));
  return { task: "classification", classes, targets: Float64Array.from(labels, (label) => indices.get(label) ?? 0) };
}

function refuseMissing(answers: readonly Answer[], layout: CsvLayout): void {
  const missing = answers.find(({ text }) => isMissing(text, layout.notMissing));
  if (missing === undefined) return;
  const { line, text } = missing;
  const where = cellPlace(layout, line, layout.target);
  if (text === "") throw new DataError(where, "the target is missing", "fill it in or remove the row");
  const say = setting(
    `--not-missing ${/^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`}`,
    `notMissing: [${JSON.stringify(text)}]`,
  );
  const problem = `the target is ${quote(text)}, which stands for a missing value`;
  const advice = `fill it in or remove the row; if it is a class, say ${say}${headerAdvice(layout, line)}`;
  throw new DataError(where, problem, advice);
}

/** 007 and 7 may be two names or one number. */
function refuseSpellings(answers: readonly Answer[], layout: CsvLayout): void {
  const seen = new Map<string, Answer>();
  for (const answer of answers) {
    const number = exactNumber(answer.text, layout.decimal);
    const first = seen.get(number) ?? answer;
    seen.set(number, first);
    if (first.text === answer.text) continue;
    const problem = `${quote(answer.text)} is the same number as ${quote(first.text)} in line ${first.line}`;
    const advice = `spell it one way, or keep each spelling as a separate class: ${CLASSIFICATION}`;
    throw new DataError(cellPlace(layout, answer.line, layout.target), problem, advice);
  }
}

/** All targets must be numbers if one is, or looks like one, or if `task` is regression. */
function refuseMixture(answers: readonly Answer[], numbers: readonly unknown[], layout: CsvLayout, task?: Task): void {
  const otherwise = ({ text }: Answer) => otherwiseNumber(text, layout.decimal);
  const words = answers.filter((_, i) => numbers[i] === undefined);
  const looks = words.find((answer) => otherwise(answer) !== undefined);
  if (looks === undefined && task === undefined && words.length === answers.length) return;
  const odd = looks ?? words[0];
  if (odd === undefined) return;
  const where = cellPlace(layout, odd.line, layout.target);
  const problem = `${quote(odd.text)} is not a number${words.length < answers.length ? ", as other targets are" : ""}`;
  const advice = `${otherwise(odd) ?? "correct it"}; to have classes, say ${CLASSIFICATION}${looks ? "" : headerAdvice(layout, odd.line)}`;
  throw new DataError(where, problem, advice);
}

function finite(values: readonly number[], answers: readonly Answer[], layout: CsvLayout): Float64Array {
  const large = answers[values.findIndex((value) => !Number.isFinite(value))];
  if (large === undefined) return Float64Array.from(values);
  const where = cellPlace(layout, large.line, layout.target);
  throw new DataError(where, `${quote(large.text)} is too large for double precision`, "rescale the column");
}
