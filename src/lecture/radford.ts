import type { Optimizer } from "../optimizers/index.ts";
import type { Numbers } from "./experiment.ts";
import { type Entrant, mapValues, type Style } from "./race.ts";

/**
 * The looks of the six methods in Alec Radford's animations of 2014, and of Adam, which came after them. The colours are
 * his, in shades that stand out from white and from black paper; RMSProp's black is the ink. Dashes and shapes are ours,
 * for eyes that see fewer colours.
 */
const looks = {
  SGD: { color: "#e02020", dash: "solid", shape: "circle" },
  Momentum: { color: "#1a9a1a", dash: "dashed", shape: "square" },
  NAG: { color: "#d433d4", dash: "dash-dot", shape: "triangle" },
  Adagrad: { color: "#2a6fdb", dash: "long-dash", shape: "diamond" },
  RMSProp: { color: "ink", dash: "solid", shape: "times" },
  Adadelta: { color: "#a88c00", dash: "dotted", shape: "plus" },
  Adam: { color: "#0f9aa8", dash: "dashed", shape: "triangle-down" },
} as const satisfies Record<string, Style>;

/** Those that divide by a root mean square of past gradients, without momentum. */
export const adaptive = ["Adagrad", "RMSProp", "Adadelta"] as const;

/** Steps in each animation, one a frame. */
export const STEPS = 200;

/** A method in its looks. */
interface Method extends Entrant {
  readonly optimizer: Optimizer;
}

/** The seven methods, each in its looks, in the order in which they are drawn: Adadelta's dots over RMSProp's line. */
export function methods(optimizers: Readonly<Record<keyof typeof looks, Optimizer>>): Record<string, Method> {
  const given: Readonly<Record<string, Optimizer>> = optimizers;
  return mapValues<Style, Method>(looks, (look, name) => ({ ...look, optimizer: given[name] }));
}

/** One number for each method, under a common name: `stepsToLeave` and `SGD` give `stepsToLeaveSGD`. */
export const told = (name: string, values: Readonly<Record<string, number>>): Numbers =>
  Object.fromEntries(
    Object.entries(values).map(([method, value]) => [`${name}${method}`, Number.isFinite(value) ? value : "never"]),
  );
