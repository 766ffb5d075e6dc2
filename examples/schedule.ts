// A learning rate as a function of the step: it warms up, then falls along a cosine.
import { mlp, moons, train } from "downhill";
import { adamw, schedules } from "downhill/optimizers";

const lr = schedules.cosine({ lr: 0.02, steps: 440, warmup: 40, end: 0.0002 });
console.log([1, 20, 40, 240, 440].map((t) => `step ${t}: ${lr(t).toFixed(5)}`).join("\n"));

for await (const event of train({
  model: mlp([2, 32, 2]),
  data: moons(),
  optimizer: adamw({ lr }),
  epochs: 20,
  batchSize: 32,
}))
  if (event.kind === "end") console.log("test accuracy", event.test.accuracy);

// Prints
// step 1: 0.00050
// step 20: 0.01000
// step 40: 0.02000
// step 240: 0.01018
// step 440: 0.00020
// test accuracy 0.98
