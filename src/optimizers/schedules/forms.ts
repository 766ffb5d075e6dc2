import type { Schedule } from "../hyper.ts";
import * as schedules from "../schedules.ts";

/** The run that a schedule is spread over. */
export interface Span {
  /** The schedule's highest rate. */
  readonly lr: number;
  /** Steps of the whole run. */
  readonly steps: number;
}

/** The kind of a setting in a text: a number, a rate, a number of steps, or positions in the run. */
export type Kind = "number" | "rate" | "steps" | "places";

export type Values = Readonly<Record<string, readonly number[]>>;

/** A schedule's own settings with their defaults, and how to make it. */
export interface Form {
  readonly settings: Readonly<Record<string, readonly [kind: Kind, usual: (span: Span) => readonly number[]]>>;
  readonly make: (span: Span, value: (name: string) => number, values: Values) => Schedule;
}

const number = (usual: number) => ["number", () => [usual]] as const;
/** A rate; by default this fraction of lr. */
const rate = (part: number) => ["rate", ({ lr }: Span) => [part * lr]] as const;
/** A number of steps; by default this fraction of the run. */
const steps = (part: number) => ["steps", ({ steps }: Span) => [Math.max(1, Math.round(part * steps))]] as const;

/** All schedules by their names in text. By default they are spread over the run. */
export const forms: Readonly<Record<string, Form>> = {
  constant: { settings: {}, make: ({ lr }) => schedules.constant({ lr }) },
  cosine: {
    settings: { end: rate(0), cycles: number(1), growth: number(1) },
    make: (span, value) =>
      schedules.cosine({ ...span, end: value("end"), cycles: value("cycles"), growth: value("growth") }),
  },
  "one-cycle": {
    settings: { rise: number(0.3), start: rate(1 / 25), end: rate(1e-4) },
    make: (span, value) =>
      schedules.oneCycle({ ...span, rise: value("rise"), start: value("start"), end: value("end") }),
  },
  linear: {
    settings: { start: rate(1), end: rate(0) },
    make: (span, value) => schedules.linear({ ...span, start: value("start"), end: value("end") }),
  },
  polynomial: {
    settings: { power: number(1), end: rate(0) },
    make: (span, value) => schedules.polynomial({ ...span, power: value("power"), end: value("end") }),
  },
  // Two falls, after a third and after two thirds of the run.
  step: {
    settings: { every: ["steps", (span) => [Math.max(1, Math.ceil(span.steps / 3))]], factor: number(0.1) },
    make: ({ lr }, value) => schedules.step({ lr, every: value("every"), factor: value("factor") }),
  },
  // Two falls, after half and after three quarters of the run.
  piecewise: {
    settings: { at: ["places", (span) => piecesOf(span.steps)], factor: number(0.1) },
    make: ({ lr }, value, { at }) => schedules.piecewise({ lr, at, factor: value("factor") }),
  },
  // Down to a hundredth by the end of the run.
  exponential: {
    settings: { decay: ["number", (span) => [0.01 ** (1 / Math.max(1, span.steps))]] },
    make: ({ lr }, value) => schedules.exponential({ lr, decay: value("decay") }),
  },
  // Down to a tenth by the end of the run.
  "1/t": {
    settings: { decay: ["number", (span) => [9 / Math.max(1, span.steps)]] },
    make: ({ lr }, value) => schedules.inverseTime({ lr, decay: value("decay") }),
  },
  "1/sqrt(t)": { settings: {}, make: ({ lr }) => schedules.inverseSquareRoot({ lr }) },
  // Five triangles. By default `down` is as long as `up`.
  cyclic: {
    settings: { low: rate(0.01), up: steps(0.1), down: ["steps", () => [0]], shrink: number(1), decay: number(1) },
    make: ({ lr }, value) => {
      const [low, up, shrink, decay] = ["low", "up", "shrink", "decay"].map(value);
      return schedules.cyclic({ lr, low, up, down: value("down") || up, shrink, decay });
    },
  },
  plateau: {
    settings: {
      ...{ factor: number(0.5), patience: number(3), min: rate(0) },
      ...{ threshold: number(1e-4), cooldown: number(0) },
    },
    make: ({ lr }, value) => {
      const [factor, patience, min, threshold, cooldown] = ["factor", "patience", "min", "threshold", "cooldown"].map(
        value,
      );
      return schedules.reduceOnPlateau({ lr, factor, patience, min, threshold, cooldown });
    },
  },
};

