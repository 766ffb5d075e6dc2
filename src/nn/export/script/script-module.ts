import { dtypeOf, type Layout, sizeOf, type Vector } from "../../../expr/index.ts";
import { layoutOf, type Model, stateLayoutOf } from "../../model.ts";
import { checkFits, checkTrained, type Trained } from "../../saved.ts";
import { type WrittenStage, writtenModel } from "../code/written-model.ts";
import { type Reading, readingOf, refuseWhitened } from "../reading.ts";
import { sourceOf } from "./script-functions.ts";
import { inComment, scriptRows } from "./script-rows.ts";
import type { Called } from "./script-source.ts";
import { type ScriptContext, scriptLanguage } from "./script-words.ts";

/** More make a module of several megabytes, which computes in plain JavaScript. */
const MOST = 1_000_000;

/**
 * A trained net as the source of an ES module without dependencies, for Node, browsers and workers: `predict(rows)` takes raw
 * rows and returns at once what `net.predict` resolves to, with its errors. The weights are inside, bit for bit; they are computed with in
 * float64. Layers and functions of your own are written, too.
 *
 *     await writeFile("model.mjs", exportModule(net));
 *
 * @throws RangeError for a net of more than a million weights, one whose inputs are whitened, and one that depends on the number of examples in a batch; TypeError and
 * RangeError as `save`
 */
export function exportModule(trained: Trained): string {
  checkTrained("exportModule", trained);
  checkFits(trained);
  refuseWhitened(trained);
  const { w } = trained;
  if (w.length > MOST)
    throw new RangeError(
      `the net has ${w.length.toLocaleString("en-US")} weights, and a module at most ${MOST.toLocaleString("en-US")}; export it as ONNX, for ONNX Runtime`,
    );
  const called = new Set<Called>();
  const stages = writtenModel(trained, scriptLanguage, (context): ScriptContext => ({ ...context, called }));
  return moduleText(trained, stages, called, dtypeOf(w) === "f64" ? "Float64Array" : "Float32Array");
}

function moduleText(
  trained: Trained,
  stages: readonly WrittenStage[],
  called: ReadonlySet<Called>,
  array: string,
): string {
  const { model } = trained;
  const reading = readingOf(trained);
  const rows = scriptRows(reading.inputs);
  const forward = stages.flatMap(({ title, lines }) => [`// ${title}`, ...lines]);
  const isCounted = forward.some((line) => !line.startsWith("//") && /\bn\b/.test(line));
  return `${headText(model, reading, rows.type)}

${rows.constants}

${targetText(reading)}

${PREDICT.replaceAll("SHAPE", ["n", ...model.inputShape].join(", "))
  .replaceAll("ARRAY", array)
  .replaceAll("COUNT", `${reading.count}`)}

/** From inputs, [${["n", ...model.inputShape].join(", ")}], to the net's outputs. A tensor is its shape and its numbers, row by row. */
function forward(x) {
${[...(isCounted ? ["const [n] = x.shape;"] : []), ...forward, "return x;"].map((line) => `  ${line}`).join("\n")}
}

${answerText(reading)}

${rows.functions}

${sourceOf(called)}

${weightsText(trained, array)}
`;
}

const headText = ({ name }: Model, reading: Reading, type: string): string => `/**
 * ${inComment(name).replace(/\p{C}/gu, " ")}: a net that Downhill trained, in plain JavaScript, without dependencies.
 *
 *     import { predict } from "./model.mjs";
 *     const [${fieldsOf(reading)}] = predict([row]);
 *
${type.includes("Cell") ? " * @typedef {string | number | boolean | bigint | Date | null | undefined} Cell\n" : ""} * @typedef {${type}} Row
 * @typedef {${typeOf(reading)}} Prediction
 */`;

const fieldsOf = ({ target }: Reading): string =>
  target.kind === "classes" ? "{ label, probabilities }" : target.names.length === 1 ? "{ value }" : "{ values }";

const typeOf = ({ target }: Reading): string =>
  target.kind === "classes"
    ? "{ label: string, probabilities: Record<string, number> }"
    : target.names.length === 1
      ? "{ value: number }"
      : "{ values: Record<string, number> }";

