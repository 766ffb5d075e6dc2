// Papa Parse: rows of numbers and strings.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Papa from "papaparse";
import { measure, settings } from "../contender.mjs";

const file = join(settings.folder, "table.csv");

await measure(() => {
  const { data } = Papa.parse(readFileSync(file, "utf8"), { dynamicTyping: true, skipEmptyLines: true });
  return data.slice(1).reduce((sum, row) => sum + row[1], 0);
});
