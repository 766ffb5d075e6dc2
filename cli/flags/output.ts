import { type Flag, isOn, text, whole } from "../flag.ts";

/** What comes out, and where settings come from. */

export const out: Flag<string> = {
  name: "out",
  value: "<dir>",
  group: "Output",
  kind: text,
  help: "each run leaves a folder below this one",
};
export const noOut: Flag<boolean> = {
  name: "no-out",
  group: "Output",
  kind: isOn,
  help: "leave none",
  insteadOf: "out",
};
export const json: Flag<boolean> = { name: "json", group: "Output", kind: isOn, help: "the result as one JSON object" };
export const jsonl: Flag<boolean> = {
  name: "jsonl",
  group: "Output",
  kind: isOn,
  help: "what happens as JSON, one event a line",
  insteadOf: "json",
};
export const quiet: Flag<boolean> = { name: "quiet", group: "Output", kind: isOn, help: "no progress" };
export const noColor: Flag<boolean> = {
  name: "no-color",
  group: "Output",
  kind: isOn,
  help: "no colours (NO_COLOR does the same)",
};

export const tex: Flag<boolean> = { name: "tex", group: "Output", kind: isOn, help: "the formula as TeX" };
export const pytorch: Flag<boolean> = {
  name: "pytorch",
  group: "Output",
  kind: isOn,
  help: "the rule as a class for PyTorch, to copy",
};
export const ruleFile: Flag<boolean> = {
  name: "rule-file",
  group: "Output",
  kind: isOn,
  help: "the rule as a file for --rule",
};
export const count: Flag<number> = {
  name: "count",
  value: "<n>",
  group: "Output",
  kind: whole(1, 1000),
  help: "samples to show",
};
export const reportFile: Flag<string> = {
  ...out,
  value: "<file>",
  help: "where to write it (default: report.html in the folder, or here for several)",
};

export const figureFile: Flag<string> = {
  name: "figure",
  value: "<file>",
  group: "Output",
  kind: text,
  help: "draw it to a .svg, .png or .html file; as it moves, to a .gif",
};

export const config: Flag<string> = {
  name: "config",
  value: "<file>",
  group: "Settings",
  kind: text,
  transient: true,
  help: "settings from a JSON file, named as these flags; flags win",
};
export const printConfig: Flag<boolean> = {
  name: "print-config",
  group: "Settings",
  kind: isOn,
  transient: true,
  help: "print the settings as JSON and stop",
};
