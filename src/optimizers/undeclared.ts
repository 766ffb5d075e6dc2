import { nearestName } from "../arguments/index.ts";
import { type FreeUse, freeUses, LanguageError, quote, type Statement } from "../expr/text/index.ts";

/** How to declare a name, in a rule file or in code. */
export interface Declarations {
  slot(name: string): string;
  hyper(name: string): string;
}

export const inCode: Declarations = {
  slot: (name) => `slots: ["${name}"]`,
  hyper: (name) => `hyper: { ${name}: 0.1 }`,
};

export const inFile: Declarations = {
  slot: (name) => `slot ${name}`,
  hyper: (name) => `hyper ${name} = 0.1`,
};

/** Other common names for what every rule is given. */
const GIVEN: Readonly<Record<string, readonly string[]>> = {
  "the weights are w": ["theta", "θ", "x", "W", "param", "params", "weight", "weights", "parameters"],
  "the gradient is g": ["grad", "gradient", "G", "dw", "dW", "grads", "gradients"],
  "the number of the step, from 1, is t": ["step", "steps", "k", "n", "iteration", "iterations", "T"],
};

/**
 * Throws a LanguageError at the first use of a name that is neither declared nor assigned before. It says how to declare it: as a
 * slot, if the update assigns it further down, since its value must then come from the step before.
 */
export function checkDeclared(statements: readonly Statement[], declared: Iterable<string>, words: Declarations): void {
  const known = new Set(declared);
  const use = freeUses(statements).find(({ name }) => !known.has(name));
  if (use === undefined) return;
  const isKept = statements.some(({ name }) => name === use.name);
  throw new LanguageError(use.source, use.at, isKept ? kept(use, words) : unknown(use, [...known], words));
}

const kept = ({ name }: FreeUse, { slot }: Declarations): string =>
  `unknown name ${quote(name)}: it has no value before this line. If it is kept from step to step, declare it: ${slot(name)}`;

function unknown({ name }: FreeUse, known: readonly string[], { slot, hyper }: Declarations): string {
  const given = Object.keys(GIVEN).find((meaning) => GIVEN[meaning].includes(name));
  if (given !== undefined) return `unknown name ${quote(name)}; ${given}`;
  // With one or two letters, every other name would be near.
  const near = name.length > 2 ? nearestName(name, known) : undefined;
  const guess = near === undefined ? "" : `; did you mean ${near}?`;
  return `unknown name ${quote(name)}${guess}${near === undefined ? "; declare" : " Or declare"} it: ${hyper(name)}, or ${slot(name)} if it is kept from step to step`;
}
