import {
  delimiterNames,
  type MissingPolicy,
  missingPolicies,
  type ThousandsSign,
  thousandsNames,
} from "../../src/data/choices/index.ts";
import type { ClassWeights } from "../../src/data/index.ts";
import { type Flag, isOn, type Kind, notNegative, number, oneOf, text, whole } from "./flag.ts";

/** How a table is read, and what becomes of its columns and rows. */

/** Columns by name or number. Quotes keep the commas of a name: "price, EUR",size. */
const columnNames: Kind<readonly string[]> = {
  allowed: "columns by name or number, separated by commas",
  read: columnsOf,
};

export const predict: Flag<string | readonly string[]> = {
  name: "predict",
  value: "<columns>",
  group: "Data",
  kind: { ...columnNames, read: oneOrMore },
  help: "column of a table to predict, by name or number, or several columns of numbers (default: the last)",
};
export const ignore: Flag<readonly string[]> = {
  name: "ignore",
  value: "<columns>",
  group: "Data",
  kind: columnNames,
  help: "columns of a table to leave out, such as id,name",
};
export const columns: Flag<readonly string[]> = {
  name: "columns",
  value: "<columns>",
  group: "Data",
  kind: columnNames,
  help: "columns of a table to predict from (default: all but dates and those that are constant)",
};
export const exampleWeights: Flag<string> = {
  name: "weights",
  value: "<column>",
  group: "Data",
  kind: text,
  help: "column of a table that says how much each row counts in the training, validation and test loss, 0 or more; it is no input",
};
export const classWeights: Flag<ClassWeights> = {
  name: "class-weights",
  value: "<weights>",
  group: "Data",
  kind: {
    allowed: "balanced, or a weight for some classes, such as yes=5,no=1",
    read: classWeightsOf,
  },
  suggests: { names: async () => ["balanced"] },
  help: "how much the training examples of each class count: balanced (every class as much as any other), or yes=5,no=1; the validation and the test loss stay as they are",
};
export const groupBy: Flag<string> = {
  name: "group-by",
  value: "<column>",
  group: "Data",
  kind: text,
  help: "with --folds: column of a table that names each row's group, such as a patient with several rows, to keep in one fold; it is no input",
};
export const missing: Flag<MissingPolicy> = {
  name: "missing",
  value: "<how>",
  group: "Data",
  kind: oneOf(missingPolicies),
  help: "missing cells of a table: refuse them, drop their rows, fill in the training set's mean or median, or fill in the mean and add an input that marks them: indicator (default: refuse)",
};
export const rare: Flag<number> = {
  name: "rare",
  value: "<n>",
  group: "Data",
  kind: whole(1),
  help: "words in fewer than n rows of the training set share one input (default: 2)",
};
export const asIs: Flag<boolean> = {
  name: "as-is",
  group: "Data",
  kind: isOn,
  help: "leave the numbers, dates and booleans of a table as they are, such as the codes that an embedding takes (default: standardised)",
};
export const validationSplit: Flag<number> = {
  name: "validation-split",
  value: "<fraction>",
  group: "Data",
  kind: number("a fraction of the rows, above 0 and below 1", (value) => value > 0 && value < 1),
  help: "fraction of a table's rows for the validation set (default: 0.15)",
};
export const testSplit: Flag<number> = {
  ...validationSplit,
  name: "test-split",
  help: "fraction of a table's rows for the test set (default: 0.15)",
};
export const splitSeed: Flag<number> = {
  name: "split-seed",
  value: "<n>",
  group: "Data",
  kind: whole(0),
  help: "seed that draws a table's validation and test set (default: one for everyone)",
};
export const splitBy: Flag<string> = {
  name: "split-by",
  value: "<column>",
  group: "Data",
  kind: text,
  help: "column of a table that names each row's set: train, validation or test",
};
export const validation: Flag<string> = {
  name: "validation",
  value: "<file>",
  group: "Data",
  kind: text,
  suggests: { paths: "files" },
  help: "separate table for the validation set, with the same columns",
  insteadOf: "validation-split",
};
export const test: Flag<string> = {
  ...validation,
  name: "test",
  help: "separate table for the test set, with the same columns",
  insteadOf: "test-split",
};
const delimiters = Object.keys(delimiterNames);
export const delimiter: Flag<string> = {
  name: "delimiter",
  value: "<name>",
  group: "Data",
  kind: {
    allowed: `${delimiters.join(", ")}, or one character`,
    read: (given) => delimiterOf(given.trim() || given),
  },
  help: `separator between the cells of the CSV file: ${delimiters.join(", ")} or a character (default: detected from the first lines)`,
};
export const header: Flag<boolean> = {
  name: "header",
  group: "Data",
  kind: isOn,
  help: "read the first line of the CSV file as column names (default: if it looks like names)",
};
export const noHeader: Flag<boolean> = {
  name: "no-header",
  group: "Data",
  kind: isOn,
  help: "read the first line of the CSV file as a row of data",
  insteadOf: "header",
};
export const decimal: Flag<"." | ","> = {
  name: "decimal",
  value: "<sign>",
  group: "Data",
  kind: { allowed: '"." or ","', read: (given) => ([".", ","] as const).find((sign) => sign === given.trim()) },
  help: 'decimal mark in the CSV file, "." or "," (default: detected from the numbers)',
};
export const thousands: Flag<ThousandsSign> = {
  name: "thousands",
  value: "<sign>",
  group: "Data",
  kind: { allowed: Object.keys(thousandsNames).join(", "), words: Object.keys(thousandsNames), read: thousandsOf },
  help: `sign between thousands in the CSV file: ${Object.keys(thousandsNames).join(", ")} (default: detected from the numbers)`,
};
export const notMissing: Flag<readonly string[]> = {
  name: "not-missing",
  value: "<words>",
  group: "Data",
  kind: { allowed: "words separated by commas", read: wordsOf },
  help: "words in the CSV file, such as None, that are class names, not missing values",
};

