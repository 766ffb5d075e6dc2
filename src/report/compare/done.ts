import { type CompareResult, isTunable, labelOf } from "../../compare/index.ts";

/** What a comparison was asked to do, and how much of it was done: they differ where it was interrupted. */
export interface Done {
  /** The optimizers whose rate is searched for, and those whose search has ended. */
  readonly tunable: readonly string[];
  readonly searched: readonly string[];
  /** Trials and final runs of those that are ranked (not of the full batch beside them): asked for, and finished. */
  readonly trials: Part;
  readonly runs: Part;
}

interface Part {
  readonly asked: number;
  readonly made: number;
}

export function doneOf({ settings, sensitivity, runs, outcome }: CompareResult): Done {
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

/** The least and the most seeds that an optimizer's numbers come from. */
export function seedsOf({ ranking, settings }: CompareResult): readonly [least: number, most: number] {
  const counts = ranking.length === 0 ? [settings.seeds.length] : ranking.map(({ runs }) => runs);
  return [Math.min(...counts), Math.max(...counts)];
}

/** `2 of 48 trials` */
export const partOf = ({ made, asked }: Part, noun: string): string =>
  `${made} of ${asked} ${noun}${asked === 1 ? "" : "s"}`;
