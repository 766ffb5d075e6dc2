// Train on numbers that are already in memory: a table of inputs, and a class for each row.
import { dataset, mlp, train } from "downhill";
import { adam } from "downhill/optimizers";

const angles = Array.from({ length: 300 }, (_, k) => (k * 2 * Math.PI) / 300);
const data = dataset({
  name: "rings",
  columns: ["x", "y"],
  inputs: angles.map((a, k) => [(1 + (k % 2)) * Math.cos(a), (1 + (k % 2)) * Math.sin(a)]),
  targets: angles.map((_, k) => (k % 2 === 0 ? "inner" : "outer")),
});

for await (const event of train({
  model: mlp([2, 16, 2]),
  data,
  optimizer: adam({ lr: 0.02 }),
  epochs: 30,
  batchSize: 16,
}))
  if (event.kind === "end") console.log("test accuracy", event.test.accuracy);

// Prints
// test accuracy 1
