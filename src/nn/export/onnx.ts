import { quote } from "../../arguments/index.ts";
import { encodeModel, type ModelPort } from "../../device/onnx/index.ts";
import { dtypeOf, int, ints, onnxType, sizeOf } from "../../expr/index.ts";
import { layoutOf, stateLayoutOf } from "../model.ts";
import { checkFits, checkTrained, type Trained } from "../saved.ts";
import { graphForAnyBatch, NET_INPUTS, NET_OUTPUTS } from "./any-batch.ts";
import { ExportGraph } from "./export-graph.ts";
import { BATCH, prepareInputs } from "./onnx-inputs.ts";
import { type Reading, readingOf } from "./reading.ts";

/**
 * A trained net as the bytes of an ONNX file that takes raw rows: each column of a table is an input [n, 1], by its name, float32
 * (NaN where it is missing; dates as days since 1970-01-01) or string ("" where it is missing); other examples are one input,
 * `input`, of shape [n, …], float32. Preprocessing is inside. A classifier's outputs are `label`, string [n], and
 * `probabilities`, float32 [n, classes], in the order of the classes in the file's metadata; a regression's is `value`, float32
 * [n, targets], in the target's unit. The operators are those of ONNX's set 18, and of ai.onnx.ml's set 2.
 *
 * @throws RangeError for a net that depends on the number of examples in a batch, a column named as an output, and a net of 2 GiB
 * or more; TypeError and RangeError as `save`
 */
export function exportOnnx(trained: Trained): Uint8Array<ArrayBuffer> {
  checkTrained("exportOnnx", trained);
  checkFits(trained);
  const { model, w } = trained;
  const dtype = dtypeOf(w);
  const net = graphForAnyBatch(model, dtype);
  const reading = readingOf(trained);
  const { inputs } = reading;
  const names = inputs.kind === "columns" ? inputs.columns.map(({ name }) => name) : ["input"];
  const isClasses = reading.target.kind === "classes";
  const taken = names.find((name) => (isClasses ? ["label", "probabilities"] : ["value"]).includes(name));
  if (taken !== undefined)
    throw new RangeError(
      `the column ${quote(taken)} is named as an output of the ONNX file; rename it, and train again`,
    );
  const graph = new ExportGraph([...names, "label", "probabilities", "value"]);
  const prepared = prepareInputs(graph, inputs, model.inputShape, dtype);
  const outputs = graph.embed(net, { [NET_INPUTS]: prepared.output, ...constants(graph, trained) })[NET_OUTPUTS];
  const results = readOutputs(graph, outputs, reading);
  return encodeModel({
    ...{ nodes: graph.nodes, initializers: graph.initializers },
    ...{ inputs: prepared.ports, outputs: results },
    metadata: metadataOf(trained),
  });
}

/** The model's tensors as constants of the graph, by the names that the net's own graph has for them. */
function constants(graph: ExportGraph, { model, w, s = w.slice(0, 0) }: Trained): Record<string, string> {
  const all = [
    ...layoutOf(model).map((place) => ({ ...place, vector: w })),
    ...stateLayoutOf(model).map((place) => ({ ...place, vector: s })),
  ];
  return Object.fromEntries(
    all.map(({ name, shape, offset, vector }) => {
      const data = vector.slice(offset, offset + sizeOf(shape));
      return [name, graph.constant(name, { shape, data })];
    }),
  );
}

/** From the net's outputs to what they stand for. */
function readOutputs(graph: ExportGraph, outputs: string, { target, count, outputs: kind }: Reading): ModelPort[] {
  const logits = graph.node("Cast", [outputs], { to: int(onnxType.f64) });
  if (target.kind === "values") {
    const values = kind === "sigmoid of each" ? graph.node("Sigmoid", [logits]) : logits;
    const [mean, deviation] = [target.mean, target.deviation].map((list) => graph.doubles(list, [1, count]));
    const scaled = graph.node("Add", [graph.node("Mul", [values, deviation]), mean]);
    graph.named("value", "Cast", [scaled], { to: int(onnxType.f32) });
    return [{ name: "value", shape: [BATCH, count], dtype: "f32" }];
  }
  const { classes } = target;
  const probabilities =
    kind === "sigmoid of one" ? bothOf(graph, logits) : graph.node("Softmax", [logits], { axis: int(1) });
  graph.named("probabilities", "Cast", [probabilities], { to: int(onnxType.f32) });
  const best = graph.node("ArgMax", [probabilities], { axis: int(1), keepdims: int(0) });
  graph.named(
    "label",
    "LabelEncoder",
    [best],
    { keys_int64s: ints(classes.map((_, i) => i)), values_strings: { strings: classes } },
    "ai.onnx.ml",
  );
  return [
    { name: "label", shape: [BATCH], dtype: "string" },
    { name: "probabilities", shape: [BATCH, classes.length], dtype: "f32" },
  ];
}

/** From the logit of the second class to the probabilities of both, [n, 2]. */
function bothOf(graph: ExportGraph, logits: string): string {
  const second = graph.node("Sigmoid", [logits]);
  const first = graph.node("Sub", [graph.doubles([1]), second]);
  return graph.node("Concat", [first, second], { axis: int(1) });
}

function metadataOf({ model, preprocessing }: Trained): Record<string, string> {
  const target = preprocessing?.target;
  return {
    "downhill.name": model.name,
    ...(target?.kind === "classes" && { classes: JSON.stringify(target.classes) }),
    ...(target?.kind === "values" && { targets: JSON.stringify(target.names) }),
    ...(preprocessing !== undefined && { "downhill.preprocessing": JSON.stringify(preprocessing) }),
  };
}
