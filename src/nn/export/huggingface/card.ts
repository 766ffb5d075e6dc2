import { cut } from "../../../arguments/index.ts";
import type { InputColumn } from "../../../data/table/index.ts";
import { layersOf, type Model, parameterCount } from "../../model.ts";
import type { Trained } from "../../saved.ts";
import { pythonText } from "../pytorch/python-literals.ts";
import type { Reading } from "../reading.ts";

interface Facts {
  readonly title: string;
  readonly data: string | undefined;
  readonly test: Readonly<Record<string, number>>;
}

/** A model card: what the net takes and answers, how good it is if that is known, and how to run it. */
export function modelCard(trained: Trained, reading: Reading, facts: Facts): string {
  const { model } = trained;
  const parts = [
    `# ${plain(facts.title)}`,
    `${purpose(reading)} It was trained with Downhill${facts.data === undefined ? "" : ` on ${code(facts.data)}`}.`,
    ...[inputsPart(reading), outputsPart(reading), netPart(model), ...testPart(facts), usePart(reading)],
  ];
  return `${yaml(reading, facts)}\n${parts.join("\n\n")}\n`;
}

/** A text in a line of Markdown, without marks that it would read. */
const plain = (text: string): string => text.replace(/[\s\p{C}]+/gu, " ").replace(/[\\`*_[\]<>#|]/g, "\\$&");

/** A text as code, in a table, too. */
const code = (text: string): string => {
  const line = cut(text.replace(/[\s\p{C}]+/gu, " "));
  const fence = line.includes("`") ? "``" : "`";
  return `${fence}${line.replaceAll("|", "\\|")}${fence}`;
};

const isImages = ({ inputs }: Reading): boolean => inputs.kind === "values" && inputs.shape.length === 3;

function purpose(reading: Reading): string {
  const { inputs, target } = reading;
  const from =
    inputs.kind === "columns"
      ? `${inputs.columns.length} ${inputs.columns.length === 1 ? "column" : "columns"} of a table`
      : `${isImages(reading) ? "images" : "examples"} of shape ${inputs.shape.join(" × ")}`;
  if (target.kind === "values") return `This net predicts ${listed(target.names)} from ${from}.`;
  const what = target.name === undefined ? "one of" : `${code(target.name)}, one of`;
  return `This net predicts ${what} ${target.classes.length} classes, from ${from}.`;
}

const MOST = 20;

function listed(names: readonly string[]): string {
  if (names.length > MOST) return `${names.slice(0, MOST).map(code).join(", ")} and ${names.length - MOST} more`;
  const all = names.map(code);
  return all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} and ${all[all.length - 1]}`;
}

function inputsPart({ inputs }: Reading): string {
  if (inputs.kind === "values")
    return `## Inputs\n\nThe values of an example, ${inputs.shape.join(" × ")}, as they are in the data: they are standardised inside.`;
  const rows = inputs.columns.map((column) => `| ${code(column.name)} | ${kindOf(column)} | ${holesOf(column)} |`);
  return `## Inputs

Raw values, as they are in the table: preparing them is part of the ONNX file.

| column | what it takes | a missing value |
|---|---|---|
${rows.join("\n")}`;
}

function kindOf(column: InputColumn): string {
  switch (column.kind) {
    case "number":
      return `a number, ${rounded(column.mean)} ± ${rounded(column.deviation)} in the training set`;
    case "date":
      return "a date, in ONNX as days since 1970-01-01";
    case "boolean":
      return `${code(column.words[0])} or ${code(column.words[1])}`;
    case "category":
      return `a word: ${listed(column.categories)}${column.other ? ", or any other" : ""}`;
  }
}

const holesOf = (column: InputColumn): string =>
  (column.kind === "category" ? column.missing : column.fill) === undefined
    ? "is refused, or gives NaN in ONNX"
    : "is allowed";

const rounded = (value: number): string => String(Number(value.toPrecision(4)));

function outputsPart({ target }: Reading): string {
  if (target.kind === "values")
    return `## Outputs\n\n\`value\`: ${listed(target.names)}, in ${target.names.length === 1 ? "its unit" : "their units"}, in this order.`;
  return `## Outputs\n\n\`label\`, and \`probabilities\` of the classes in this order: ${listed(target.classes)}.`;
}

function netPart(model: Model): string {
  const layers = (layersOf(model) ?? []).map(
    ({ name, builder, outputShape, parameters }) =>
      `| ${code(name)} | ${code(builder.kind.kind)} | ${outputShape.join(" × ")} | ${parameters.map((each) => code(each.name)).join(", ")} |`,
  );
  const table =
    layers.length === 0
      ? ""
      : `\n\n| layer | kind | outputs | weights in model.safetensors |\n|---|---|---|---|\n${layers.join("\n")}`;
  return `## The net\n\n${parameterCount(model).toLocaleString("en-US")} parameters; trained with ${plain(model.loss.name)}.${table}`;
}

function testPart({ test }: Facts): string[] {
  const rows = Object.entries(test).map(([name, value]) => `| ${plain(name)} | ${rounded(value)} |`);
  return rows.length === 0 ? [] : [`## On the test set\n\n| measure | value |\n|---|---|\n${rows.join("\n")}`];
}

function usePart({ inputs, target }: Reading): string {
  const feeds =
    inputs.kind === "columns"
      ? inputs.columns.map((column) => `    ${pythonText(column.name)}: ${exampleOf(column)},`)
      : [`    "input": np.zeros((1, ${inputs.shape.join(", ")}), np.float32),`];
  return `## How to run it

\`\`\`python
import numpy as np
import onnxruntime

session = onnxruntime.InferenceSession("onnx/model.onnx")
results = session.run(None, {
${feeds.join("\n")}
})
${target.kind === "classes" ? "label, probabilities = results" : "[value] = results"}
\`\`\`

Each input has a row for each example. In Node and in browsers, onnxruntime-node and onnxruntime-web run the same file.`;
}

/** One value of the column for ONNX, [1, 1]. */
function exampleOf(column: InputColumn): string {
  if (column.kind === "category") return `np.array([[${pythonText(column.categories[0] ?? "")}]], object)`;
  if (column.kind === "boolean") return `np.array([[${pythonText(column.words[1])}]], object)`;
  return `np.array([[${column.kind === "date" ? Math.round(column.mean) : rounded(column.mean)}]], np.float32)`;
}

/** JSON's texts are YAML's. */
function yaml(reading: Reading, { title, data, test }: Facts): string {
  const isClasses = reading.target.kind === "classes";
  const task = `${isImages(reading) && isClasses ? "image" : "tabular"}-${isClasses ? "classification" : "regression"}`;
  const measures = Object.entries(test).map(
    ([name, value]) =>
      `          - { type: ${JSON.stringify(name)}, value: ${value}, name: ${JSON.stringify(`test ${name}`)} }`,
  );
  const index = [
    "model-index:",
    `  - name: ${JSON.stringify(title)}`,
    "    results:",
    `      - task: { type: ${task} }`,
    `        dataset: { type: ${JSON.stringify(data ?? "unknown")}, name: ${JSON.stringify(data ?? "unknown")} }`,
    "        metrics:",
    ...measures,
  ];
  return [
    "---",
    "library_name: downhill",
    `pipeline_tag: ${task}`,
    "tags:",
    `  - ${task}`,
    "  - onnx",
    "  - safetensors",
    ...(measures.length === 0 ? [] : index),
    "---",
    "",
  ].join("\n");
}
