import type { Domain } from "../arguments/index.ts";

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
