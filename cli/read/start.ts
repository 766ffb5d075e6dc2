import { type Dataset, sameTarget } from "../../src/data/index.ts";
import type { Preprocessing } from "../../src/data/table/index.ts";
import { differenceWords } from "../../src/files/safetensors/index.ts";
import {
  layersOf,
  type Model,
  modelToJson,
  type TakenWeights,
  takeWeights,
  withOutputsFor,
} from "../../src/nn/index.ts";
import { foundIn, foundInModel, savedFolder } from "../../src/nn/node/index.ts";
import { defaults } from "../../src/train/defaults/index.ts";
import * as flags from "../flags/index.ts";
import { UsageError } from "../mistakes/failure.ts";
import type { Progress } from "../print/progress.ts";
import type { Settings } from "../settings.ts";
import { loadData, noteMonitor, noteTable } from "./data-set.ts";
import { lossFor } from "./loss.ts";
import { network } from "./network.ts";
import { trainedIn } from "./trained-net.ts";

/** What a run begins with. */
export interface Start {
  readonly data: Dataset;
  readonly model: Model;
  /** The weights of another net. */
  readonly initial?: TakenWeights;
  /** What of these was taken, in words. */
  readonly words?: string;
}

/** Reads what is to be trained, on what data, and with whose weights. What comes back loads the data. */
export function startIn(settings: Settings): (progress: Progress, signal: AbortSignal) => Promise<Start> {
  const from = settings.get(flags.from);
  if (from !== undefined) return startFrom(from, settings);
  if (settings.has(flags.partial)) throw new UsageError("--partial says how weights are taken; give --from, too");
  const modelIn = network(settings);
  return async (progress, signal) => {
    const data = await loadData(settings, progress, signal);
    noteTable(settings, data, progress);
    noteMonitor(settings, progress);
    return { data, model: modelIn(data) };
  };
}

/** The same with the weights of another net, and its preprocessing. */
function startFrom(from: string, settings: Settings): (progress: Progress, signal: AbortSignal) => Promise<Start> {
  const folder = savedFolder(from);
  const saved = folder === undefined ? undefined : trainedIn(folder);
  const found = saved === undefined || folder === undefined ? foundIn(from) : foundInModel(saved, folder);
  const { preprocessing } = found;
  const own = isModelGiven(settings) ? undefined : saved?.model;
  refuseChoices(settings, own, preprocessing);
  const modelIn = own === undefined ? network(settings) : undefined;
  return async (progress, signal) => {
    const data = await loadData(settings, progress, signal, preprocessing);
    noteTable(settings, data, progress);
    noteMonitor(settings, progress);
    const isSame = isSameTarget(preprocessing, data);
    const { model, fresh } =
      own === undefined
        ? lastFresh((modelIn ?? network(settings))(data), isSame)
        : modelLike(own, data, isSame, settings);
    const partial = settings.get(flags.partial) === true;
    const initial = takeWeights(found, model, { partial, fresh, seed: settings.get(flags.seed) ?? defaults.seed });
    return { data, model, initial, words: startWords(initial, preprocessing, fresh) };
  };
}

/** The model that is used where none is named. */
const USUAL = "mlp:64";

const isModelGiven = (settings: Settings): boolean =>
  settings.isTyped(flags.model) || (settings.typed(flags.model) ?? USUAL) !== USUAL;

/** The saved model itself, or with another last layer where the data have other classes, or another target. */
function modelLike(
  model: Model,
  data: Dataset,
  isSame: boolean,
  settings: Settings,
): { readonly model: Model; readonly fresh: readonly string[] } {
  const other = isSame ? { model, fresh: "" } : withOutputsFor(model, data);
  const loss = lossFor(settings, modelToJson(other.model).loss, data) ?? other.model.loss;
  return { model: { ...other.model, loss }, fresh: isSame ? [] : [other.fresh] };
}

/** A last layer whose outputs would stand for something else is drawn anew. */
const lastFresh = (model: Model, isSame: boolean): { readonly model: Model; readonly fresh: readonly string[] } => ({
  model,
  fresh: isSame ? [] : (layersOf(model) ?? []).slice(-1).map(({ name }) => name),
});

const isSameTarget = (saved: Preprocessing | undefined, { preprocessing }: Dataset): boolean =>
  saved === undefined || preprocessing === undefined || sameTarget(saved.target, preprocessing.target);

/** The saved model has decided these already. */
function refuseChoices(settings: Settings, own: Model | undefined, preprocessing: Preprocessing | undefined): void {
  const layers = own === undefined ? [] : [flags.activation, flags.dropout];
  const columns = preprocessing === undefined ? [] : [flags.ignore, flags.columns, flags.rare, flags.asIs];
  const [flag] = [...layers, ...columns].filter((each) => settings.has(each));
  if (flag === undefined) return;
  const isLayer = layers.some((each) => each === flag);
  throw new UsageError(
    `--from and --${flag.name}: ${isLayer ? "the saved model has its layers; give --model, too, for others" : KEPT}`,
  );
}

const KEPT = "the saved model keeps its columns and how they are read; leave the flag out";

/** What was taken of the weights, and what became of the rest. */
function startWords(
  { from, by, transposed, taken, drawn, differences }: TakenWeights,
  preprocessing: Preprocessing | undefined,
  fresh: readonly string[],
): string {
  const all = drawn.length === 0 ? `all ${taken.length}` : `${taken.length} of ${taken.length + drawn.length}`;
  const how = [
    ...(by === "order" ? ["in the order of the layers"] : []),
    ...(transposed ? ["matrices transposed, as PyTorch stores them"] : []),
  ];
  const kept = preprocessing?.inputs.kind === "columns" ? "columns, means and categories" : "means and deviations";
  return [
    `weights from ${from}: ${all} tensors${how.length === 0 ? "" : `, ${how.join(", ")}`}`,
    ...(fresh.length === 0 ? [] : [`new: ${fresh.join(", ")}, since the target or its classes are others`]),
    ...(differences.length === 0 ? [] : [`not taken: ${differenceWords(differences)}`]),
    preprocessing === undefined ? "inputs are standardised by the new training set" : `its ${kept} are kept`,
  ].join("; ");
}
