import { type CompareResult, isTunable, labelOf } from "../../compare/index.ts";

/** How much of a comparison was done: all of it, unless it was interrupted. */
export interface Completion {
  /** The optimizers whose learning rate is tuned, and those whose search is finished. */
  readonly tunable: readonly string[];
  readonly searched: readonly string[];
  /** Trials and final runs of the ranked optimizers, without those on the full batch. */
  readonly trials: Fraction;
  readonly runs: Fraction;
}

interface Fraction {
  readonly asked: number;
  readonly made: number;
}

export function completionOf({ settings, sensitivity, runs, outcome }: CompareResult): Completion {
  const { optimizers, trials, seeds } = settings;
  const tunable = trials === 0 ? [] : optimizers.filter(isTunable).map(labelOf);
  const made = (label: string): number => sensitivity.filter(({ optimizer }) => optimizer === label).length;
  return {
    tunable,
    searched: tunable.filter((label) => outcome === "completed" || made(label) >= trials),
    trials: { asked: tunable.length * trials, made: sensitivity.length },
    runs: {
      asked: optimizers.length * seeds.length,
      made: runs.filter((run) => run.outcome.kind !== "interrupted").length,
    },
  };
}

/** The smallest and the largest number of seeds that an optimizer finished. */
export function seedsOf({ ranking, settings }: CompareResult): readonly [least: number, most: number] {
  const counts = ranking.length === 0 ? [settings.seeds.length] : ranking.map(({ runs }) => runs);
  return [Math.min(...counts), Math.max(...counts)];
}

/** `2 of 48 trials` */
export const fractionWords = ({ made, asked }: Fraction, noun: string): string =>
  `${made} of ${asked} ${noun}${asked === 1 ? "" : "s"}`;
