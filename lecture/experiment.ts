import type { Dataset } from "../src/data/index.ts";
import type { Animation, Figure } from "../src/figure/index.ts";
import type { Device } from "../src/index.ts";
import type { Told } from "./told.ts";

/** Numbers by name, as they are written to JSON. */
export type Numbers = Readonly<
  Record<string, number | string | boolean | readonly number[] | readonly (readonly number[])[]>
>;

/** What an experiment found: the numbers, whether they support the claim, and a picture of them. */
export interface Findings {
  /** Computed from the numbers. */
  readonly holds: boolean;
  readonly numbers: Numbers;
  /** The same for readers: with labels, units, and tables for series. */
  readonly told: Told;
  readonly figure: Figure;
  /** The figure in motion, where motion tells more. */
  readonly animation?: Animation;
  /** Walks by the name of who walks: their points, the start first. */
  readonly trajectories?: Readonly<Record<string, readonly (readonly number[])[]>>;
}

/** A statement of the lecture, made of numbers. */
export interface Experiment {
  /** As it is written on the command line. */
  readonly id: string;
  readonly title: string;
  /** One sentence that the numbers can support or refute. */
  readonly claim: string;
  run(given: Given): Findings | Promise<Findings>;
}

/** An experiment that can be run with other subjects in place of its own. */
export interface Tested<Subjects> extends Experiment {
  /**
   * With a broken rule or quantity in the place of the right one the claim must fail: tests hand in such. Sizes, seeds
   * and rates are subjects, too, where runs are long, so that tests can shorten them.
   */
  run(given: Given, others?: Partial<Subjects>): Findings | Promise<Findings>;
}

/** An experiment and what it is about: the rules and quantities that its claim speaks of, by name. */
export const about = <Subjects>(
  subjects: Subjects,
  {
    run,
    ...what
  }: Omit<Experiment, "run"> & {
    run(given: Given, subjects: Subjects): Findings | Promise<Findings>;
  },
): Tested<Subjects> => ({ ...what, run: (given, others) => run(given, { ...subjects, ...others }) });

/** What experiments take from the place where they run. */
export interface Given {
  /** A year of daily temperatures, in °C: the bundled one, or the user's own. */
  readonly temperatures: readonly number[];
  /** Examples to train nets on: the handwritten digits, or a data set of the user's choice. */
  readonly data: () => Promise<Dataset>;
  /** What nets are trained with. */
  readonly device: () => Promise<Device>;
}

/** Whether numbers agree to within a relative 1e-12, or an absolute one near 0. */
export const agree = (a: ArrayLike<number>, b: ArrayLike<number>, tolerance = 1e-12): boolean =>
  a.length === b.length && Array.from(a).every((x, i) => Math.abs(x - b[i]) <= tolerance * Math.max(1, Math.abs(b[i])));

/** Whether a is b but for a relative difference. */
export const near = (a: number, b: number, part: number): boolean => Math.abs(a / b - 1) < part;
