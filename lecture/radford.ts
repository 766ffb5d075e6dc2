import {
  adadelta,
  adagrad,
  adam,
  gradientDescent,
  momentum,
  nesterov,
  type Optimizer,
  rmsprop,
} from "../src/optimizers/index.ts";
import type { Surface } from "../src/surfaces/index.ts";
import { minimize, pointsOf } from "../src/train/index.ts";
import type { Numbers, Trajectories } from "./experiment.ts";
import {
  adadeltaFormula,
  adagradFormula,
  adamFormula,
  descentFormula,
  type Formula,
  gradientOf,
  momentumFormula,
  offFormulaOn,
  rmspropFormula,
} from "./formulas.ts";
import { drawRace, type RacePicture, type Style } from "./plots/race.ts";
import { type Entrant, mapValues } from "./race.ts";
import { type NumberTable, numberTable } from "./told.ts";

/**
 * The looks of the six methods in Alec Radford's animations of 2014, and of Adam, which came after them. The colours are
 * his, in shades that stand out from white and from black paper; RMSProp's black is the ink. Dashes and shapes are ours,
 * for eyes that see fewer colours.
 */
const looks = {
  SGD: { color: "#e02020", dash: "solid", shape: "circle" },
  Momentum: { color: "#1a9a1a", dash: "dashed", shape: "square" },
  NAG: { color: "#d433d4", dash: "dash-dot", shape: "triangle" },
  Adagrad: { color: "#2a6fdb", dash: "long-dash", shape: "diamond" },
  RMSProp: { color: "ink", dash: "solid", shape: "times" },
  Adadelta: { color: "#a88c00", dash: "dotted", shape: "plus" },
  Adam: { color: "#0f9aa8", dash: "dashed", shape: "triangle-down" },
} as const satisfies Record<string, Style>;

/** Those that divide by a root mean square of past gradients, without momentum. */
export const adaptive = ["Adagrad", "RMSProp", "Adadelta"] as const;

/** Steps in each animation, one a frame. */
export const STEPS = 200;

/** The rules that race, by the names in the animations. */
export const rules = {
  SGD: gradientDescent,
  Momentum: momentum,
  NAG: nesterov,
  Adagrad: adagrad,
  RMSProp: rmsprop,
  Adadelta: adadelta,
  Adam: adam,
};

type Rules = typeof rules;

interface Rate {
  readonly lr: number;
}

/** The hyper-parameters of each; those not given are as in its paper. */
export interface RaceSettings {
  readonly SGD: Rate;
  readonly Momentum: Rate & { readonly beta: number };
  readonly NAG: Rate & { readonly beta: number };
  readonly Adagrad: Rate;
  readonly RMSProp: Rate & { readonly rho: number };
  readonly Adadelta: Rate & { readonly rho?: number };
  readonly Adam: Rate;
}

/** A method in its looks, with the sum that its step stands for. */
interface Method extends Entrant {
  readonly optimizer: Optimizer;
  readonly formula: Formula;
  /** Its gradients are taken where this fraction of its last step would lead again. */
  readonly ahead: number;
}

/** The seven methods, each in its looks, in the order in which they are drawn: Adadelta's dots over RMSProp's line. */
export function methods(rules: Rules, settings: RaceSettings): Readonly<Record<string, Method>> {
  const { SGD, Momentum, NAG, Adagrad, RMSProp, Adadelta, Adam } = settings;
  return {
    SGD: { ...looks.SGD, optimizer: rules.SGD(SGD), formula: descentFormula(SGD), ahead: 0 },
    Momentum: { ...looks.Momentum, optimizer: rules.Momentum(Momentum), formula: momentumFormula(Momentum), ahead: 0 },
    NAG: { ...looks.NAG, optimizer: rules.NAG(NAG), formula: momentumFormula(NAG), ahead: NAG.beta },
    Adagrad: { ...looks.Adagrad, optimizer: rules.Adagrad(Adagrad), formula: adagradFormula(Adagrad), ahead: 0 },
    RMSProp: { ...looks.RMSProp, optimizer: rules.RMSProp(RMSProp), formula: rmspropFormula(RMSProp), ahead: 0 },
    Adadelta: { ...looks.Adadelta, optimizer: rules.Adadelta(Adadelta), formula: adadeltaFormula(Adadelta), ahead: 0 },
    Adam: { ...looks.Adam, optimizer: rules.Adam(Adam), formula: adamFormula(Adam), ahead: 0 },
  };
}

/** A value for each method. */
export type ByMethod = Readonly<Record<string, number>>;

/** All methods' walks on a surface, and how far each is from its formula. */
export function walksOn(surface: Surface, rules: Rules, settings: RaceSettings, start = surface.start) {
  const entrants = methods(rules, settings);
  const walks = mapValues(entrants, ({ optimizer }) => minimize(surface, { optimizer, start, steps: STEPS }));
  const off = mapValues(entrants, ({ formula, ahead }, name) =>
    offFormulaOn(walks[name], formula, gradientOf(surface, ahead)),
  );
  return { trajectories: mapValues(walks, pointsOf), off };
}

/** The race as a figure and an animation. */
export const racePlot = (
  surface: Surface,
  trajectories: Trajectories,
  options: Required<Pick<RacePicture, "title" | "description">> & Pick<RacePicture, "window">,
) =>
  drawRace(
    surface,
    mapValues(trajectories, (points) => ({ points })),
    looks,
    options,
  );

/** One number for each method, under a common name: `stepsToLeave` and `SGD` give `stepsToLeaveSGD`. */
export const named = (name: string, values: ByMethod): Numbers =>
  Object.fromEntries(
    Object.entries(values).map(([method, value]) => [`${name}${method}`, Number.isFinite(value) ? value : "never"]),
  );

/** A row for each method; "–" where a quantity is not known of it. */
export const methodTable = (title: string, columns: Readonly<Record<string, ByMethod>>): NumberTable =>
  numberTable(title, {
    optimizer: Object.keys(looks),
    ...mapValues(columns, (values) =>
      Object.keys(looks).map((method) => {
        const value = values[method] ?? "–";
        return value === Number.POSITIVE_INFINITY ? "never" : value;
      }),
    ),
  });
