// Trains on the training part and reports the test accuracy in percent, after the last epoch, whatever it is then.
import { loadDataset, mlp, train } from "../../dist/src/node/index.js";
import { adam, schedules } from "../../dist/src/optimizers/index.js";
import { report, settings } from "../contender.mjs";
import { locate } from "../dataset.mjs";

const { data: name, hidden, dropout, batch, epochs } = settings;
const place = locate(name);
if ("skipped" in place) report(place);
else {
  const data = await loadDataset(name, place);
  const steps = epochs * Math.ceil(data.train.count / batch);
  const optimizer = adam({ lr: schedules.cosine({ lr: 1e-3, steps }) });
  const run = { model: mlp([784, ...hidden, 10], { dropout }), data, optimizer, batchSize: batch, epochs };
  for await (const event of train(run)) {
    if (event.kind === "epoch") console.error(`${name}: epoch ${event.epoch}, validation ${event.validation.accuracy}`);
    if (event.kind !== "end") continue;
    const percent = 100 * event.test.accuracy;
    report({ lower: percent, median: percent, upper: percent });
  }
}
