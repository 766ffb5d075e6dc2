import { csvRecords, DataError } from "../src/data/index.ts";
import { mean } from "./samples.ts";

/**
 * Daily temperatures from a CSV text with a header: the mean of the columns `max` and `min` if it has both, else its
 * last column. Throws a DataError that names the file and the line if a temperature is missing.
 */
export function temperaturesFrom(text: string, file: string): number[] {
  const [header, ...days] = [...csvRecords(text, file)];
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
