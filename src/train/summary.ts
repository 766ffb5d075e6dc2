import { bytesPerNumber } from "../device/index.ts";
import { type Layer, layersOf, type Model, parameterCount, registry, stateCount } from "../nn/index.ts";
import { defaults } from "./defaults/index.ts";
import { type MemoryOptions, type TrainingMemory, trainingMemory } from "./memory.ts";

/** One layer of a net. */
export interface LayerSummary {
  /** The prefix of its tensors' names. */
  readonly name: string;
  /** The name of its kind, such as "dense". */
  readonly kind: string;
  /** Its options in a form that JSON can hold; null if they have functions without a name. */
  readonly options: Readonly<Record<string, unknown>> | null;
  /** The shape of one example's outputs. */
  readonly outputShape: readonly number[];
  /** Values that training changes by their gradients. */
  readonly parameters: number;
  /** Values that training changes without a gradient, such as running means. */
  readonly state: number;
  /** For one example, in the forward pass. */
  readonly multiplyAdds: number;
  /** The layers that it is made of, which its own numbers include; empty for others. */
  readonly layers: readonly LayerSummary[];
}

/** A model layer by layer, and its totals. */
export interface ModelSummary {
  /** The model's name. */
  readonly name: string;
  /** The shape of one example. */
  readonly inputShape: readonly number[];
  /** The name of its loss. */
  readonly loss: string;
  /** Empty if the model is a custom function. */
  readonly layers: readonly LayerSummary[];
  /** Values that training changes by their gradients: the length of w. */
  readonly parameters: number;
  /** Values that training changes without a gradient: the length of s. */
  readonly state: number;
  /** For one example, in the forward pass; null if the model is a custom function. */
  readonly multiplyAdds: number | null;
  /** Bytes of parameters and state. */
  readonly weights: number;
  /** Bytes that training takes. */
  readonly training: TrainingMemory;
}

/** How the model is to be trained, which decides the memory. Default: Adam on batches of 64 in float32. */
export type SummaryOptions = Partial<Omit<MemoryOptions, "model">>;

/**
 * Summarises a model: layers, parameters, multiply-adds for one example, and the memory that training takes (by Adam on batches
 * of 64 in float32, unless the options say otherwise). Throws a RangeError for a batch size that is not allowed.
 */
export function summary(model: Model, options: SummaryOptions = {}): ModelSummary {
  const { optimizer = likeAdam, batchSize = defaults.batchSize, targetSize = 1, dtype = "f32" } = options;
  const { name, inputShape, loss } = model;
  const layers = layersOf(model);
  const [parameters, state] = [parameterCount(model), stateCount(model)];
  const rows = (layers ?? []).map((layer) => summaryOf(layer));
  return {
    ...{ name, inputShape, loss: loss.name, layers: rows, parameters, state },
    multiplyAdds: layers === undefined ? null : rows.reduce((sum, row) => sum + row.multiplyAdds, 0),
    weights: bytesPerNumber[dtype] * (parameters + state),
    training: trainingMemory({ model, optimizer, batchSize, targetSize, dtype }),
  };
}

/** Adam keeps two values for each weight. */
const likeAdam: MemoryOptions["optimizer"] = { slots: ["m", "v"] };

/** @param outer begins the names of the tensors of a layer within others, such as `layer3_` */
const summaryOf = (layer: Layer, outer = ""): LayerSummary => ({
  name: `${outer}${layer.name}`,
  kind: layer.builder.kind.kind,
  options: optionsOf(layer),
  outputShape: layer.outputShape,
  parameters: parameterCount(layer),
  state: stateCount(layer),
  multiplyAdds: layer.multiplyAdds,
  layers:
    layer.role.kind === "nested"
      ? layer.role.chains.flat().map((each) => summaryOf(each, `${outer}${layer.name}_`))
      : [],
});

function optionsOf({ builder }: Layer): LayerSummary["options"] {
  try {
    return builder.plain(registry);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}
