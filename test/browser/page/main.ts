import type { Dataset, DeviceChoice } from "downhill";
import * as downhill from "downhill";
import { adam } from "downhill/optimizers";

/** A data set as JSON holds it. */
type Part = { readonly count: number; readonly inputs: readonly number[]; readonly targets: readonly number[] };
type PlainDataset = Omit<Dataset, "train" | "validation" | "test"> & Record<"train" | "validation" | "test", Part>;

async function digits(): Promise<Dataset> {
  const plain: PlainDataset = JSON.parse(await (await fetch("/digits.json")).text());
  const part = ({ count, inputs, targets }: Part) => ({
    count,
    inputs: Float32Array.from(inputs),
    targets: Float32Array.from(targets),
  });
  return { ...plain, train: part(plain.train), validation: part(plain.validation), test: part(plain.test) };
}

/** Losses of two epochs of a net on the digits: of the training and the validation set, then of the test set. */
async function train(device: DeviceChoice): Promise<number[]> {
  const options = { model: downhill.mlp([64, 32, 10]), data: await digits(), optimizer: adam(), epochs: 2, seed: 1 };
  const losses: number[] = [];
  for await (const event of downhill.train({ ...options, device }))
    if (event.kind === "epoch") losses.push(event.train.loss, event.validation.loss);
    else if (event.kind === "end") losses.push(event.test.loss);
  return losses;
}

/** What happens if one looks at the weights in the middle of an epoch, before and after they are brought back. */
async function look(
  device: DeviceChoice,
): Promise<{ readonly before: string; readonly step: number; readonly finite: boolean }> {
  const options = { model: downhill.mlp([64, 32, 10]), data: await digits(), optimizer: adam(), epochs: 2, seed: 1 };
  const training = await downhill.createTraining({ ...options, device });
  let before = "";
  for await (const event of training) {
    if (event.kind !== "batch" || event.step !== 3) continue;
    try {
      training.save();
    } catch (error) {
      before = String(error);
    }
    await training.settle();
    break;
  }
  return { before, step: Number(training.save().t), finite: training.state.w.every(Number.isFinite) };
}

/** Test losses of the runs of a small comparison, by optimizer. */
async function compare(): Promise<Record<string, number | null>> {
  const { runs } = await downhill.compare({
    data: downhill.moons({ count: 200, seed: 1 }),
    model: "mlp:8",
    optimizers: [{ rule: "adam" }, { rule: "momentum" }],
    ...{ epochs: 2, seeds: [1], trials: 0, fullBatch: false },
  });
  return Object.fromEntries(runs.map(({ optimizer, test }) => [optimizer, test.loss]));
}

/** What the test calls in the page; errors become texts. */
const words = (error: unknown): string => String(error);
Object.assign(globalThis, {
  train: (device: DeviceChoice) => train(device).catch(words),
  look: (device: DeviceChoice) => look(device).catch(words),
  compare: () => compare().catch(words),
});