const piecesOf = (length: number): number[] => {
  const half = Math.max(1, Math.round(0.5 * length));
  return [half, Math.max(half + 1, Math.round(0.75 * length))];
};

/** Names of other programs: PyTorch, Keras, optax, Hugging Face's transformers. */
export const elsewhere: Readonly<Record<string, string>> = {
  onecycle: "one-cycle",
  onecyclelr: "one-cycle",
  cosineonecycleschedule: "one-cycle",
  linearonecycleschedule: "one-cycle",
  cosineannealing: "cosine",
  cosineannealinglr: "cosine",
  cosineannealingwarmrestarts: "cosine:cycles=2",
  cosinedecay: "cosine",
  cosinedecayschedule: "cosine",
  cosinedecayrestarts: "cosine:cycles=2",
  cosinewithrestarts: "cosine:cycles=2",
  sgdr: "cosine:cycles=2",
  sgdrschedule: "cosine:cycles=2",
  warmrestarts: "cosine:cycles=2",
  warmupcosinedecayschedule: "cosine:warmup=5%",
  warmup: "constant:warmup=5%",
  linearwarmup: "constant:warmup=5%",
  constantwithwarmup: "constant:warmup=5%",
  warmupconstantschedule: "constant:warmup=5%",
  steplr: "step",
  stepdecay: "step",
  multistep: "piecewise",
  multisteplr: "piecewise",
  piecewiseconstant: "piecewise",
  piecewiseconstantdecay: "piecewise",
  piecewiseconstantschedule: "piecewise",
  exponentiallr: "exponential",
  exponentialdecay: "exponential",
  exponentialdecayschedule: "exponential",
  linearlr: "linear",
  lineardecay: "linear",
  linearschedule: "linear",
  polynomiallr: "polynomial",
  polynomialdecay: "polynomial",
  polynomialschedule: "polynomial",
  poly: "polynomial",
  reduceonplateau: "plateau",
  reducelronplateau: "plateau",
  cycliclr: "cyclic",
  triangular: "cyclic",
  triangular2: "cyclic:shrink=0.5",
  exprange: "cyclic:decay=0.999",
  inversetime: "1/t",
  inversetimedecay: "1/t",
  inversesqrt: "1/sqrt(t)",
  inversesquareroot: "1/sqrt(t)",
  inverse: "1/t",
  invscaling: "1/t",
  noam: "1/sqrt(t)",
  rsqrt: "1/sqrt(t)",
  "1cycle": "one-cycle",
  exp: "exponential",
  adaptive: "plateau",
  constantlr: "constant",
  constantschedule: "constant",
  none: "constant",
  sequentiallr: "constant:steps=10% then cosine",
  joinschedules: "constant:steps=10% then cosine",
};

/** Their names of settings. Of several of ours the first that a schedule has is meant. */
export const settingsElsewhere: Readonly<Record<string, readonly string[]>> = {
  etamin: ["end", "min"],
  minlr: ["end", "min"],
  endlr: ["end"],
  finallr: ["end"],
  lrend: ["end"],
  endlearningrate: ["end"],
  alpha: ["end"],
  warmupsteps: ["warmup"],
  numwarmupsteps: ["warmup"],
  warmupiters: ["warmup"],
  tmax: ["steps"],
  totalsteps: ["steps"],
  decaysteps: ["steps"],
  totaliters: ["steps"],
  numtrainingsteps: ["steps"],
  maxiter: ["steps"],
  stepsize: ["every"],
  period: ["every"],
  gamma: ["factor", "decay"],
  decayrate: ["factor", "decay"],
  pctstart: ["rise"],
  numcycles: ["cycles"],
  tmult: ["growth"],
};
