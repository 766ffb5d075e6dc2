// Makes docs/optimizers/: a page and a drawing for each update rule and each solver, from their specifications, and a table of
// all. `node scripts/docs/optimizers.mjs` writes them; `--check` reports those that are out of date. Compile the package first.
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as torch from "downhill/compat/torch";
import * as rules from "downhill/optimizers";
import * as solvers from "downhill/solvers";
import { walkDrawing } from "./walk.mjs";

const root = join(import.meta.dirname, "../..");
const folder = join(root, "docs/optimizers");

/** All that the command prints about each, and the function that makes it: `gradient-descent` is made by `gradientDescent`. */
const command = [join(root, "dist/cli/main.js"), "optimizers", "--json"];
const all = JSON.parse(execFileSync(process.execPath, command, { encoding: "utf8" })).map((method) => {
  const home = method.kind === "rule" ? rules : solvers;
  const [call, make] = Object.entries(home).find(([, entry]) => entry?.spec?.name === method.name) ?? [];
  if (make === undefined) throw new Error(`${method.name} is exported by no name`);
  return { ...method, call, make, entry: method.kind === "rule" ? "downhill/optimizers" : "downhill/solvers" };
});

/** What it does: the comment above it in its file. */
function sentenceOf({ kind, name, call }) {
  const file = kind === "rule" ? `src/optimizers/rules/${name}.ts` : `src/solvers/${name}.ts`;
  const text = readFileSync(join(root, file), "utf8").split(`export const ${call} =`)[0];
  const comment = text.match(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*$/)?.[1] ?? "";
  const sentence = comment.replace(/^\s*\* ?/gm, "").trim();
  if (sentence === "") throw new Error(`${file}: say above ${call} in a sentence what it does`);
  return sentence;
}

const cell = (value) => String(value).replaceAll("|", "\\|");

/** A default that was computed, such as 4ε, is rounded to two digits. */
const shown = (value) =>
  typeof value === "number" && Number(value.toPrecision(6)) !== value ? `≈ ${Number(value.toPrecision(2))}` : value;

/** The symbols of hyper-parameters in the formulas, where they differ from the name. */
const SYMBOLS = { lr: "η", weight_decay: "λ" };

function settingsTable({ hyper, settings, meanings, allowed }, head) {
  const values = Object.entries(hyper ?? settings);
  if (values.length === 0) return ["It has no settings."];
  const heads = [head, "default", ...(meanings === undefined ? [] : ["meaning"]), "allowed values"];
  const rows = values.map(([name, value]) => [
    SYMBOLS[name] === undefined || meanings !== undefined ? `\`${name}\`` : `\`${name}\` (${SYMBOLS[name]})`,
    cell(shown(value)),
    ...(meanings === undefined ? [] : [cell(meanings[name])]),
    cell(allowed[name]),
  ]);
  return [heads, heads.map(() => "---"), ...rows].map((cells, i) =>
    i === 1 ? `|${cells.join("|")}|` : `| ${cells.join(" | ")} |`,
  );
}

const noteLines = (notes) =>
  notes.length === 0 ? [] : ["Details of this implementation:", "", ...notes.map((note) => `- ${note}`), ""];

/** The walk in the figure, as a command. */
function walkCommand(method) {
  const { lr, cap } = walkDrawing(method);
  const options = [...(lr === undefined ? [] : [`--lr ${lr}`]), ...(cap === undefined ? [] : [`--steps ${cap}`])];
  return ["downhill minimize beale --optimizer", method.name, ...options].join(" ");
}

const fenced = (language, lines) => [`\`\`\`${language}`, ...lines, "```"];

function keptLines({ slots, scalars }) {
  const names = listOf(slots.map((name) => `\`${name}\``));
  const kept = [
    ...(slots.length === 0 ? [] : [`${names} for each weight`]),
    ...Object.keys(scalars).map((name) => `the number \`${name}\``),
  ];
  return `From step to step, it keeps ${kept.length === 0 ? "nothing" : listOf(kept)}.`;
}

