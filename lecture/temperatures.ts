import { csvRecords, DataError } from "../../src/data/index.ts";
import { assetPath } from "../../src/data/node/index.ts";
import { readText } from "../../src/files/node/index.ts";
import { mean } from "../samples.ts";

/** Bytes: days of some two thousand years. */
const LARGEST = 2 ** 24;

/**
 * Daily temperatures from a CSV file with a header: the mean of the columns `max` and `min` where it has both, else its last
 * column. Default: the year inside the package. Throws a DataError that names the line where a number is missing.
 */
export function readTemperatures(file = assetPath("temperatures/seattle-2014.csv")): number[] {
  const [header, ...days] = [...csvRecords(readText(file, LARGEST), file)];
  if (header === undefined || days.length < 2)
    throw new DataError(file, "there are no temperatures", "give a header and a line for each day");
  const names = header.cells.map((name) => name.trim().toLowerCase());
  const columns =
    names.includes("max") && names.includes("min") ? [names.indexOf("max"), names.indexOf("min")] : [names.length - 1];
  return days.map(({ cells, line }) => {
    const values = columns.map((column) => ((cells[column] ?? "").trim() === "" ? Number.NaN : Number(cells[column])));
    if (!values.every(Number.isFinite))
      throw new DataError(file, `line ${line} has no temperature`, "fill the hole, or leave the day out");
    return mean(values);
  });
}
