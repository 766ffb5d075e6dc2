import { csvRecords, DataError } from "../src/data/index.ts";
import { need } from "./door.ts";
import { mean } from "./samples.ts";

/**
 * Daily temperatures from a CSV text with a header: the mean of the columns `max` and `min` if it has both, else its last
 * column. Throws a DataError that names the file and the line if a temperature is missing or cannot be one.
 */
export function temperaturesFrom(text: string, file: string): number[] {
  need(typeof text === "string", "temperaturesFrom: the text", text, "the text of a CSV file");
  need(typeof file === "string", "temperaturesFrom: the file", file, 'its name for errors, such as "seattle.csv"');
  const [header, ...days] = [...csvRecords(text, file)];
  if (header === undefined || days.length < 2)
    throw new DataError(file, "there are no temperatures", "give a header and a line for each day");
  const names = header.cells.map((name) => name.trim().toLowerCase());
  const columns =
    names.includes("max") && names.includes("min") ? [names.indexOf("max"), names.indexOf("min")] : [names.length - 1];
  return days.map(({ cells, line }) => mean(columns.map((column) => temperatureIn(cells[column] ?? "", line, file))));
}

/** In °C, or in °F where someone has them so: colder than any place, hotter than any weather. */
const [LEAST, MOST] = [-130, 150];

/** A plain decimal: Number() would read 0x10 as 16, too. */
const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/;

function temperatureIn(cell: string, line: number, file: string): number {
  const text = cell.trim();
  if (text === "") throw new DataError(file, `line ${line} has no temperature`, "fill the hole, or leave the day out");
  const value = DECIMAL.test(text) ? Number(text) : Number.NaN;
  if (value >= LEAST && value <= MOST) return value;
  const given = JSON.stringify(text.slice(0, 50));
  throw new DataError(
    file,
    `line ${line} has the temperature ${given}, expected a number from ${LEAST} to ${MOST}`,
    "give degrees as a plain decimal, or leave the day out",
  );
}
