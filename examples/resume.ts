// Stop a run, keep it as bytes, and resume it: the final weights have the same bits as those of a run that never stopped.
import { createTraining, mlp, moons } from "downhill";
import { adam, loadState, saveState } from "downhill/optimizers";

const plan = { model: mlp([2, 16, 2]), data: moons(), optimizer: adam({ lr: 0.01 }), epochs: 6 };

async function weightsAfter(training: Awaited<ReturnType<typeof createTraining>>, until = Number.POSITIVE_INFINITY) {
  for await (const event of training) if (event.kind === "epoch" && event.epoch === until) break;
  return training.state.w;
}

const whole = await weightsAfter(await createTraining(plan));

const first = await createTraining(plan);
await weightsAfter(first, 3);
const bytes = saveState(first.save());
const resumed = await weightsAfter(await createTraining({ ...plan, from: loadState(bytes) }));

const same = whole.every((x, k) => x === resumed[k]);
console.log("same weights:", same);

// Prints
// same weights: true
