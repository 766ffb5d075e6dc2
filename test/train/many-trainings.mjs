// Trains a small net 1,000 times and prints the resident memory, in MiB, after 200 and after 1,000 trainings.
import { mlp, moons, train } from "../../dist/src/node/index.js";
import { adam } from "../../dist/src/optimizers/index.js";

const data = moons({ count: 60 });
const model = mlp([2, 8, 2]);
const resident = [];
for (let run = 1; run <= 1000; run++) {
  for await (const event of train({ model, data, optimizer: adam(), epochs: 1, batchSize: "full" }))
    if (event.kind === "end" && event.outcome.kind !== "completed") throw new Error(event.outcome.reason);
  if (run === 200 || run === 1000) {
    globalThis.gc();
    resident.push(process.memoryUsage().rss / 2 ** 20);
  }
}
console.log(JSON.stringify(resident));
