import { capabilityWords } from "../src/objective/objective.ts";
import { domainOf } from "../src/optimizers/hyper.ts";
import type { NamedSolver, SolverSpec } from "../src/solvers/index.ts";
import { tableLines } from "./table.ts";
import { decimal } from "./words.ts";

/** Everything that is known of a solver. */
export const plainSolver = (solver: NamedSolver): Record<string, unknown> => {
  const { name, title, source, settings, formula } = solver.spec;
  return {
    ...{ name, title, source, settings },
    kind: "solver",
    allowed: Object.fromEntries(Object.keys(settings).map((key) => [key, allowedWords(solver.spec, key)])),
    needsOneOf: solver().needsOneOf,
    formula: [formula],
  };
};

/** The solvers in a table. */
export const solverLines = (solvers: readonly NamedSolver[]): string[] =>
  tableLines({
    columns: ["name", "title", "settings", "source"].map((title) => ({ title, align: "left" })),
    rows: solvers.map(({ spec: { name, title, settings, source } }) => [
      name,
      title,
      Object.entries(settings)
        .map(([key, value]) => `${key}=${written(value)}`)
        .join(" "),
      /^.*?\d{4}/.exec(source)?.[0] ?? "",
    ]),
  });

/** One solver: its step, its settings, what it asks, and how to use it. */
export function solverPage(solver: NamedSolver): string {
  const { spec } = solver;
  const settings = Object.entries(spec.settings).map(([key, value]) => [key, written(value), allowedWords(spec, key)]);
  const columns = ["setting", "default", "may be"].map((title) => ({ title, align: "left" as const }));
  return [
    `${spec.title} (${spec.name})`,
    spec.source,
    "",
    `  ${spec.formula}`,
    "",
    ...(settings.length === 0 ? ["It has no settings."] : tableLines({ columns, rows: settings })),
    "",
    asks(solver),
    "A solver takes all examples in each step, finds the length of the step itself, and stops when it has converged.",
    "",
    ...usages(solver),
    "",
  ].join("\n");
}

const written = (value: number | string): string => (typeof value === "number" ? decimal(value) : value);

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
