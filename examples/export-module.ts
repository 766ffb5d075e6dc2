// Predict without Downhill: a trained net becomes a module of plain JavaScript, for a web page or a small server.
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { dataset, exportModule, fit } from "downhill";
import { adam } from "downhill/optimizers";

const rows = Array.from({ length: 300 }, (_, i) => ({
  size: i % 50,
  colour: i % 3 ? "red" : "green",
  ripe: i % 50 > 20 && i % 3 ? "yes" : "no",
}));
const data = dataset({ rows, target: "ripe" });
const net = await fit({ data, optimizer: adam({ lr: 0.02 }), epochs: 40, seed: 1 });

const file = join(await mkdtemp(join(tmpdir(), "fruit-")), "fruit.mjs");
await writeFile(file, exportModule(net));

// In a page: import { predict } from "./fruit.mjs"
const { predict } = await import(pathToFileURL(file).href);
for (const { label, probabilities } of predict([
  { size: 40, colour: "red" },
  { size: 4, colour: "red" },
]))
  console.log(label, probabilities.yes.toFixed(1));
try {
  predict([{ Size: 40, colour: "red" }]);
} catch (error) {
  console.log(String(error));
}

// Prints
// yes 1.0
// no 0.0
// RangeError: predict: row 1 has no "size"; is it "Size"?
