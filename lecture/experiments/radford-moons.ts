import { pointsOf } from "../../src/train/index.ts";
import { experiment, type Trajectories } from "../experiment.ts";
import { offFormulaOn, ROUNDING } from "../formulas.ts";
import { batchGradient, moonsLoss, walkOnBatches } from "../noisy-moons.ts";
import { distances, mapValues } from "../race.ts";
import { adaptive, methods, methodTable, named, type RaceSettings, racePlot, rules, STEPS } from "../radford.ts";
import { inTurn } from "../retraining.ts";
import { mean } from "../samples.ts";
import { facts, placeWords } from "../told.ts";
import { dot } from "../vectors.ts";

/**
 * Logistic regression on noisy moons, after Radford's animation of 2014, whose settings are not known. What is known: the
 * surface is the loss on all data, the walks go by mini-batches; momentum smooths their noise, runs past and comes back.
 * The rates are ours: SGD's is as large as makes it arrive in time, those with momentum have a tenth of it.
 */
const BETA = 0.95;
const settings: RaceSettings = {
  SGD: { lr: 0.3 },
  Momentum: { lr: 0.03, beta: BETA },
  NAG: { lr: 0.03, beta: BETA },
  Adagrad: { lr: 1 },
  RMSProp: { lr: 0.1, rho: 0.975 },
  Adadelta: { lr: 50 },
  Adam: { lr: 0.2 },
};
/** All values are means over these orders of the examples; the first is drawn. */
const SEEDS = [1, 2, 3];

type Points = Trajectories[string];

const subjects = { ...rules, seeds: SEEDS };

const BATCH = 10;
/** The largest distance of a walk beyond the minimum, in the direction from its start to the minimum. */
function overshoot(walk: Points, minimum: readonly number[]): number {
  const [start, ...points] = walk;
  const way = minimum.map((x, i) => x - start[i]);
  const length = Math.hypot(...way);
  const beyond = points.map((point) => way.reduce((sum, d, i) => sum + (d / length) * (point[i] - minimum[i]), 0));
  return Math.max(0, ...beyond);
}

/**
 * How much a step resembles the one before: Σ sₜ·sₜ₊₁ / Σ sₜ² over the second half, where batches differ by chance alone.
 * Steps that sum gradients with weights βᵏ have β, steps that are gradients of independent batches have 0.
 */
export function persistence(points: Points): number {
  const steps = points.slice(1).map((point, t) => point.map((x, i) => x - points[t][i]));
  const late = steps.slice(steps.length / 2);
  const both = late.slice(1).reduce((sum, step, t) => sum + dot(step, late[t]), 0);
  return both / late.slice(0, -1).reduce((sum, step) => sum + dot(step, step), 0);
}

const ROLLING = ["Momentum", "NAG"];
const STILL = ["SGD", ...adaptive];

export const radfordMoons = experiment({
  id: "radford-moons",
  title: "Alec Radford's animation: noisy moons",
  claim:
    "On mini-batches, momentum smooths the path: each step carries on in the direction of the last, so it runs past the minimum and comes back; without momentum, a step does not depend on the one before.",
  subjects,
  async measure(given, { seeds, ...rules }) {
    const entrants = methods(rules, settings);
    const loss = moonsLoss();
    const [{ at: minimum, value: lowest }] = loss.minima;
    const device = await given.device();
    // All methods on the same batches, once for each order of the examples.
    const runs = await inTurn(seeds, async (seed) => {
      const options = { start: loss.start, steps: STEPS, batchSize: BATCH, seed };
      const walks = Object.entries(entrants).map(
        async ([name, { optimizer }]) => [name, await walkOnBatches(loss, { ...options, optimizer }, device)] as const,
      );
      return Object.fromEntries(await Promise.all(walks));
    });
    const measured = (f: (points: Points) => number) =>
      mapValues(entrants, (_, name) => runs.map((walks) => f(pointsOf(walks[name]))));
    const byMethod = {
      persists: measured(persistence),
      past: measured((points) => overshoot(points, minimum)),
      end: measured((points) => distances(points, minimum)[STEPS]),
    };
    const off = mapValues(entrants, ({ formula, ahead }, name) =>
      Math.max(
        ...runs.map((walks, i) =>
          offFormulaOn(walks[name], formula, batchGradient({ batchSize: BATCH, seed: seeds[i], ahead })),
        ),
      ),
    );
    const numbers = {
      lowestLoss: lowest,
      minimumAt: minimum,
      persistenceExpectedWithMomentum: BETA,
      ...named("persistence", mapValues(byMethod.persists, mean)),
      ...named("overshoot", mapValues(byMethod.past, mean)),
      ...named("distanceAtEnd", mapValues(byMethod.end, mean)),
      ...named("differenceFromFormula", off),
    };
    return { numbers, trajectories: mapValues(runs[0], pointsOf), byMethod, off, lowest, minimum };
  },
  // In every run: nearer to β than to 0, or nearer to 0.
  holds({ byMethod: { persists, past, end }, off }) {
    const least = Math.min(...ROLLING.flatMap((name) => past[name]));
    return (
      Object.values(off).every((difference) => difference < ROUNDING) &&
      [...ROLLING, "Adam"].flatMap((name) => persists[name]).every((value) => value > BETA / 2) &&
      STILL.flatMap((name) => persists[name]).every((value) => Math.abs(value) < BETA / 2) &&
      STILL.flatMap((name) => past[name]).every((distance) => distance < least / 2) &&
      ROLLING.every((name) => Math.max(...end[name]) < least / 2)
    );
  },
  told: ({ byMethod: { persists, past, end }, off, lowest, minimum }) => [
    facts({
      "lowest loss": lowest,
      "where the loss is lowest, (w₁, w₂)": placeWords(minimum),
      "correlation of successive steps with momentum, in theory": BETA,
    }),
    methodTable(`By optimizer: means over ${past.SGD.length} orders of the examples`, {
      "correlation of successive steps": mapValues(persists, mean),
      "farthest past the minimum": mapValues(past, mean),
      "distance from the minimum at the end": mapValues(end, mean),
      "difference from the formula": off,
    }),
  ],
  plot: ({ trajectories, byMethod: { past } }) =>
    racePlot(moonsLoss(), trajectories, {
      title: `Noisy moons: ${STEPS} batches of ${BATCH}, seven optimizers`,
      description: `Over the round contours of the loss, SGD and the adaptive methods reach the minimum on jagged paths and jitter around it; momentum and NAG run ${mean(past.Momentum).toFixed(1)} and ${mean(past.NAG).toFixed(1)} past it on smooth arcs and return.`,
    }),
});
