// A comparison's runs, one after the other as a worker does them: with programs that stay compiled from run to run, or
// with `fresh`, with an engine for each run. Both have computed the same where their test losses are equal.
import { jobContext, jobFor, runJob } from "../../dist/src/compare/job.js";
import { loadDataset } from "../../dist/src/data/node/index.js";
import { nodeDevice } from "../../dist/src/device/node/device.js";
import { modelFor, parseModel } from "../../dist/src/nn/index.js";
import { measure, settings } from "../contender.mjs";

const { data, model, rules, epochs, batchSize, fresh } = settings;
const dataset = await loadDataset(data);
const subject = {
  data: dataset,
  model: modelFor(parseModel(model), dataset),
  device: await nodeDevice({ threads: 1 }),
};
let context = jobContext(subject);
let number = 0;
await measure(async () => {
  const rule = rules[number++ % rules.length];
  const job = jobFor({ rule }, { seed: 1, epochs, batchSize, l2: 0, dtype: "f32" });
  const { test } = await runJob(context, job);
  if (fresh) {
    await context.engine.dispose();
    context = jobContext(subject);
  }
  return test.loss;
});
