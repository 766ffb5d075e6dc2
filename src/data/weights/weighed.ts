import type { Examples, Vector } from "../dataset.ts";

/** Examples whose inputs are read when they are asked for, so that they cannot be copied by spreading. */
export interface KeptExamples extends Examples {
  /** The same examples with weights. */
  weighed(weights: Vector): KeptExamples;
}

/** The same examples with weights: how much each counts in the loss, one for each. */
export const weighed = (examples: Examples | KeptExamples, weights: Vector): Examples =>
  "weighed" in examples ? examples.weighed(weights) : { ...examples, weights };
