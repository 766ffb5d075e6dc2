// Makes docs/optimizers/: a page and a drawing for each update rule and each solver, from their specifications, and a table of
// all. `node scripts/docs/optimizers.mjs` writes them, `--check` says whether they are up to date. The package has to be compiled.
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as torch from "downhill/compat/torch";
import * as rules from "downhill/optimizers";
import * as solvers from "downhill/solvers";
import { walkDrawing } from "./walk.mjs";

const root = join(import.meta.dirname, "../..");
const folder = join(root, "docs/optimizers");

/** Everything that the command knows of each, and the function that makes it: `gradient-descent` is `gradientDescent`. */
const command = [join(root, "dist/cli/main.js"), "optimizers", "--json"];
const all = JSON.parse(execFileSync(process.execPath, command, { encoding: "utf8" })).map((method) => {
  const home = method.kind === "rule" ? rules : solvers;
  const [call, make] = Object.entries(home).find(([, entry]) => entry?.spec?.name === method.name) ?? [];
  if (make === undefined) throw new Error(`${method.name} is exported by no name`);
  return { ...method, call, make, entry: method.kind === "rule" ? "downhill/optimizers" : "downhill/solvers" };
});

/** What it does: the sentence above it in its file. */
function sentenceOf({ kind, name, call }) {
  const file = kind === "rule" ? `src/optimizers/rules/${name}.ts` : `src/solvers/${name}.ts`;
  const text = readFileSync(join(root, file), "utf8").split(`export const ${call} =`)[0];
  const comment = text.match(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*$/)?.[1] ?? "";
  const sentence = comment.replace(/^\s*\* ?/gm, "").trim();
  if (sentence === "") throw new Error(`${file}: say above ${call} in a sentence what it does`);
  return sentence;
}

const cell = (value) => String(value).replaceAll("|", "\\|");

function settingsTable({ hyper, settings, allowed }, head) {
  const values = Object.entries(hyper ?? settings);
  if (values.length === 0) return ["It has no settings."];
  const rows = values.map(([name, value]) => `| \`${name}\` | ${cell(value)} | ${cell(allowed[name])} |`);
  return [`| ${head} | default | may be |`, "|---|---|---|", ...rows];
}

const fenced = (language, lines) => [`\`\`\`${language}`, ...lines, "```"];

function keptLines({ slots, scalars }) {
  const kept = [
    ...slots.map((name) => `\`${name}\` for each weight`),
    ...Object.keys(scalars).map((name) => `the number \`${name}\``),
  ];
  return kept.length === 0 ? "It keeps nothing from step to step." : `It keeps from step to step: ${kept.join(", ")}.`;
}

const aligned = (lines) => {
  const rows = lines.map((line) => `  ${line.replace("\\leftarrow", "&\\leftarrow")}`);
  return ["\\begin{aligned}", rows.join(" \\\\\n"), "\\end{aligned}"];
};

function rulePage(rule) {
  const { name, title, source, call, hyper, lookahead, formula, tex, notes } = rule;
  const [first] = Object.entries(hyper);
  const set = first === undefined ? "" : `{ ${first[0]}: ${first[1]} }`;
  return [
    `# ${title}`,
    "",
    sentenceOf(rule),
    "",
    ...fenced("math", aligned(tex)),
    "",
    ...(lookahead === null ? [] : [`The gradient g is taken at \`${lookahead}\`.`, ""]),
    ...drawn(rule),
    ...settingsTable(rule, "hyper-parameter"),
    "",
    keptLines(rule),
    "",
    ...(notes.length === 0 ? [] : ["Choices:", "", ...notes.map((note) => `- ${note}`), ""]),
    `Source: ${source}`,
    "",
    "## Use it",
    "",
    ...fenced("ts", [`import { ${call} } from "downhill/optimizers";`, "", `const optimizer = ${call}(${set});`]),
    "",
    ...fenced("sh", [`downhill train --optimizer ${name}`, `downhill minimize beale --optimizer ${name}`]),
    "",
    "## As it is written",
    "",
    `In the [language](../language.md); \`downhill optimizers ${name} --rule-file\` writes it as a [rule file](../rule-files.md), to be changed.`,
    "",
    ...fenced("", formula),
    "",
    "## For PyTorch",
    "",
    ...pytorchLines(rule),
  ];
}

const NEEDS = {
  hessian: "the Hessian",
  hessianProduct: "products with the Hessian",
  gaussNewtonProduct: "products with the Gauss–Newton matrix",
  residuals: "the residuals of a sum of squares",
  kroneckerFactors: "the Kronecker factors of a net of dense layers",
};

function asksOf({ needsOneOf }) {
  const needs = needsOneOf.map((need) => NEEDS[need]);
  if (needs.includes(undefined)) throw new Error(`say in words what is meant by one of ${needsOneOf}`);
  const [first, ...others] = needs;
  if (first === undefined) return "";
  return others.length === 0 ? `, and ${first}` : `, and ${needs.slice(0, -1).join(", ")} or ${needs.at(-1)}`;
}

/** PyTorch's class of the same formula, if there is one. */
const PYTORCH = { "gradient-descent": "SGD", momentum: "SGD", "nesterov-rewritten": "SGD", amsgrad: "Adam" };

