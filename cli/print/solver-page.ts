import { domainOf } from "../../src/arguments/index.ts";
import { capabilityWords } from "../../src/objective/index.ts";
import { format, tableLines, textColumn } from "../../src/report/index.ts";
import type { NamedSolver, SolverSpec } from "../../src/solvers/index.ts";

/** Everything that is known of a solver. */
export const plainSolver = (solver: NamedSolver): Record<string, unknown> => {
  const { name, title, source, settings, meanings, formula, symbols, notes = [] } = solver.spec;
  return {
    ...{ name, title, source, settings, meanings, symbols, notes },
    kind: "solver",
    allowed: Object.fromEntries(Object.keys(settings).map((key) => [key, allowedWords(solver.spec, key)])),
    needsOneOf: solver().needsOneOf,
    formula: [formula],
  };
};

/** The solvers in a table. */
export const solverLines = (solvers: readonly NamedSolver[]): string[] =>
  tableLines(
    [
      textColumn("name", ({ spec }: NamedSolver) => spec.name),
      textColumn("title", ({ spec }: NamedSolver) => spec.title),
      textColumn("settings", ({ spec }: NamedSolver) => assigned(spec.settings)),
      textColumn("source", ({ spec }: NamedSolver) => /^.*?\d{4}/.exec(spec.source)?.[0] ?? ""),
    ],
    solvers,
  );

/** Settings with their values, as `--set` takes them: `beta1=0.9 beta2=0.999`. */
export const assigned = (settings: Readonly<Record<string, number | string>>): string =>
  Object.entries(settings)
    .map(([name, value]) => (isLong(value) ? `${name}≈${rounded(value)}` : `${name}=${format.setting(value)}`))
    .join(" ");

/** A default that was computed, such as 4ε: its sixteen digits tell nobody anything. `--json` has them. */
const isLong = (value: number | string): value is number =>
  typeof value === "number" && Number(value.toPrecision(6)) !== value;

const rounded = (value: number): string => format.setting(Number(value.toPrecision(2)));
const defaultWords = (value: number | string): string =>
  isLong(value) ? `≈ ${rounded(value)}` : format.setting(value);

/** One solver: its step, its settings, what it asks, and how to use it. */
export function solverPage(solver: NamedSolver): string {
  const { spec } = solver;
  const settings = Object.keys(spec.settings);
  const columns = [
    textColumn("setting", (key: string) => key),
    textColumn("default", (key: string) => defaultWords(spec.settings[key])),
    textColumn("meaning", (key: string) => spec.meanings[key]),
    textColumn("allowed values", (key: string) => allowedWords(spec, key)),
  ];
  return [
    `${spec.title} (${spec.name})`,
    spec.source,
    "",
    `  ${spec.formula}`,
    "",
    `Here ${spec.symbols}.`,
    "",
    ...(settings.length === 0 ? ["It has no settings."] : tableLines(columns, settings)),
    "",
    asks(solver),
    `It uses all examples in each step, ${solver().unguarded ? "takes the full Newton step" : "finds the step length itself"}, and stops when it has converged.`,
    ...(spec.notes ?? []).map((note) => `- ${note}`),
    "",
    ...usages(solver),
    "",
  ].join("\n");
}

function allowedWords({ allowed = {} }: SolverSpec, key: string): string {
  const own = Object.hasOwn(allowed, key) ? allowed[key] : domainOf(key);
  return "words" in own ? own.words : own.join(", ");
}

function asks(solver: NamedSolver): string {
  const needs = solver().needsOneOf.map((capability) => capabilityWords[capability]);
  return needs.length === 0
    ? "It needs values and gradients."
    : `It needs values, gradients and ${needs.join(", or ")}.`;
}

/** No surface has what only nets have. */
function usages(solver: NamedSolver): string[] {
  const { name } = solver.spec;
  const needs = solver().needsOneOf;
  const isForNets = needs.length > 0 && needs.every((capability) => capability === "kroneckerFactors");
  const lines = [
    ...(isForNets ? [] : [`downhill minimize rosenbrock --optimizer ${name}`]),
    `downhill train --optimizer ${name}`,
  ];
  return lines.map((line, i) => `${i === 0 ? "To use it: " : "           "}${line}`);
}
