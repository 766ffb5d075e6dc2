import { checkHyper, type Schedule } from "./hyper.ts";
import { type Optimizer, optimizerOf, programsOf } from "./optimizer.ts";
import { checkRule } from "./rule-check.ts";
import type { RuleSpec } from "./rule-spec.ts";
import type { Declarations } from "./undeclared.ts";

/**
 * A rule: a function from hyper-parameters to an optimizer. It throws a RangeError for an unknown name and for a value
 * that is not allowed.
 */
export interface Rule<Name extends string = string> {
  (hyper?: Readonly<Partial<Record<Name, number | Schedule>>>): Optimizer;
  /** Its formula, source and default hyper-parameters. */
  readonly spec: RuleSpec;
}

/**
 * Makes a rule from its formula, which is read and checked at once: a name that is not in scope is a SyntaxError that points at it
 * and says how to declare it (`declarations`: in a file or in code). A rule may have no hyper-parameters.
 */
export function rule<const H extends Readonly<Record<string, number>> = Readonly<Record<never, number>>>(
  written: Written<H>,
  declarations?: Declarations,
): Rule<Extract<keyof H, string>> {
  const made = listed(written);
  checkRule(made.spec, declarations);
  return made;
}

/** A rule of the library: tests check its formula, so it is read at the first step and not when it is imported. */
export function listed<const H extends Readonly<Record<string, number>> = Readonly<Record<never, number>>>(
  written: Written<H>,
): Rule<Extract<keyof H, string>> {
  const spec: RuleSpec = { ...written, hyper: written.hyper ?? {} };
  const programs = programsOf(spec);
  const make = (given: Readonly<Record<string, unknown>> = {}): Optimizer =>
    optimizerOf(spec, checkHyper(spec.name, spec.hyper, given, spec.domains), programs);
  return Object.assign(make, { spec });
}

type Written<H> = Omit<RuleSpec, "hyper"> & { readonly hyper?: H };