function pytorchLines(rule) {
  const same = Object.keys(torch).find((name) => name.toLowerCase() === rule.name) ?? PYTORCH[rule.name];
  const compat =
    same === undefined
      ? "PyTorch has no such optimizer; this class is the same rule, to copy:"
      : `PyTorch's is \`torch.optim.${same}\`. \`import { ${same} } from "downhill/compat/torch"\` has its arguments, defaults and arithmetic. This class is the formula above:`;
  return [compat, "", ...fenced("python", rules.writePyTorch(rule.make.spec).trimEnd().split("\n"))];
}

function solverPage(solver) {
  const { name, title, source, call, formula } = solver;
  return [
    `# ${title}`,
    "",
    sentenceOf(solver),
    "",
    ...fenced("", formula),
    "",
    ...drawn(solver),
    ...settingsTable(solver, "setting"),
    "",
    `It needs values and gradients${asksOf(solver)}. It takes all examples in each step, finds the length of the step itself, and stops when it has converged.`,
    "",
    `Source: ${source}`,
    "",
    "## Use it",
    "",
    ...fenced("ts", [`import { ${call} } from "downhill/solvers";`, "", `const optimizer = ${call}();`]),
    "",
    ...fenced("sh", [
      ...(walkDrawing(solver) === undefined ? [] : [`downhill minimize beale --optimizer ${name}`]),
      `downhill train --optimizer ${name}`,
    ]),
  ];
}

function drawn(method) {
  const drawing = walkDrawing(method);
  return drawing === undefined ? [] : [`![${drawing.words}](${method.name}.svg)`, "", `*${drawing.words}*`, ""];
}

/** Before, after, and what is like it: rules of its family share a part of the name. */
function linksOf(method, k) {
  const link = ({ name, title }) => `[${title}](${name}.md)`;
  const stem = ({ name }) => name.split("-")[0].replace(/^(n|r)?(ada|adam)\w*$/, "ada");
  const related = all.filter((other) => other !== method && other.kind === method.kind && stem(other) === stem(method));
  return [
    "",
    "---",
    "",
    [
      ...(k > 0 ? [`← ${link(all[k - 1])}`] : []),
      "[all](index.md)",
      ...(k + 1 < all.length ? [`${link(all[k + 1])} →`] : []),
    ].join(" · "),
    ...(related.length === 0 ? [] : ["", `Related: ${related.map(link).join(", ")}`]),
    "",
  ];
}

function indexPage() {
  const rows = (kind, what) =>
    all
      .filter((method) => method.kind === kind)
      .map((method) => {
        const set = Object.entries(method[what]).map(([name, value]) => `${name} ${value}`);
        const year = /^.*?\d{4}/.exec(method.source ?? "")?.[0] ?? "";
        return `| [${method.title}](${method.name}.md) | \`${method.name}\` | ${set.join(", ")} | ${year} |`;
      });
  return [
    "# Optimizers and solvers",
    "",
    "An **update rule** is one formula for each step, for mini-batches too. A **solver** finds a direction from the curvature, and looks how",
    "far to go; it takes all examples in each step, and has no learning rate to choose. [Choose an optimizer](../guide/choose.md) helps to",
    "decide. `downhill optimizers` lists the same.",
    "",
    "## Update rules",
    "",
    "| rule | name | hyper-parameters | source |",
    "|---|---|---|---|",
    ...rows("rule", "hyper"),
    "",
    "Any of them takes wrappers, which add lines to its formula: `--optimizer adam+clip-norm`, or in TypeScript `withWeightDecay`, `withL2`,",
    "`withNormClipping`, `withValueClipping`, `withAccumulation`, `withAveraging` and `withSlowWeights`.",
    "",
    "## Solvers",
    "",
    "| solver | name | settings | source |",
    "|---|---|---|---|",
    ...rows("solver", "settings"),
    "",
  ];
}

/** All files of the folder, by name. */
const files = new Map([["index.md", indexPage().join("\n")]]);
all.forEach((method, k) => {
  const page = method.kind === "rule" ? rulePage(method) : solverPage(method);
  files.set(`${method.name}.md`, [...page, ...linksOf(method, k)].join("\n"));
  const drawing = walkDrawing(method);
  if (drawing !== undefined) files.set(`${method.name}.svg`, drawing.svg);
});

mkdirSync(folder, { recursive: true });
const there = readdirSync(folder);
const old = there.filter((name) => !files.has(name));
const changed = [...files].filter(
  ([name, text]) => !there.includes(name) || readFileSync(join(folder, name), "utf8") !== text,
);

if (process.argv.includes("--check")) {
  // How a drawing is drawn is the figures' business: here it only has to be there.
  const stale = [
    ...old,
    ...changed.map(([name]) => name).filter((name) => name.endsWith(".md") || !there.includes(name)),
  ];
  if (stale.length > 0) console.log(`docs/optimizers is out of date (${stale.join(", ")}): run npm run docs`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const name of old) rmSync(join(folder, name));
  for (const [name, text] of changed) writeFileSync(join(folder, name), text);
}
