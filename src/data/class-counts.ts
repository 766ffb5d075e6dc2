import { quote } from "../files/index.ts";
import type { Dataset } from "./dataset.ts";

/** How many examples of each set belong to a class. */
export interface ClassCount {
  readonly class: string;
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

type Classified = Pick<Dataset, "task" | "classes" | "train" | "validation" | "test">;

/** The number of examples of each class in each set, in the order of the classes; empty for regression. */
export function classCounts({ task, classes, train, validation, test }: Classified): ClassCount[] {
  if (task === "regression") return [];
  const [a, b, c] = [train, validation, test].map(({ targets }) => {
    const counts = new Float64Array(classes.length);
    for (const target of targets) counts[target]++;
    return counts;
  });
  return classes.map((name, i) => ({ class: name, train: a[i], validation: b[i], test: c[i] }));
}

const rowsOf = ({ train, validation, test }: ClassCount): number => train + validation + test;

/** A most frequent label: of equally frequent ones the first to occur; 0 if there are none. */
export const mostFrequent = (labels: Iterable<number>): number => majorityIn(labels).label;

/** A most frequent label, and whether another is as frequent. */
export function majorityIn(labels: Iterable<number>): { readonly label: number; readonly isTied: boolean } {
  const times = new Map<number, number>();
  for (const label of labels) times.set(label, (times.get(label) ?? 0) + 1);
  const [label, most] = [...times].reduce((a, b) => (b[1] > a[1] ? b : a), [0, 0]);
  return { label, isTied: [...times.values()].filter((count) => count === most).length > 1 };
}

/** The most frequent class of a training set, as its preprocessing keeps it. */
export function majorityOf(
  classes: readonly string[],
  labels: Iterable<number>,
): { readonly majority: string; readonly isTied?: true } {
  const { label, isTied } = majorityIn(labels);
  return { majority: classes[label], ...(isTied && { isTied }) };
}

/** With fewer rows a class is hardly learned, and its test accuracy says little. */
const FEW = 5;

/** How many classes a note names. */
const MOST_NAMED = 5;

/**
 * Sentences on possible problems with the classes: few rows, or labels that look like different spellings of one class.
 */
export function classNotes(counts: readonly ClassCount[]): string[] {
  const few = counts.filter((each) => rowsOf(each) < FEW);
  return [
    ...(few.length === 0
      ? []
      : [`fewer than ${FEW} rows: ${named(few)}; collect more, or join or remove ${few.length === 1 ? "it" : "them"}`]),
    ...alikes(counts)
      .filter((alike) => alike.length > 1)
      .map((alike) => `${named(alike)} differ only in case or blanks; if they are one class, spell it in one way`),
  ];
}

/** Classes whose names are equal except for case and blanks. */
function alikes(counts: readonly ClassCount[]): ClassCount[][] {
  const groups = new Map<string, ClassCount[]>();
  for (const each of counts) {
    const key = each.class.replace(/\s+/gu, "").toLowerCase();
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()];
}

/** `"Yes" (10), "yes" (2)` */
function named(counts: readonly ClassCount[]): string {
  const words = counts.slice(0, MOST_NAMED).map((each) => `${quote(each.class)} (${rowsOf(each)})`);
  const more = counts.length > words.length ? [`… ${counts.length} in all`] : [];
  return [...words, ...more].join(", ");
}

/** How many classes a line lists. */
const MOST_LISTED = 20;

/** The classes and their sizes on one line, such as `classes: "no" (10), "yes" (12)`; at most 20 of them. */
export function classLine(counts: readonly ClassCount[]): string {
  const words = counts
    .slice(0, MOST_LISTED)
    .map((each) => `${quote(each.class)} (${rowsOf(each).toLocaleString("en")})`);
  const more = counts.length > words.length ? [`… ${counts.length} in all`] : [];
  return `classes: ${[...words, ...more].join(", ")}`;
}
