import type { Dataset, Vector } from "../../src/data/index.ts";
import { isVector } from "../../src/expr/index.ts";
import type { Device } from "../../src/index.ts";
import { type LayerData, type Model, sequential } from "../../src/nn/index.ts";
import { nesterov, type State, schedules } from "../../src/optimizers/index.ts";
import { Engine, Training } from "../../src/train/index.ts";
import { isNumbers } from "../plain.ts";
import { type Given, once, unlessInterrupted } from "../reproduction.ts";
import { stateOfText, textOfState } from "./kept-weights.ts";
import type { NetName, NetPlan, TrainingPlan } from "./settings.ts";

/** A net to train. */
export interface NetRequest {
  readonly name: NetName;
  readonly plan: NetPlan;
  readonly training: TrainingPlan;
  readonly seed: number;
  /** Its validation set is a part of the training set: that on which slices are measured. */
  readonly data: Dataset;
  readonly device: Device;
}

/** A trained net. */
export interface TrainedNet {
  readonly name: NetName;
  readonly title: string;
  readonly seed: number;
  readonly model: Model;
  readonly w: Vector;
  readonly s: Vector;
  /** By epoch, as it came: the mean loss while the weights moved. */
  readonly trainLoss: readonly number[];
  /** At the end, over the images that slices are measured on. NaN if training diverged. */
  readonly loss: number;
  /** The fraction of the test images that is wrong. */
  readonly testError: number;
  /** What it depends on. */
  readonly key: object;
}

/** What is kept of a net. */
interface KeptNet {
  readonly weights: string;
  readonly trainLoss: readonly number[];
  readonly loss: number | null;
  readonly testError: number;
}

/** Trains a net, or takes one that was trained before. Undefined where the work was interrupted: the next start goes on from there. */
export async function trainedNet(
  given: Given,
  request: NetRequest,
  tell: (fraction: number) => void,
): Promise<TrainedNet | undefined> {
  const { name, plan, training, seed, data } = request;
  const key = {
    ...{ reproduction: "landscapes", version: 1, data: given.digest(data), net: plan.title, training, seed },
  };
  const model = modelOf(request);
  const kept = await once(given, { ...key, part: "net" }, isKeptNet, () => train(given, request, model, key, tell));
  const state = kept && stateOfText(kept.weights);
  if (kept === undefined || state === undefined || !isVector(state.w) || !isVector(state.s)) return undefined;
  const { trainLoss, loss, testError } = kept;
  const { w, s } = state;
  return { ...{ name, title: plan.title, seed, model, w, s, key }, trainLoss, loss: loss ?? Number.NaN, testError };
}

function modelOf({ plan, training, data: { inputShape, outputs } }: NetRequest): Model {
  const [channels, height, width] = inputShape;
  const shape = training.halved ? [channels, Math.floor(height / 2), Math.floor(width / 2)] : inputShape;
  const halving: LayerData[] = training.halved ? [{ kind: "average-pool", kernel: 2 }] : [];
  return sequential(inputShape, [...halving, ...plan.layers(shape, outputs)], { name: plan.title });
}

/** The part of the key of a training that an interruption has left. */
const UNFINISHED = { part: "unfinished net" };

async function train(
  given: Given,
  { training: plan, seed, data, device }: NetRequest,
  model: Model,
  key: object,
  tell: (fraction: number) => void,
): Promise<KeptNet | undefined> {
  const { epochs, batchSize, l2, until } = plan;
  const { signal, kept } = given;
  const stepsPerEpoch = Math.floor(data.train.count / batchSize);
  const begun = beginningOf(kept.find({ ...key, ...UNFINISHED }));
  const run = new Training(
    {
      ...{ model, data, epochs, batchSize, l2, seed, signal, dropLast: true },
      optimizer: nesterov({ lr: rateOf(plan, epochs * stepsPerEpoch), beta: 0.9 }),
      ...(plan.augment && { augment: { padCrop: 4, flip: true } }),
      ...(until !== undefined && { target: { loss: until }, stopAtTarget: true }),
      ...(begun && { from: begun.state }),
    },
    new Engine(device),
  );
  const trainLoss = [...(begun?.trainLoss ?? [])];
  let loss: number | null = null;
  const net = await unlessInterrupted(signal, async (): Promise<KeptNet | undefined> => {
    for await (const event of run) {
      if (event.kind === "batch" && event.step % 10 === 0) tell(event.step / (epochs * stepsPerEpoch));
      if (event.kind === "epoch" && !signal.aborted) {
        if (Number.isFinite(event.train.loss)) trainLoss.push(event.train.loss);
        loss = event.validation.loss;
      }
      if (event.kind !== "end" || event.outcome.kind === "interrupted") continue;
      const { w, s } = run.state;
      const testError = 1 - (event.test.accuracy ?? 0);
      const diverged = event.outcome.kind === "diverged";
      return { weights: textOfState({ t: 0, w, s }), trainLoss, loss: diverged ? null : loss, testError };
    }
    return undefined;
  });
  if (net === undefined) kept.keep({ ...key, ...UNFINISHED }, { state: textOfState(run.save()), trainLoss });
  return net;
}

function rateOf({ lr, falls }: TrainingPlan, steps: number) {
  return falls.length === 0 ? lr : schedules.piecewise({ lr, at: falls.map((part) => Math.round(part * steps)) });
}

/** Where a training that was interrupted is to go on. */
function beginningOf(value: unknown): { readonly state: State; readonly trainLoss: readonly number[] } | undefined {
  if (typeof value !== "object" || value === null || !("state" in value && "trainLoss" in value)) return undefined;
  const state = typeof value.state === "string" ? stateOfText(value.state) : undefined;
  return state !== undefined && isNumbers(value.trainLoss) ? { state, trainLoss: value.trainLoss } : undefined;
}

const isKeptNet = (value: unknown): value is KeptNet =>
  typeof value === "object" &&
  value !== null &&
  "weights" in value &&
  typeof value.weights === "string" &&
  "trainLoss" in value &&
  isNumbers(value.trainLoss) &&
  "loss" in value &&
  (value.loss === null || typeof value.loss === "number") &&
  "testError" in value &&
  typeof value.testError === "number";
