import { domainOf } from "../../src/arguments/index.ts";
import {
  type Rule,
  type RuleSpec,
  ruleFormulas,
  ruleOf,
  rules,
  slotStarts,
  updateLines,
  writePyTorch,
  writeRule,
} from "../../src/optimizers/index.ts";
import { format, tableLines, textColumn } from "../../src/report/index.ts";
import { type NamedSolver, solvers } from "../../src/solvers/index.ts";
import type { Flag } from "../flags/flag.ts";
import * as flags from "../flags/index.ts";
import { exitCode } from "../io.ts";
import { UsageError } from "../mistakes/failure.ts";
import { jsonText } from "../print/result.ts";
import { assigned, plainSolver, solverLines, solverPage } from "../print/solver-page.ts";
import { ruleFromFile, ruleNamed, solverNamed } from "../read/optimizer-name.ts";
import type { Settings } from "../settings.ts";
import type { Read } from "./command.ts";

/** `downhill optimizers`: all update rules and solvers, or one with its formula. What cannot be written in a form is refused. */
export const read: Read = (settings, io) => {
  const text = wanted(settings);
  return () => {
    io.out.write(text);
    return exitCode.success;
  };
};

function wanted(settings: Settings): string {
  const [name] = settings.words;
  const [one, other] = [flags.json, ...forms.map(({ flag }) => flag)].filter((flag) => settings.get(flag));
  if (other !== undefined) throw new UsageError(`--${one.name} and --${other.name}: give one of them`);
  const solver = name === undefined ? undefined : solverNamed(name);
  if (solver !== undefined) return solverText(solver, settings);
  const rule = ruleIn(settings);
  const [form] = forms.filter(({ flag }) => settings.get(flag));
  if (rule === undefined && form !== undefined)
    throw new UsageError(`--${form.flag.name} is for one optimizer: name it`);
  if (rule === undefined) return settings.get(flags.json) ? jsonText(all()) : listing();
  if (settings.get(flags.json)) return jsonText(plain(rule.spec));
  const write = form?.write ?? (name === undefined ? page : builtInPage);
  return write(rule.spec);
}

/** What a rule can be written as, other than for people to read. */
const forms: readonly { readonly flag: Flag<boolean>; readonly write: (spec: RuleSpec) => string }[] = [
  { flag: flags.tex, write: (spec) => texBlock(spec) },
  { flag: flags.pytorch, write: writePyTorch },
  { flag: flags.ruleFile, write: (spec) => ruleFile(spec) },
];

function solverText(solver: NamedSolver, settings: Settings): string {
  const { name } = solver.spec;
  if (settings.get(flags.rule) !== undefined) throw new UsageError("a name and --rule: give one of them");
  const [form] = forms.filter(({ flag }) => settings.get(flag));
  if (form !== undefined)
    throw new UsageError(
      `--${form.flag.name} is for update rules; ${name} is a solver, which finds its steps by a search`,
    );
  return settings.get(flags.json) ? jsonText(plainSolver(solver)) : solverPage(solver);
}

const all = (): unknown[] => [...rules.map(({ spec }) => plain(spec)), ...solvers.map(plainSolver)];

function ruleIn(settings: Settings): Rule | undefined {
  const [name] = settings.words;
  const file = settings.get(flags.rule);
  if (name !== undefined && file !== undefined) throw new UsageError("a name and --rule: give one of them");
  if (file !== undefined) return ruleOf(ruleFromFile(file).data);
  return name === undefined ? undefined : ruleNamed(name);
}

/** Everything that is known of a rule. */
const plain = (spec: RuleSpec): Record<string, unknown> => ({
  name: spec.name,
  title: spec.title ?? spec.name,
  source: spec.source ?? null,
  kind: "rule",
  notes: spec.notes ?? [],
  hyper: spec.hyper,
  allowed: Object.fromEntries(Object.keys(spec.hyper).map((name) => [name, domainOf(name, spec.domains).words])),
  slots: Object.keys(slotStarts(spec)),
  scalars: spec.scalars ?? {},
  lookahead: spec.lookahead ?? null,
  formula: updateLines(spec),
  tex: ruleFormulas(spec),
  file: writeRule(spec),
});

function listing(): string {
  const columns = [
    textColumn("name", ({ spec }: Rule) => spec.name),
    textColumn("title", ({ spec }: Rule) => spec.title ?? ""),
    textColumn("hyper-parameters", ({ spec }: Rule) => assigned(spec.hyper)),
    textColumn("source", ({ spec }: Rule) => /^.*?\d{4}/.exec(spec.source ?? "")?.[0] ?? ""),
  ];
  return [
    "Update rules: a formula that turns a gradient into a step, for mini-batches or all examples",
    "",
    ...tableLines(columns, rules),
    "",
    "Solvers: second-order methods and line searches; each step uses all examples",
    "",
    ...solverLines(solvers),
    "",
    "To show one: downhill optimizers adam",
    "",
  ].join("\n");
}

function page(spec: RuleSpec): string {
  const columns = [
    textColumn("hyper-parameter", (name: string) => name),
    textColumn("default", (name: string) => format.setting(spec.hyper[name])),
    textColumn("allowed values", (name: string) => domainOf(name, spec.domains).words),
  ];
  return [
    `${spec.title ?? spec.name} (${spec.name})`,
    ...(spec.source === undefined ? [] : [spec.source]),
    "",
    ...(spec.lookahead === undefined ? [] : [`  g is the gradient at ${spec.lookahead}`]),
    ...updateLines(spec).map((line) => `  ${line}`),
    "",
    ...tableLines(columns, Object.keys(spec.hyper)),
    "",
    ...keptLines(spec),
    ...(spec.notes ?? []).map((note) => `- ${note}`),
    "",
  ].join("\n");
}

/** The same with how to change it. A rule from a file is in one already, which the command would overwrite. */
const builtInPage = (spec: RuleSpec): string =>
  [
    page(spec),
    `To change it: downhill optimizers ${spec.name} --rule-file > my-rule.txt`,
    "              downhill train --rule my-rule.txt",
    "",
  ].join("\n");

function keptLines(spec: RuleSpec): string[] {
  const slots = Object.entries(slotStarts(spec)).map(([name, start]) => `${name} (from ${start})`);
  const scalars = Object.entries(spec.scalars ?? {}).map(([name, start]) => `${name} (a number, from ${start})`);
  const kept = [...slots, ...scalars];
  return [
    kept.length === 0 ? "From step to step, it keeps nothing." : `From step to step, it keeps ${kept.join(", ")}`,
  ];
}

const texBlock = (spec: RuleSpec): string =>
  `\\begin{aligned}\n${ruleFormulas(spec)
    .map((line) => `  ${line.replace("\\leftarrow", "&\\leftarrow")}`)
    .join(" \\\\\n")}\n\\end{aligned}\n`;

/** A file for --rule, with what is known of the rule in comments. */
const ruleFile = (spec: RuleSpec): string =>
  [spec.title, spec.source, ...(spec.notes ?? [])]
    .filter((line) => line !== undefined)
    .map((line) => `# ${line}\n`)
    .join("") + writeRule(spec);
