import { delimiterNames } from "../../src/data/delimiters/index.ts";
import { type Flag, isOn, oneOf, text, whole } from "./flag.ts";

/** Which data to train on. */

async function dataNames(): Promise<readonly string[]> {
  const { datasets } = await import("../../src/data/index.ts");
  return datasets.map(({ name }) => name);
}

export const data: Flag<string> = {
  name: "data",
  value: "<name>",
  group: "Data",
  kind: text,
  suggests: { names: dataNames },
  help: "data set: {names}",
};
export const dataDir: Flag<string> = {
  name: "data-dir",
  value: "<dir>",
  group: "Data",
  kind: text,
  suggests: { paths: "folders" },
  help: "look for the data set's files in this folder only",
};
export const limit: Flag<number> = {
  name: "limit",
  value: "<n>",
  group: "Data",
  kind: whole(1),
  help: "use only the first n training examples",
};
export const predict: Flag<string> = {
  name: "predict",
  value: "<column>",
  group: "Data",
  kind: text,
  help: "column of the CSV file to predict, by name or number (default: the last)",
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

export const temperatures: Flag<string> = {
  name: "temperatures",
  value: "<file>",
  group: "Data",
  kind: text,
  suggests: { paths: "files" },
  help: "CSV file of daily temperatures to use (default: a year that comes with the package)",
};
