// The most memory that the process ever held, the data set included.
import { loadDataset, mlp, train } from "../../dist/src/node/index.js";
import { adam } from "../../dist/src/optimizers/index.js";
import { peakMemory, report, settings } from "../contender.mjs";
import { locate } from "../dataset.mjs";

const { data: name, hidden, batch, epochs } = settings;
const place = locate(name);
if ("skipped" in place) report(place);
else {
  const data = await loadDataset(name, place);
  for await (const event of train({
    model: mlp([784, ...hidden, 10]),
    data,
    optimizer: adam(),
    batchSize: batch,
    epochs,
  }))
    if (event.kind === "end" && event.outcome.kind !== "completed") throw new Error(event.outcome.reason);
  const megabytes = peakMemory();
  report({ lower: megabytes, median: megabytes, upper: megabytes });
}