/** Other common names of delimiters. */
const alsoCalled = { pipe: "|", space: " ", whitespace: " ", "\\t": "\t" } as const;

function delimiterOf(given: string): string | undefined {
  const names = Object.entries({ ...delimiterNames, ...alsoCalled });
  const named = names.find(([name]) => name === given || `${name}s` === given);
  return named?.[1] ?? (/^[^"\r\n]$/.test(given) ? given : undefined);
}

function thousandsOf(given: string): ThousandsSign | undefined {
  const named = Object.entries(thousandsNames).find(([name, sign]) => name === given.trim() || sign === given);
  return named?.[1];
}

function columnsOf(given: string): readonly string[] | undefined {
  const names = [""];
  let isQuoted = false;
  for (const character of given) {
    if (character === '"') isQuoted = !isQuoted;
    else if (character === "," && !isQuoted) names.push("");
    else names[names.length - 1] += character;
  }
  const trimmed = names.map((name) => name.trim());
  return !isQuoted && trimmed.every((name) => name !== "") ? trimmed : undefined;
}

/** `balanced`, or `yes=5,no=1`; a name in quotes may have commas, and a name may have an equals sign. */
function classWeightsOf(given: string): ClassWeights | undefined {
  if (given.trim() === "balanced") return "balanced";
  const pairs = columnsOf(given)?.map((pair) => {
    const at = pair.lastIndexOf("=");
    return [pair.slice(0, at).trim(), at < 1 ? undefined : notNegative.read(pair.slice(at + 1))] as const;
  });
  if (pairs === undefined || new Set(pairs.map(([name]) => name)).size < pairs.length) return undefined;
  const known = pairs.flatMap(([name, weight]) => (weight === undefined ? [] : [[name, weight] as const]));
  return known.length === pairs.length ? Object.fromEntries(known) : undefined;
}

function oneOrMore(given: string): string | readonly string[] | undefined {
  const names = columnsOf(given);
  return names?.length === 1 ? names[0] : names;
}

function wordsOf(given: string): readonly string[] | undefined {
  const words = given.split(",").map((word) => word.trim());
  return words.every((word) => word !== "") ? words : undefined;
}

export const task: Flag<"classification" | "regression"> = {
  name: "task",
  value: "<task>",
  group: "Data",
  kind: oneOf(["classification", "regression"]),
  help: "task for the CSV file: classification or regression (default: detected from the predicted column)",
};
