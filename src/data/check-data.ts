import { isOptions, quoteValue } from "../arguments/index.ts";

/**
 * Throws a TypeError for anything but a data set, such as the name of one. Of what a data set can be made from, such as rows, it says
 * how. `what` names the value: "data".
 */
export function checkData(given: unknown, what = "data"): void {
  const made = makeOf(given);
  if (made !== undefined) throw new TypeError(`${what} is ${made.is}; ${made.advice}`);
  const fields = isOptions(given) ? new Map<string, unknown>(Object.entries(given)) : undefined;
  if (fields === undefined || !SETS.every((set) => fields.has(set)))
    throw new TypeError(
      `${what} is ${quoteValue(given)}; give a data set with train, validation and test, such as await loadDataset("digits")`,
    );
  const stray = SETS.find((set) => !isSet(fields.get(set)));
  if (stray !== undefined)
    throw new TypeError(
      `${what}: ${stray} is ${quoteValue(fields.get(stray))}; give a data set, as dataset({ inputs, targets }) and dataset({ rows, target }) make them`,
    );
}

const SETS = ["train", "validation", "test"] as const;

/** Examples, or a source of them. */
const isSet = (given: unknown): boolean =>
  isOptions(given) && "count" in given && ("gather" in given || ("inputs" in given && "targets" in given));

interface Made {
  readonly is: string;
  readonly advice: string;
}

/** What a value is that is no data set yet, and how to make one of it. */
function makeOf(given: unknown): Made | undefined {
  if (Array.isArray(given) && given.length > 0 && given.every((row) => typeof row === "object"))
    return isOptions(given[0])
      ? { is: "a list of rows", advice: `make a data set of them: data: dataset({ rows, ${targetOf(given)} })` }
      : { is: "a list of inputs", advice: "make a data set of them: data: dataset({ inputs, targets })" };
  if (!isOptions(given)) return undefined;
  if (given instanceof Promise) return { is: "a promise", advice: 'await it: data: await loadDataset("digits")' };
  if ("rows" in given) {
    if (!Array.isArray(given.rows))
      return { is: "a table", advice: "make a data set of it: data: tableDataset(table)" };
    const target = "target" in given ? `target: ${quoteValue(given.target)}` : targetOf(given.rows);
    return { is: "options of dataset", advice: `make a data set of them: data: dataset({ rows, ${target} })` };
  }
  if ("inputs" in given && "targets" in given && !("train" in given))
    return { is: "options of dataset", advice: "make a data set of them: data: dataset({ inputs, targets })" };
  return undefined;
}

/** The last column of the rows, which `dataset` takes for the target. */
const targetOf = ([row]: readonly unknown[]): string => {
  const last = isOptions(row) ? Object.keys(row).at(-1) : undefined;
  return `target: ${last === undefined ? "…" : quoteValue(last)}`;
};

/** What decides how data are prepared. */
const OPTIONS: readonly string[] = [
  ...["rows", "inputs", "targets", "ignore", "columns", "weights", "groups", "task", "missing", "rare", "asIs"],
  ...["split", "limit", "classWeights", "classes", "preprocessing"],
];

/** Throws a RangeError for an option that belongs to the data, and says so, in place of all options that are allowed. */
export function refuseDataOptions(name: string, options: unknown, allowed: readonly string[]): void {
  const stray = isOptions(options)
    ? Object.keys(options).find((each) => OPTIONS.includes(each) && !allowed.includes(each))
    : undefined;
  if (stray !== undefined)
    throw new RangeError(
      `${name}: ${stray} is an option of the data; give it where they are made: dataset({ …, ${stray} }) or loadDataset(name, { ${stray} })`,
    );
}
