// Tables for all contenders: pixels as in Kaggle's CSV of MNIST, numbers with 16 digits, and columns of all kinds.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Random } from "../../dist/src/index.js";

const tables = {
  pixels: (random, rows) => [
    ["label", ...Array.from({ length: 784 }, (_, i) => `pixel${i}`)],
    rows,
    () => [random.integer(10), ...Array.from({ length: 784 }, () => (random.integer(5) > 0 ? 0 : random.integer(256)))],
  ],
  fractions: (random, rows) => [
    [...Array.from({ length: 20 }, (_, i) => `x${i}`), "y"],
    rows,
    () => Array.from({ length: 21 }, () => random.normal()),
  ],
  mixed: (random, rows) => [
    ["id", "age", "income", "city", "plan", "member", "stays"],
    rows,
    (row) => [
      ...[row + 1, 18 + random.integer(60), (1e5 * random.uniform()).toFixed(2)],
      ...[["Bern", "Basel", "Zürich", "Genève", "Lugano"][random.integer(5)]],
      ...[["basic", '"plus, yearly"', "pro"][random.integer(3)], ["no", "yes"][random.integer(2)], random.integer(2)],
    ],
  ],
};

/** Writes table.csv. */
export function writeTable(folder, { table, rows }) {
  const [names, count, rowOf] = tables[table](new Random(1, "benchmark"), rows);
  const lines = [names, ...Array.from({ length: count }, (_, row) => rowOf(row))];
  writeFileSync(join(folder, "table.csv"), lines.map((cells) => `${cells.join(",")}\n`).join(""));
}
