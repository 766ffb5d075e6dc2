import type { Domain } from "../arguments/index.ts";
import { checkHyper, type Schedule } from "./hyper.ts";
import { type Optimizer, optimizerOf, programsOf } from "./optimizer.ts";
import { checkRule } from "./rule-check.ts";
import type { Declarations } from "./undeclared.ts";

/** An update rule as data: everything that is to know of it, in the language's written form. */
export interface RuleSpec {
  /** As it is written on the command line. */
  readonly name: string;
  /** The name in prose. */
  readonly title?: string;
  /** Where the rule comes from. */
  readonly source?: string;
  /** What was decided where the source leaves room, or where programs differ. */
  readonly notes?: readonly string[];
  /** Hyper-parameters and their defaults. */
  readonly hyper: Readonly<Record<string, number>>;
  /** What hyper-parameters may be, where their name does not tell. */
  readonly domains?: Readonly<Record<string, Domain>>;
  /** Vectors like w that are kept from step to step: names, or names with an expression for their start. */
  readonly slots?: readonly string[] | Readonly<Record<string, string | number>>;
  /** Numbers that are kept from step to step, and their starts. */
  readonly scalars?: Readonly<Record<string, number>>;
  /** The point at which the gradient is wanted, where it is not w. */
  readonly lookahead?: string;
  /** The weights to evaluate and keep, where they are not w: an average of them. */
  readonly average?: string;
  /**
   * Assignments in order. In scope: w, g, t (from 1), g_norm (the length of the whole gradient), slots, scalars, hyper.
   * Lines below `matrices:` are for tensors with two axes, where rows and columns are given, too; those below `others:` for
   * the rest; those below `all:`, and above any heading, for both.
   */
  readonly update: string;
  /** Assignments after the update in every call: between the steps of gradient accumulation, too. Here t counts calls. */
  readonly always?: string;
  /** Gradient accumulation: the hyper-parameter that says how many gradients make one step, with their mean. */
  readonly gradientsPerStep?: string;
}

/** A rule: called with hyper-parameters it gives an optimizer. */
export interface Rule<Name extends string = string> {
  (hyper?: Readonly<Partial<Record<Name, number | Schedule>>>): Optimizer;
  readonly spec: RuleSpec;
}

/**
 * Makes a rule from its formula. The formula is read and checked at once: a name that is not in scope is a SyntaxError
 * that points at it and says how to declare it (`declarations`: in which words). A rule may have no hyper-parameters.
 */
export function rule<const H extends Readonly<Record<string, number>> = Readonly<Record<never, number>>>(
  written: Written<H>,
  declarations?: Declarations,
): Rule<Extract<keyof H, string>> {
  const made = listed(written);
  checkRule(made.spec, declarations);
  return made;
}

/** A rule of the library, which tests check: its formula is read with the first step, not when it is imported. */
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