/** "a, b and c". */
const listOf = (words) => (words.length < 2 ? words.join() : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`);

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
    ...noteLines(notes),
    `Source: ${source}`,
    "",
    "## Use it",
    "",
    ...fenced("ts", [`import { ${call} } from "downhill/optimizers";`, "", `const optimizer = ${call}(${set});`]),
    "",
    ...fenced("sh", [`downhill train --optimizer ${name}`, walkCommand(rule)]),
    "",
    "## The rule as text",
    "",
    `This is the rule in Downhill's [language](../language.md). \`downhill optimizers ${name} --rule-file\` prints it as a [rule file](../rule-files.md) that you can change.`,
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
  if (needs.includes(undefined)) throw new Error(`NEEDS has no words for one of ${needsOneOf}`);
  const [first, ...others] = needs;
  if (first === undefined) return "";
  return others.length === 0 ? `, and ${first}` : `, and ${needs.slice(0, -1).join(", ")} or ${needs.at(-1)}`;
}

/** PyTorch's class of the same formula where it has another name, and the argument that selects the formula. */
const PYTORCH = {
  "gradient-descent": ["SGD"],
  momentum: ["SGD", "momentum=0.9"],
  "nesterov-rewritten": ["SGD", "momentum=0.9, nesterov=True"],
  amsgrad: ["Adam", "amsgrad=True"],
};

function pytorchLines(rule) {
  const namesake = Object.keys(torch).find((name) => name.toLowerCase() === rule.name);
  const [same, argument] = namesake === undefined ? (PYTORCH[rule.name] ?? []) : [namesake];
  const compat =
    same === undefined
      ? "PyTorch has no such optimizer. This class implements the rule above, for you to copy:"
      : `PyTorch has \`torch.optim.${same}\`${argument === undefined ? "" : ` with \`${argument}\``}; \`import { ${same} } from "downhill/compat/torch"\` takes the same arguments, with the same defaults and arithmetic. This class implements exactly the rule above, for you to copy:`;
  return [compat, "", ...fenced("python", rules.writePyTorch(rule.make.spec).trimEnd().split("\n"))];
}

function solverPage(solver) {
  const { name, title, source, call, formula, symbols, notes, make } = solver;
  const length = make().unguarded ? "takes the full Newton step" : "finds the step length itself";
  return [
    `# ${title}`,
    "",
    sentenceOf(solver),
    "",
    ...fenced("", formula),
    "",
    `Here ${symbols}.`,
    "",
    ...drawn(solver),
    ...settingsTable(solver, "setting"),
    "",
    `It needs values and gradients${asksOf(solver)}. It uses all examples in each step, ${length}, and stops when it has converged.`,
    "",
    ...noteLines(notes),
    `Source: ${source}`,
    "",
    "## Use it",
    "",
    ...fenced("ts", [`import { ${call} } from "downhill/solvers";`, "", `const optimizer = ${call}();`]),
    "",
    ...fenced("sh", [
      ...(walkDrawing(solver) === undefined ? [] : [walkCommand(solver)]),
      `downhill train --optimizer ${name}`,
    ]),
  ];
}

function drawn(method) {
  const drawing = walkDrawing(method);
  return drawing === undefined ? [] : [`![${drawing.words}](${method.name}.svg)`, "", `*${drawing.words}*`, ""];
}

/** Links to the previous and the next page, and to related methods, whose names begin alike. */
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
        const set = Object.entries(method[what]).map(([name, value]) => `${name} ${shown(value)}`);
        const year = /^.*?\d{4}/.exec(method.source ?? "")?.[0] ?? "";
        return `| [${method.title}](${method.name}.md) | \`${method.name}\` | ${set.join(", ")} | ${year} |`;
      });
  return [
    "# Optimizers and solvers",
    "",
    "An **update rule** is a formula that turns a gradient into a step; the gradient may come from a mini-batch. A **solver** chooses a direction,",
    "often from the curvature, and then how far to go; it uses all examples in each step, and has no learning rate to choose. To decide, read",
    "[Choose an optimizer](../guide/choose.md). `downhill optimizers` prints the same lists. In the figures,",
    "lr is the best of a grid for 100 steps.",
    "",
    "## Update rules",
    "",
    "| rule | name | hyper-parameters | source |",
    "|---|---|---|---|",
    ...rows("rule", "hyper"),
    "",
    "A wrapper adds lines to any of these formulas: `--optimizer adam+clip-norm` on the command line, and in TypeScript `withWeightDecay`, `withL2`,",
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
  // Tests of figures check the drawings: here each only has to exist.
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
