// Compare optimizers fairly: each gets the same initial weights, the same batches, and the same number of learning rates to try.
import { compare, moons } from "downhill";

const { ranking } = await compare({
  data: moons({ count: 300 }),
  model: "mlp:16",
  optimizers: [{ rule: "gradient-descent" }, { rule: "momentum" }, { rule: "adam" }],
  seeds: [1, 2],
  trials: 4,
  epochs: 10,
  workers: 0, // run in this thread; the default is one worker for each core
});
for (const { rank, optimizer, lr, best } of ranking) console.log(rank, optimizer, lr, best?.median.toFixed(3));

// Prints
// 1 gradient-descent 0.32 0.227
// 2 adam 0.032 0.205
// 3 momentum 0.01 0.239
