// From the file to typed columns.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { csvTable } from "../../dist/src/data/index.js";
import { measure, settings } from "../contender.mjs";

const file = join(settings.folder, "table.csv");

await measure(() => {
  const { columns } = csvTable(readFileSync(file, "utf8"), file);
  return columns[1].values.reduce((sum, value) => sum + value, 0);
});
