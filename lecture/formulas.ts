import type { Optimizer } from "../src/optimizers/index.ts";
import type { Surface } from "../src/surfaces/index.ts";
import { objectiveOf, type Path, pointsOf } from "../src/train/index.ts";
import { stepsAlong } from "./moments.ts";

type Series = readonly number[];

/**
 * A method's step from all gradients that it has seen, the last one's included, and from its steps before; against the
 * gradient counts as positive. Rules are recurrences; these are the sums that they stand for.
 */
export type Formula = (gradients: Series, steps: Series) => number;

/** Σ βᵏ·xₜ₋ₖ over all k from 0. */
const discounted = (beta: number, x: Series): number =>
  x.reduce((total, value, i) => total + beta ** (x.length - 1 - i) * value, 0);
/** The exponentially weighted average from 0: (1 − β)·Σ βᵏ·xₜ₋ₖ. */
const average = (beta: number, x: Series): number => (1 - beta) * discounted(beta, x);
const squares = (x: Series): number[] => x.map((value) => value * value);
const last = (x: Series): number => x[x.length - 1];

interface Rate {
  readonly lr: number;
}

export const descentFormula =
  ({ lr }: Rate): Formula =>
  (g) =>
    lr * last(g);

/** Of Nesterov's form, too, with gradients from the points that it looks ahead to. */
export const momentumFormula =
  ({ lr, beta }: Rate & { readonly beta: number }): Formula =>
  (g) =>
    lr * discounted(beta, g);

export const adagradFormula =
  ({ lr, eps = 1e-10 }: Rate & { readonly eps?: number }): Formula =>
  (g) =>
    (lr * last(g)) / (Math.sqrt(discounted(1, squares(g))) + eps);

export const rmspropFormula =
  ({ lr, rho = 0.9, eps = 1e-8 }: Rate & { readonly rho?: number; readonly eps?: number }): Formula =>
  (g) =>
    (lr * last(g)) / (Math.sqrt(average(rho, squares(g))) + eps);

/** Both roots are of averages from 0: of squared steps at rate 1, up to the step before, and of squared gradients. */
export const adadeltaFormula =
  ({
    lr = 1,
    rho = 0.95,
    eps = 1e-6,
  }: {
    readonly lr?: number;
    readonly rho?: number;
    readonly eps?: number;
  }): Formula =>
  (g, steps) =>
    (lr * last(g) * Math.sqrt(average(rho, squares(steps.map((step) => step / lr))) + eps)) /
    Math.sqrt(average(rho, squares(g)) + eps);

interface Moments extends Rate {
  readonly beta1?: number;
  readonly beta2?: number;
  readonly eps?: number;
}

export const adamFormula =
  ({ lr, beta1 = 0.9, beta2 = 0.999, eps = 1e-8 }: Moments): Formula =>
  (g) => {
    const [m, v] = [average(beta1, g) / (1 - beta1 ** g.length), average(beta2, squares(g)) / (1 - beta2 ** g.length)];
    return (lr * m) / (Math.sqrt(v) + eps);
  };

export const adamUncorrectedFormula =
  ({ lr, beta1 = 0.9, beta2 = 0.999, eps = 1e-8 }: Moments): Formula =>
  (g) =>
    (lr * average(beta1, g)) / (Math.sqrt(average(beta2, squares(g))) + eps);

/** The largest difference between steps and their formula that rounding may cause, relative to the longest step. */
export const ROUNDING = 1e-9;

/** Steps in one coordinate, and the gradients at which they were taken. */
export interface Taken {
  readonly steps: Series;
  readonly gradients: Series;
}

/** The largest difference between steps and what the formula says of them, over the longest step. */
export function offFormula(coordinates: readonly Taken[], formula: Formula): number {
  const off = coordinates.map(({ steps, gradients }) =>
    largest(steps.map((step, t) => step - formula(gradients.slice(0, t + 1), steps.slice(0, t)))),
  );
  return largest(off) / largest(coordinates.map(({ steps }) => largest(steps)));
}

/** The largest absolute value; NaN where there is one. */
const largest = (x: Series): number => Math.max(...x.map(Math.abs));

/** The same for the steps that an optimizer takes at these gradients, in one dimension. */
export const offFormulaAlong = (optimizer: Optimizer, formula: Formula, gradients: Series): number =>
  offFormula([{ steps: stepsAlong(optimizer, gradients), gradients }], formula);

/** The gradient of a walk's next step, from its points up to where it stands. */
export type GradientAt = (points: readonly Series[]) => Series;

/** The same for a walk, in all of its coordinates. */
export function offFormulaOn(walk: Path, formula: Formula, gradientAt: GradientAt): number {
  const points = pointsOf(walk);
  const gradients = points.slice(1).map((_, t) => gradientAt(points.slice(0, t + 1)));
  const coordinates = points[0].map((_, i) => ({
    steps: points.slice(1).map((point, t) => points[t][i] - point[i]),
    gradients: gradients.map((g) => g[i]),
  }));
  return offFormula(coordinates, formula);
}

/** A surface's gradient where a walk stands or, with a β, where β times its last step would lead it: there Nesterov's is taken. */
export function gradientOf(surface: Surface, ahead = 0): GradientAt {
  const objective = objectiveOf(surface);
  return (points) => {
    const now = points[points.length - 1];
    const before = points[points.length - 2] ?? now;
    const g = new Float64Array(now.length);
    objective.gradient(
      Float64Array.from(now, (x, i) => x + ahead * (x - before[i])),
      g,
    );
    return [...g];
  };
}
