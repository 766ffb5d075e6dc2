import { type InputColumn, type Preprocessing, widthOf } from "../../data/table/index.ts";
import { type Whitening, withNumbers } from "../../data/whitening/index.ts";
import type { ModelPort } from "../../device/onnx/index.ts";
import { type DType, int, ints, onnxType, type Shape, sizeOf } from "../../expr/index.ts";
import type { ExportGraph } from "./export-graph.ts";

/** Names the open length of a batch. */
export const BATCH = "n";

const ML = "ai.onnx.ml";

interface Prepared {
  readonly ports: readonly ModelPort[];
  /** The net's inputs, [n, …inputShape]. */
  readonly output: string;
}

/** From raw rows to a net's inputs, in float64 as Downhill computes them, and then in the net's type. */
export function prepareInputs(
  graph: ExportGraph,
  inputs: Preprocessing["inputs"],
  inputShape: Shape,
  dtype: DType,
): Prepared {
  const { ports, values, shape } =
    inputs.kind === "columns"
      ? columns(graph, inputs.columns)
      : whitened(graph, examples(graph, inputs.shape, inputs.mean, inputs.deviation), withNumbers(inputs.whitening));
  const typed = graph.node("Cast", [values], { to: int(onnxType[dtype]) });
  const isSame = shape.length === inputShape.length && shape.every((length, i) => length === inputShape[i]);
  return { ports, output: isSame ? typed : graph.node("Reshape", [typed, graph.int64s([-1, ...inputShape])]) };
}

interface Raw {
  readonly ports: readonly ModelPort[];
  /** float64, [n, …shape] */
  readonly values: string;
  readonly shape: Shape;
}

function columns(graph: ExportGraph, all: readonly InputColumn[]): Raw {
  const values = all.map((column) => columnInputs(graph, column));
  const ports = all.map(
    ({ name, kind }): ModelPort => ({
      name,
      shape: [BATCH, 1],
      dtype: kind === "category" || kind === "boolean" ? "string" : "f32",
    }),
  );
  const width = all.reduce((sum, column) => sum + widthOf(column), 0);
  return { ports, values: graph.node("Concat", values, { axis: int(1) }), shape: [width] };
}

/** A column's inputs, float64, [n, width]. */
function columnInputs(graph: ExportGraph, column: InputColumn): string {
  if (column.kind === "category") return categoryInputs(graph, column);
  const raw = column.kind === "boolean" ? booleanValues(graph, column) : graph.node("Cast", [column.name], DOUBLE);
  const isMissing = column.fill === undefined ? undefined : graph.node("IsNaN", [raw]);
  const filled =
    isMissing === undefined ? raw : graph.node("Where", [isMissing, graph.doubles([column.fill ?? 0]), raw]);
  const centred = graph.node("Sub", [filled, graph.doubles([column.mean])]);
  const scaled = graph.node("Div", [centred, graph.doubles([column.deviation])]);
  if (!column.indicator || isMissing === undefined) return scaled;
  return graph.node("Concat", [scaled, graph.node("Cast", [isMissing], DOUBLE)], { axis: int(1) });
}

const DOUBLE = { to: int(onnxType.f64) };

/** 0, 1, or NaN: ONNX compares words exactly, so the usual spellings of each are listed. */
function booleanValues(graph: ExportGraph, { name, words }: Extract<InputColumn, { kind: "boolean" }>): string {
  const spellings = (word: string, others: readonly string[]) => [
    word,
    word.toLowerCase(),
    word.toUpperCase(),
    word[0].toUpperCase() + word.slice(1).toLowerCase(),
    ...others,
  ];
  const [no, yes] = [spellings(words[0], ["false", "False", "0"]), spellings(words[1], ["true", "True", "1"])];
  const keys = [...new Set([...no, ...yes])];
  const attributes = {
    keys_strings: { strings: keys },
    values_floats: { floats: keys.map((key) => (yes.includes(key) && !no.includes(key) ? 1 : 0)) },
    default_float: { float: Number.NaN },
  };
  return graph.node("Cast", [graph.node("LabelEncoder", [name], attributes, ML)], DOUBLE);
}

/** One-hot: words become indices, [n, 1], which are compared with every place; an index beyond the last leaves all at 0. */
function categoryInputs(graph: ExportGraph, column: Extract<InputColumn, { kind: "category" }>): string {
  const { name, categories, other, missing } = column;
  const width = widthOf(column);
  const another = other ? categories.length : width;
  const hole = missing === "input" ? width - 1 : another;
  const keys = [...categories, ...(categories.includes("") ? [] : [""])];
  const attributes = {
    keys_strings: { strings: keys },
    values_int64s: ints(keys.map((_, i) => (i < categories.length ? i : hole))),
    default_int64: int(another),
  };
  const index = graph.node("LabelEncoder", [name], attributes, ML);
  const places = graph.int64s(Array.from({ length: width }, (_, i) => i));
  return graph.node("Cast", [graph.node("Equal", [index, places])], DOUBLE);
}

/** Examples that are arrays: one input, standardised run by run. */
function examples(graph: ExportGraph, shape: Shape, mean: readonly number[], deviation: readonly number[]): Raw {
  const ports: ModelPort[] = [{ name: "input", shape: [BATCH, ...shape], dtype: "f32" }];
  const raw = graph.node("Cast", ["input"], DOUBLE);
  const centred = graph.node("Sub", [raw, constantOf(graph, mean, shape)]);
  return { ports, values: graph.node("Div", [centred, constantOf(graph, deviation, shape)]), shape };
}

/** x″ = (x′ − m)·W, the product in float32 as Downhill computes it. */
function whitened(graph: ExportGraph, raw: Raw, whitening: Whitening | undefined): Raw {
  if (whitening === undefined) return raw;
  const { mean, matrix } = whitening;
  const n = mean.length;
  const rows = graph.node("Reshape", [raw.values, graph.int64s([-1, n])]);
  const centred = graph.node("Sub", [rows, graph.doubles(Array.from(mean))]);
  const single = graph.node("Cast", [centred], { to: int(onnxType.f32) });
  const product = graph.node("MatMul", [single, graph.constant("whitening", { shape: [n, n], data: matrix })]);
  return { ...raw, values: graph.node("Cast", [product], DOUBLE), shape: [n] };
}

/** A value for each run, in a shape that broadcasts against an example's: one, one for each channel, or one for each element. */
function constantOf(graph: ExportGraph, runs: readonly number[], shape: Shape): string {
  if (runs.length === 1) return graph.doubles(runs);
  if (runs.length === shape[0])
    return graph.doubles(
      runs,
      shape.map((length, i) => (i === 0 ? length : 1)),
    );
  const size = sizeOf(shape);
  return graph.doubles(
    Array.from({ length: size }, (_, i) => runs[Math.floor((i * runs.length) / size)]),
    shape,
  );
}
