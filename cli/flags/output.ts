import { type Flag, isOn, oneOf, text, whole } from "./flag.ts";

/** Output, and where settings come from. */

export const out: Flag<string> = {
  name: "out",
  value: "<dir>",
  group: "Output",
  kind: text,
  suggests: { paths: "folders" },
  help: "write the run's folder into this folder",
};
export const landscapeOut: Flag<string> = {
  ...out,
  help: "write the result, and the points as they are measured, into this folder (default: landscapes in the run's folder)",
};
export const save: Flag<string> = {
  name: "save",
  value: "<dir>",
  group: "Output",
  kind: text,
  suggests: { paths: "folders" },
  help: "save the trained model in this folder as well, for downhill predict, evaluate and export",
};
export const saveBest: Flag<string> = {
  ...save,
  help: "save the winner's best model in this folder as well, for downhill predict, evaluate and export",
};
export const noOut: Flag<boolean> = {
  name: "no-out",
  group: "Output",
  kind: isOn,
  help: "write no run folder",
  insteadOf: "out",
};
export const json: Flag<boolean> = {
  name: "json",
  group: "Output",
  kind: isOn,
  help: "print the result as one JSON object",
};
export const csv: Flag<boolean> = { name: "csv", group: "Output", kind: isOn, help: "print comma-separated values" };
const formats = ["onnx", "safetensors", "pytorch", "js", "huggingface"] as const;
export type ExportFormat = (typeof formats)[number];
export const format: Flag<ExportFormat> = {
  name: "format",
  value: "<format>",
  group: "Output",
  kind: oneOf(formats),
  help:
    "onnx: one file that takes raw rows, for ONNX Runtime; safetensors: the weights alone; pytorch: a folder with a PyTorch module and " +
    "its weights; js: an ES module without dependencies, for small nets; huggingface: a folder as its hub has it, with a model card",
};
export const exportTo: Flag<string> = {
  name: "out",
  value: "<path>",
  group: "Output",
  kind: text,
  suggests: { paths: "files" },
  help: "file to write; for pytorch and huggingface, folder",
};
export const proba: Flag<boolean> = {
  name: "proba",
  group: "Output",
  kind: isOn,
  help: "print the probability of each class",
};
export const jsonl: Flag<boolean> = {
  name: "jsonl",
  group: "Output",
  kind: isOn,
  help: "stream events as JSON, one per line, the result last",
  insteadOf: "json",
};
export const quiet: Flag<boolean> = {
  name: "quiet",
  group: "Output",
  kind: isOn,
  help: "show no progress and no notes",
};
export const noColor: Flag<boolean> = {
  name: "no-color",
  group: "Output",
  kind: isOn,
  help: "print without colours (as does the environment variable NO_COLOR)",
};

export const tex: Flag<boolean> = { name: "tex", group: "Output", kind: isOn, help: "print the formula in TeX" };
export const pytorch: Flag<boolean> = {
  name: "pytorch",
  group: "Output",
  kind: isOn,
  help: "print the rule as a class for PyTorch",
};
export const ruleFile: Flag<boolean> = {
  name: "rule-file",
  group: "Output",
  kind: isOn,
  help: "print the rule as a text file for --rule",
};
export const count: Flag<number> = {
  name: "count",
  value: "<n>",
  group: "Output",
  kind: whole(1, 1000),
  help: "number of samples to show",
};
export const reportFile: Flag<string> = {
  ...out,
  value: "<file>",
  suggests: { paths: "files" },
  help: "write the report to this file (default: report.html in the run's folder; for several runs, in the current folder)",
};

export const figureFile: Flag<string> = {
  name: "figure",
  value: "<file>",
  group: "Output",
  kind: text,
  suggests: { paths: "files" },
  help: "write a figure to this .svg, .png or .html file, or an animation to this .gif file",
};

export const stillFigureFile: Flag<string> = {
  ...figureFile,
  help: "write a figure to this .svg, .png or .html file",
};

export const config: Flag<string> = {
  name: "config",
  value: "<file>",
  group: "Settings",
  kind: text,
  suggests: { paths: "files" },
  transient: true,
  help: "read settings, named like the flags, from this JSON file; flags override them",
};
export const printConfig: Flag<boolean> = {
  name: "print-config",
  group: "Settings",
  kind: isOn,
  transient: true,
  help: "print all settings as JSON, for use with --config, and stop",
};
