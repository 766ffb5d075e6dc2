import { checkText, isOptions, quoteValue } from "../../arguments/index.ts";
import { quote } from "../../files/index.ts";
import { thousandsSigns } from "../cells/number.ts";
import { CellsInMemory } from "../table/cells.ts";
import type { RawTable } from "../table/raw-table.ts";
import type { LayoutOptions } from "./layout.ts";
import { TableReader } from "./table-reader.ts";

/**
 * A table from comma-separated text. Nothing is said yet about what its columns mean: `tableDataset` decides that.
 *
 * @param name of the data set; also names the text in errors, which say line and column
 * @throws DataError for a row of another length, a quote that is never closed, or an ambiguous form
 * @throws RangeError for an option that is not allowed; TypeError for a text or a name that is none
 */
export function csvTable(text: string, name: string, options: LayoutOptions = {}): RawTable {
  if (typeof text !== "string")
    throw new TypeError(`csvTable: the text is ${quoteValue(text)}; give the text of a table, such as "x,y\\n1,2\\n…"`);
  checkText("csvTable: the name", name, '"houses.csv"');
  if (!isOptions(options))
    throw new TypeError(`csvTable: the options are ${quoteValue(options)}; give an object, such as { delimiter: ";" }`);
  checkLayoutOptions(options);
  const reader = new TableReader(name, options, new CellsInMemory());
  do reader.push(text);
  while (reader.finish());
  return reader.table();
}

/** @throws RangeError for an option that is not allowed */
export function checkLayoutOptions({ delimiter, decimal, thousands }: LayoutOptions): void {
  if (delimiter !== undefined && !/^[^"\r\n]$/.test(delimiter)) {
    throw new RangeError(`delimiter must be one character, not a quote or a line break, not ${quote(delimiter)}`);
  }
  if (decimal !== undefined && decimal !== "." && decimal !== ",") {
    throw new RangeError(`decimal must be "." or ",", not ${quote(decimal)}`);
  }
  if (thousands === undefined) return;
  const allowed = thousandsSigns.filter((sign) => sign !== decimal);
  if (!allowed.includes(thousands)) {
    const names = allowed.map((sign) => JSON.stringify(sign)).join(", ");
    throw new RangeError(`thousands must be one of ${names}, not ${quote(thousands)}`);
  }
}
