import { isOptions, quoteValue } from "../../arguments/index.ts";
import { statementOf } from "../loss.ts";
import { layersOf, type Model } from "../model.ts";
import { modelFromJson, modelToJson, type Shapes } from "../model-data.ts";
import { registry as builtIn, type Registry } from "../registry.ts";

/**
 * The same layers with a last one for other data: as many outputs as these need, and their usual loss if the model's is for another
 * task. With it the name of that layer, whose weights then mean something else.
 *
 * @throws TypeError for a model that JSON cannot hold, RangeError for one whose last layer has no number of outputs
 */
export function withOutputsFor(
  model: Model,
  data: Shapes,
  registry: Registry = builtIn,
): { readonly model: Model; readonly fresh: string } {
  if (!isOptions(model) || !("forward" in model))
    throw new TypeError(`withOutputsFor: the model is ${quoteValue(model)}; give one such as mlp([64, 32, 10])`);
  if (!isOptions(data) || !("inputShape" in data && "outputs" in data && "task" in data))
    throw new TypeError(
      `withOutputsFor: the data are ${quoteValue(data)}; give a data set, or { inputShape, outputs, task }`,
    );
  const { name: _, loss, layers, ...json } = modelToJson(model, registry);
  const last = layers[layers.length - 1];
  const option = Object.hasOwn(registry.layers, last.kind) ? registry.layers[last.kind].outputs : null;
  if (option === null)
    throw new RangeError(`${model.name}: its last layer, ${last.kind}, has no number of outputs that could change`);
  const isSameTask = (statementOf(model.loss)?.targets === "numbers") === (data.task === "regression");
  const open = layers.map((layer) => (layer === last ? { ...layer, [option]: undefined } : layer));
  const made = modelFromJson({ ...json, layers: open, ...(isSameTask && { loss }) }, { data, registry });
  return { model: made, fresh: layersOf(made)?.at(-1)?.name ?? "" };
}
