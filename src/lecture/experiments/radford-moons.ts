import { adadelta, adagrad, adam, gradientDescent, momentum, nesterov, rmsprop } from "../../optimizers/index.ts";
import type { Surface } from "../../surfaces/index.ts";
import type { Means, Path } from "../../train/index.ts";
import type { Experiment } from "../experiment.ts";
import { moonsCost, walkOnBatches } from "../noisy-moons.ts";
import { distances, mapValues, pointsOf, raceOf, type Walks } from "../race.ts";
import { adaptive, methods, STEPS, told } from "../radford.ts";

/**
 * Logistic regression on noisy moons, after Radford's animation of 2014, of whose numbers none is known. What is: the
 * surface is the cost on all data, the walks go by mini-batches; momentum smooths their noise, runs past and comes back.
 * The rates are ours: SGD's is as large as makes it arrive in time, those with momentum have a tenth of it.
 */
const BETA = 0.95;
const entrants = methods({
  SGD: gradientDescent({ lr: 0.3 }),
  Momentum: momentum({ lr: 0.03, beta: BETA }),
  NAG: nesterov({ lr: 0.03, beta: BETA }),
  Adagrad: adagrad({ lr: 1 }),
  RMSProp: rmsprop({ lr: 0.1, rho: 0.975 }),
  Adadelta: adadelta({ lr: 50 }),
  Adam: adam({ lr: 0.2 }),
});

const BATCH = 10;
/** The numbers are means over these orders of the examples; the first is drawn. */
const SEEDS = [1, 2, 3];

/** How far beyond the minimum a walk comes, in the direction from its start to the minimum. */
function overshoot(walk: Path, minimum: readonly number[]): number {
  const [start, ...points] = pointsOf(walk);
  const way = minimum.map((x, i) => x - start[i]);
  const length = Math.hypot(...way);
  const beyond = points.map((point) => way.reduce((sum, d, i) => sum + (d / length) * (point[i] - minimum[i]), 0));
  return Math.max(0, ...beyond);
}

/**
 * How much a step resembles the one before: Σ sₜ·sₜ₊₁ / Σ sₜ² over the second half, where batches differ by chance alone.
 * Steps that sum gradients with weights βᵏ have β, steps that are gradients of independent batches have 0.
 */
export function persistence(walk: Path): number {
  const points = pointsOf(walk);
  const steps = points.slice(1).map((point, t) => point.map((x, i) => x - points[t][i]));
  const late = steps.slice(steps.length / 2);
  const product = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * b[i], 0);
  const both = late.slice(1).reduce((sum, step, t) => sum + product(step, late[t]), 0);
  return both / late.slice(0, -1).reduce((sum, step) => sum + product(step, step), 0);
}

/** All methods on the same batches. */
async function walkAll(cost: Surface, means: Means, seed: number): Promise<Walks> {
  const options = { start: cost.start, steps: STEPS, batchSize: BATCH, seed };
  const walks = Object.entries(entrants).map(
    async ([name, { optimizer }]) => [name, await walkOnBatches(cost, { ...options, optimizer }, means)] as const,
  );
  return Object.fromEntries(await Promise.all(walks));
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

export const radfordMoons: Experiment = {
  id: "radford-moons",
  title: "Radford's race on noisy moons",
  claim:
    "On mini-batches momentum smooths: each step goes on where the last one went, so it runs past the minimum and comes back; without momentum a step owes nothing to the one before.",
  run: async (given) => {
    const cost = moonsCost();
    const [{ at: minimum, value: lowest }] = cost.minima;
    const means = await given.means();
    const runs: Walks[] = [];
    for (const seed of SEEDS) runs.push(await walkAll(cost, means, seed));
    const measured = (f: (walk: Path) => number) =>
      mapValues(entrants, (_, name) => runs.map((walks) => f(walks[name])));
    const persists = measured(persistence);
    const past = measured((walk) => overshoot(walk, minimum));
    const end = measured((walk) => distances(walk, minimum)[STEPS]);
    const rolling = ["Momentum", "NAG"];
    const still = ["SGD", ...adaptive];
    const least = Math.min(...rolling.flatMap((name) => past[name]));
    const { figure, animation, trajectories } = raceOf(cost, runs[0], entrants, {
      title: `Noisy moons: ${STEPS} batches of ${BATCH}, seven optimizers`,
    });
    return {
      // In every run: nearer to β than to 0, or nearer to 0.
      holds:
        [...rolling, "Adam"].flatMap((name) => persists[name]).every((value) => value > BETA / 2) &&
        still.flatMap((name) => persists[name]).every((value) => Math.abs(value) < BETA / 2) &&
        still.flatMap((name) => past[name]).every((distance) => distance < least / 2) &&
        rolling.every((name) => Math.max(...end[name]) < least / 2),
      numbers: {
        lowestCost: lowest,
        minimumAt: minimum,
        persistenceExpectedWithMomentum: BETA,
        ...told("persistence", mapValues(persists, mean)),
        ...told("overshoot", mapValues(past, mean)),
        ...told("distanceAtEnd", mapValues(end, mean)),
      },
      figure: {
        ...figure,
        description: `Over the cost's round contours SGD and the adaptive methods come to the minimum on jagged paths and tremble about it; momentum and NAG run ${mean(past.Momentum).toFixed(1)} and ${mean(past.NAG).toFixed(1)} past it on smooth arcs and return.`,
      },
      animation,
      trajectories,
    };
  },
};