function targetText({ target }: Reading): string {
  if (target.kind === "classes") return `const CLASSES = ${JSON.stringify(target.classes)};`;
  const { names, mean, deviation } = target;
  return `// A value is its mean + its deviation times the output.
const TARGETS = ${JSON.stringify(names)};
const MEANS = ${JSON.stringify(mean)};
const DEVIATIONS = ${JSON.stringify(deviation)};`;
}

const PREDICT = `/**
 * A prediction for each raw row. Throws a TypeError or RangeError that says what is wrong with which row.
 *
 * @param {readonly Row[]} rows
 * @returns {Prediction[]}
 */
export function predict(rows) {
  if (!Array.isArray(rows)) throw new TypeError("predict: the rows are " + shown(rows) + "; give a list of them");
  const inputs = ARRAY.from(inputsOf(rows));
  const size = inputs.length / rows.length;
  const predictions = [];
  // At most 500 rows at a time, so that tensors stay small.
  for (let start = 0; start < rows.length; start += 500) {
    const n = Math.min(500, rows.length - start);
    const outputs = forward({ shape: [SHAPE], data: inputs.subarray(start * size, (start + n) * size) }).data;
    for (let i = 0; i < n; i++) {
      const row = outputs.subarray(i * COUNT, (i + 1) * COUNT);
      if (!row.every(Number.isFinite))
        throw new RangeError("predict: row " + (start + i + 1) + ": its values are so large that what the net computes from them is not finite");
      predictions.push(answerOf(row));
    }
  }
  return predictions;
}`;

const SIGMOID = `const logistic = (z) => (z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z)));`;

function answerText({ target, outputs }: Reading): string {
  const sigmoid = outputs.startsWith("sigmoid") ? `${SIGMOID}\n\n` : "";
  if (target.kind === "values") {
    const value = `MEANS[i] + DEVIATIONS[i] * ${outputs === "sigmoid of each" ? "logistic(outputs[i])" : "outputs[i]"}`;
    const answer =
      target.names.length === 1
        ? `{ value: ${value.replaceAll("[i]", "[0]")} }`
        : `{ values: Object.fromEntries(TARGETS.map((name, i) => [name, ${value}])) }`;
    return `${sigmoid}/** From the outputs for a row to the prediction. */
function answerOf(outputs) {
  return ${answer};
}`;
  }
  const probabilities =
    outputs === "softmax"
      ? `const most = outputs.reduce((a, b) => Math.max(a, b));
  const powers = Array.from(outputs, (z) => Math.exp(z - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  const p = powers.map((power) => power / sum);`
      : `const second = logistic(outputs[0]);
  const p = [1 - second, second];`;
  return `${sigmoid}/** From the outputs for a row to the prediction. */
function answerOf(outputs) {
  ${probabilities}
  const label = CLASSES[p.indexOf(p.reduce((a, b) => Math.max(a, b)))];
  return { label, probabilities: Object.fromEntries(CLASSES.map((name, i) => [name, p[i]])) };
}`;
}

/** The net's tensors in base64, little-endian as every platform of today has it. */
function weightsText({ model, w, s = w.slice(0, 0) }: Trained, array: string): string {
  const tensors = (layout: Layout, vector: Vector): string[] =>
    layout.map(({ name, shape, offset }) => {
      const data = vector.subarray(offset, offset + sizeOf(shape));
      return `  ${JSON.stringify(name)}: weights([${shape.join(", ")}], "${base64(data)}"),\n`;
    });
  const all = [...tensors(layoutOf(model), w), ...tensors(stateLayoutOf(model), s)];
  return `function weights(shape, base64) {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
  return { shape, data: new ${array}(bytes.buffer) };
}

const w = {
${all.join("")}};`;
}

function base64(data: Vector): string {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  let text = "";
  // Pieces of a multiple of three bytes join without padding; a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 30_000)
    text += btoa(String.fromCharCode(...bytes.subarray(at, at + 30_000)));
  return text;
}
