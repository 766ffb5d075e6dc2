import type { Measurement, Tested } from "../../lecture/experiment.ts";
import type { Findings, Given } from "../../lecture/index.ts";
import { givenData } from "./given.ts";

/** An experiment, run with its own subjects and, for each fault, with a subject that has it. */
export interface Mutants {
  readonly id: string;
  /** The unbroken one's run, where it is shorter than that of `experiments.test.ts`. */
  readonly whole?: () => Promise<Findings>;
  readonly broken: Readonly<Record<string, () => Promise<Findings>>>;
}

export const digits = givenData("digits");

/** `short` makes runs shorter, the unbroken one's, too. */
export const mutantsOf = <Subjects>(
  experiment: Pick<Tested<Measurement, Subjects>, "id" | "run">,
  faults: Readonly<Record<string, Partial<NoInfer<Subjects>>>>,
  short: Partial<NoInfer<Subjects>> = {},
  given: Given = digits,
): Mutants => ({
  id: experiment.id,
  ...((Object.keys(short).length > 0 || given !== digits) && { whole: () => experiment.run(given, short) }),
  broken: Object.fromEntries(
    Object.entries(faults).map(([fault, subjects]) => [fault, () => experiment.run(given, { ...short, ...subjects })]),
  ),
});
