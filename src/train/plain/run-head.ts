import { augmentationWords, type Dataset } from "../../data/index.ts";
import type { Device } from "../../device/index.ts";
import { frozenLayout, type Model, parameterCount } from "../../nn/index.ts";
import { dataFacts } from "../data-facts.ts";
import { defaults } from "../defaults/index.ts";
import { keepsBest } from "../early-stopping.ts";
import type { RunHead } from "../record.ts";
import { goalOf } from "../recorder.ts";
import { hyperOf, nameOf } from "./optimizer-data.ts";
import { lengthOf, type RunData } from "./run-data.ts";

/** The data, the model and the device of a run, whose names and sizes go into its head. */
interface RunSubject {
  readonly data: Dataset;
  readonly model: Model;
  readonly device: Device;
}

/** What is known of a run before it begins. `label` names its optimizer; default: the optimizer's own name. */
export function runHead({ data, model, device }: RunSubject, run: RunData, label = nameOf(run.optimizer)): RunHead {
  const { optimizer, seed = defaults.seed, target, monitor = "loss", minDelta = 0, freeze = [], augment = {} } = run;
  const { schedule, groups = [] } = "rule" in optimizer ? optimizer : {};
  return {
    ...{ data: data.name, model: model.name, loss: model.loss.name },
    ...{ optimizer: label, hyper: hyperOf(optimizer), ...(schedule === undefined ? {} : { schedule }) },
    ...(groups.length === 0 ? {} : { groups }),
    ...frozenIn(model, freeze),
    ...(augmentationWords(augment) === "" ? {} : { augment }),
    ...{ seed, batchSize: lengthOf(run, data.train.count).batchSize, parameters: parameterCount(model) },
    ...{ device: device.name, backend: device.backend },
    dataset: dataFacts(data, model.loss),
    ...(target === undefined ? {} : { goal: goalOf(target) }),
    ...(keepsBest(run) ? { monitor: { measure: monitor, minDelta } } : {}),
  };
}

/** What is frozen, and how many parameters are left. */
function frozenIn(model: Model, freeze: readonly string[]): Pick<RunHead, "frozen" | "trained"> {
  if (freeze.length === 0) return {};
  const names = new Set(frozenLayout(model, freeze).map(({ name }) => name));
  const trained = model.parameters.filter(({ name }) => !names.has(name));
  return { frozen: freeze, trained: parameterCount({ parameters: trained }) };
}
