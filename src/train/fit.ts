import { isOptions } from "../arguments/index.ts";
import { checkData, type Dataset } from "../data/index.ts";
import type { Device, DeviceOptions } from "../device/index.ts";
import { type Model, type ModelData, modelFor, Net, type Trained } from "../nn/index.ts";
import { checkTrain } from "./check-options.ts";
import type { EndEvent, EpochEvent, Outcome, TrainEvent } from "./events.ts";
import type { CreateTraining, TrainRequest } from "./requests.ts";

/** The options of `train`, with a model that may be plain, and a function in place of the loop over the events. */
export type FitRequest = ForFit<TrainRequest>;

/** For each kind of run alike. */
type ForFit<R> = R extends TrainRequest ? Omit<R, "model" | "data"> & FitOptions : never;

interface FitOptions {
  /**
   * A model, its text such as "mlp:64,32", or its JSON; for text and JSON the data decide the inputs, the outputs and the loss.
   * Default: one hidden layer of 32 units.
   */
  readonly model?: Model | string | ModelData;
  readonly data: Dataset;
  /** Is called with every event of the run: batches, epochs, the end. */
  readonly onEvent?: (event: TrainEvent) => void;
}

/** How the training of a net went. */
interface History {
  /** Losses, and accuracies of classifiers, after each epoch. */
  readonly epochs: readonly EpochEvent[];
  /** The loss, and the accuracy of a classifier, on the test set. */
  readonly test: EndEvent["test"];
  /** How it ended. If it diverged, the weights are the last ones with a finite loss. */
  readonly outcome: Outcome;
}

/** A trained net, ready to predict, with the history of its training. */
export class Fitted extends Net implements History {
  readonly epochs: History["epochs"];
  readonly test: History["test"];
  readonly outcome: History["outcome"];

  constructor(trained: Trained, device: Device, { epochs, test, outcome }: History) {
    super(trained, device);
    [this.epochs, this.test, this.outcome] = [epochs, test, outcome];
  }
}

const USUAL_MODEL = "mlp:32";

/** Trains to the end, on devices of one platform. */
export async function fitOn(
  request: FitRequest,
  createTraining: CreateTraining,
  deviceFor: (options: DeviceOptions) => Promise<Device>,
): Promise<Fitted> {
  checkTrain(request, "fit", ["onEvent"]);
  const { model = USUAL_MODEL, onEvent, ...options } = request;
  checkData(options.data);
  const isBuilt = isOptions(model) && "forward" in model;
  const training = await createTraining({ ...options, model: isBuilt ? model : modelFor(model, options.data) });
  const epochs: EpochEvent[] = [];
  let end: EndEvent | undefined;
  for await (const event of training) {
    if (event.kind === "epoch") epochs.push(event);
    if (event.kind === "end") end = event;
    onEvent?.(event);
  }
  if (end === undefined) throw new Error("fit: the run has no end");
  return new Fitted(training.trained, await deviceFor(options), { epochs, test: end.test, outcome: end.outcome });
}
