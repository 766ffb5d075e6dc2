import type { Domain } from "../arguments/index.ts";

/** An update rule as data, in the language's written form. */
export interface RuleSpec {
  /** The name on the command line. */
  readonly name: string;
  /** The name in prose. */
  readonly title?: string;
  /** The paper that the rule comes from. */
  readonly source?: string;
  /** Choices where the source leaves room, or where other programs differ. */
  readonly notes?: readonly string[];
  /** Hyper-parameters and their defaults. */
  readonly hyper: Readonly<Record<string, number>>;
  /** The values allowed for hyper-parameters, unless their name determines them. */
  readonly domains?: Readonly<Record<string, Domain>>;
  /** Vectors like w that are kept from step to step: names, or names with an expression for their start. */
  readonly slots?: readonly string[] | Readonly<Record<string, string | number>>;
  /** Scalars that are kept from step to step, with their starting values. */
  readonly scalars?: Readonly<Record<string, number>>;
  /** The point where the gradient is taken, if it is not w. */
  readonly lookahead?: string;
  /** The weights to evaluate and keep, if they are not w: an average of them. */
  readonly average?: string;
  /**
   * Assignments in order. In scope: w, g, t (from 1), g_norm (the norm of the whole gradient), slots, scalars, hyper.
   * Lines below `matrices:` are for tensors with two axes, where rows and columns are given, too; those below `others:` for
   * the rest; those below `all:`, and above any heading, for both.
   */
  readonly update: string;
  /** Assignments after the update in every call, also between the steps of gradient accumulation. Here t counts calls. */
  readonly always?: string;
  /** Gradient accumulation: the hyper-parameter that says over how many gradients each step averages. */
  readonly gradientsPerStep?: string;
}
