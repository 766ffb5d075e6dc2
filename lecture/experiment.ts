import type { Dataset } from "../src/data/index.ts";
import type { Animation, Figure } from "../src/figure/index.ts";
import type { Device } from "../src/index.ts";
import type { DeepLandscape } from "./deep-landscape.ts";
import { isObject, need } from "./door.ts";
import type { Told } from "./told.ts";

/** Values by name, as they are written to JSON. */
export type Numbers = Readonly<
  Record<string, number | string | boolean | readonly number[] | readonly (readonly number[])[]>
>;

/** The points of each walk by its name, the start first. */
export type Trajectories = Readonly<Record<string, readonly (readonly number[])[]>>;

/**
 * The result of an experiment's measurement: plain data, so that it can be saved, judged and drawn again. Beside the
 * numbers are the curves and other values that the verdict and the figure need.
 */
export interface Measurement {
  /** The values that `--json` shows. */
  readonly numbers: Numbers;
  /** The points of walks, if the figure shows them. */
  readonly trajectories?: Trajectories;
}

/** A figure or, if motion shows more, a figure with an animation. */
export type Picture = Figure | Moving;

interface Moving {
  readonly figure: Figure;
  readonly animation: Animation;
}

/** The result of an experiment. */
export interface Findings {
  /** Whether the measurement supports the claim. */
  readonly holds: boolean;
  /** The measured values, as `--json` shows them. */
  readonly numbers: Numbers;
  /** The same values for readers: with labels, units, and tables for series. */
  readonly told: Told;
  /** The plot. */
  readonly figure: Figure;
  /** The plot in motion, if that shows more. */
  readonly animation?: Animation;
  /** The points of the walks in the plot, if there are any. */
  readonly trajectories?: Trajectories;
}

/** A statement of the lecture, put to the test: a claim, a measurement, a verdict, a plot. */
export interface Experiment<M extends Measurement = Measurement> {
  /** As it is written on the command line. */
  readonly id: string;
  /** Shown in lists and as a heading. */
  readonly title: string;
  /** One sentence that a measurement can support or refute. */
  readonly claim: string;
  /** Takes the measurement. */
  measure(given: Given): Promise<M>;
  /** The verdict: whether the measurement supports the claim. */
  holds(measured: M): boolean;
  /** The measured values for readers: with labels, units, and tables for series. */
  told(measured: M): Told;
  /** Draws the measurement. */
  plot(measured: M): Picture;
  /** The verdict on a measurement, new or saved, with its words and its figure. */
  findings(measured: M): Findings;
  /** A new measurement, and its findings. */
  run(given: Given): Promise<Findings>;
}

/** An experiment that can be run with other subjects in place of its own. */
export interface Tested<M extends Measurement, Subjects> extends Experiment<M> {
  /**
   * With a broken rule or quantity in the place of the right one the claim must fail, as tests check. Sizes, seeds and
   * rates are subjects, too, where runs are long, so that tests can shorten them.
   */
  measure(given: Given, others?: Partial<Subjects>): Promise<M>;
  run(given: Given, others?: Partial<Subjects>): Promise<Findings>;
}

/** The parts of an experiment. */
interface Parts<M extends Measurement, Subjects>
  extends Pick<Experiment<M>, "id" | "title" | "claim" | "holds" | "told" | "plot"> {
  /** What the claim is about: its rules and quantities, by name. */
  readonly subjects: Subjects;
  measure(given: Given, subjects: Subjects): M | Promise<M>;
}

export function experiment<M extends Measurement, Subjects>(parts: Parts<M, Subjects>): Tested<M, Subjects> {
  const { subjects, measure: measureWith, ...rest } = parts;
  const measure = async (given: Given, others?: Partial<Subjects>): Promise<M> =>
    measureWith(given, { ...subjects, ...others });
  const findings = (measured: M): Findings => {
    const picture = parts.plot(measured);
    return {
      holds: parts.holds(measured),
      numbers: measured.numbers,
      told: parts.told(measured),
      ...("animation" in picture ? picture : { figure: picture }),
      ...(measured.trajectories && { trajectories: measured.trajectories }),
    };
  };
  return { ...rest, measure, findings, run: async (given, others) => findings(await measure(given, others)) };
}

/**
 * A measurement as text. JSON knows neither −0 nor values that are not finite, such as the loss of a diverged run: they are
 * words, and a text that is such a word gets a quotation mark before it. Typed arrays become lists.
 */
export function saved(measured: Measurement): string {
  need(isMeasurement(measured), "saved: the measurement", measured, "what measure() gave");
  return JSON.stringify(measured, (_, value: unknown) => {
    if (typeof value === "number") return Object.is(value, -0) ? "-0" : Number.isFinite(value) ? value : `${value}`;
    if (typeof value === "string") return WORD.test(value) ? `'${value}` : value;
    return value instanceof Float64Array || value instanceof Float32Array ? [...value] : value;
  });
}

/** The measurement that was saved. Throws a SyntaxError for text that is not JSON, a TypeError for other JSON. */
export function restored(text: string): Measurement {
  const measured = parsed(text, (_, value) => {
    if (typeof value !== "string" || !WORD.test(value)) return value;
    return value.startsWith("'") ? value.slice(1) : Number(value);
  });
  if (!isMeasurement(measured)) {
    throw new TypeError("the text is JSON, but not a measurement: it has no object `numbers`; give what saved() wrote");
  }
  return measured;
}

function parsed(text: string, revive: (key: string, value: unknown) => unknown): unknown {
  try {
    return JSON.parse(text, revive);
  } catch (error) {
    throw new SyntaxError(`the text is not JSON (${String(error)}); give what saved() wrote`, { cause: error });
  }
}

/** A value that JSON does not know, or a text that could be taken for one. */
const WORD = /^'*(?:-?Infinity|NaN|-0)$/;

const isMeasurement = (value: unknown): value is Measurement =>
  isObject(value) && "numbers" in value && isObject(value.numbers);

/** The data and the device that the place where experiments run provides: the command, a test, a page. */
export interface Given {
  /** A year of daily temperatures, in °C: the bundled one, or the user's own. */
  readonly temperatures: readonly number[];
  /** Landscapes of deep nets, which take hours to train and to measure: the bundled ones. */
  readonly landscapes: readonly DeepLandscape[];
  /** Examples to train nets on: the handwritten digits, or a data set of the user's choice. */
  readonly data: () => Promise<Dataset>;
  /** The device to train nets on. */
  readonly device: () => Promise<Device>;
}

/** Whether values agree to within a relative 1e-12, or an absolute one near 0. */
export const agree = (a: ArrayLike<number>, b: ArrayLike<number>, tolerance = 1e-12): boolean =>
  a.length === b.length && Array.from(a).every((x, i) => Math.abs(x - b[i]) <= tolerance * Math.max(1, Math.abs(b[i])));

/** Whether a is b but for a relative difference. */
export const near = (a: number, b: number, fraction: number): boolean => Math.abs(a / b - 1) < fraction;
