import type { Device } from "../../src/index.ts";
import type { Surface } from "../../src/surfaces/index.ts";
import { type Path, pointsOf } from "../../src/train/index.ts";
import { about } from "../experiment.ts";
import { offFormulaOn, ROUNDING } from "../formulas.ts";
import { batchSlope, moonsCost, walkOnBatches } from "../noisy-moons.ts";
import { distances, mapValues, raceOf, type Walks } from "../race.ts";
import { adaptive, methods, methodTable, named, type RaceSettings, rules, STEPS } from "../radford.ts";
import { mean } from "../samples.ts";
import { facts, placeWords } from "../told.ts";
import { dot } from "../vectors.ts";

/**
 * Logistic regression on noisy moons, after Radford's animation of 2014, of whose numbers none is known. What is: the
 * surface is the cost on all data, the walks go by mini-batches; momentum smooths their noise, runs past and comes back.
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
/** The numbers are means over these orders of the examples; the first is drawn. */
const SEEDS = [1, 2, 3];

type Entrants = ReturnType<typeof methods>;

const subjects = { ...rules, seeds: SEEDS };

const BATCH = 10;
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
  const both = late.slice(1).reduce((sum, step, t) => sum + dot(step, late[t]), 0);
  return both / late.slice(0, -1).reduce((sum, step) => sum + dot(step, step), 0);
}

/** All methods on the same batches. */
async function walkAll(cost: Surface, entrants: Entrants, device: Device, seed: number): Promise<Walks> {
  const options = { start: cost.start, steps: STEPS, batchSize: BATCH, seed };
  const walks = Object.entries(entrants).map(
    async ([name, { optimizer }]) => [name, await walkOnBatches(cost, { ...options, optimizer }, device)] as const,
  );
  return Object.fromEntries(await Promise.all(walks));
}

export const radfordMoons = about(subjects, {
  id: "radford-moons",
  title: "Radford's race on noisy moons",
  claim:
    "On mini-batches momentum smooths the path: each step carries on in the direction of the last, so it runs past the minimum and comes back; without momentum a step owes nothing to the one before.",
  run: async (given, { seeds, ...rules }) => {
    const entrants = methods(rules, settings);
    const cost = moonsCost();
    const [{ at: minimum, value: lowest }] = cost.minima;
    const device = await given.device();
    const runs: Walks[] = [];
    for (const seed of seeds) runs.push(await walkAll(cost, entrants, device, seed));
    const measured = (f: (walk: Path) => number) =>
      mapValues(entrants, (_, name) => runs.map((walks) => f(walks[name])));
    const persists = measured(persistence);
    const past = measured((walk) => overshoot(walk, minimum));
    const end = measured((walk) => distances(walk, minimum)[STEPS]);
    const off = mapValues(entrants, ({ formula, ahead }, name) =>
      Math.max(
        ...runs.map((walks, i) =>
          offFormulaOn(walks[name], formula, batchSlope({ batchSize: BATCH, seed: seeds[i], ahead })),
        ),
      ),
    );
    const rolling = ["Momentum", "NAG"];
    const still = ["SGD", ...adaptive];
    const least = Math.min(...rolling.flatMap((name) => past[name]));
    const { figure, animation, trajectories } = raceOf(cost, runs[0], entrants, {
      title: `Noisy moons: ${STEPS} batches of ${BATCH}, seven optimizers`,
    });
    return {
      // In every run: nearer to β than to 0, or nearer to 0.
      holds:
        Object.values(off).every((difference) => difference < ROUNDING) &&
        [...rolling, "Adam"].flatMap((name) => persists[name]).every((value) => value > BETA / 2) &&
        still.flatMap((name) => persists[name]).every((value) => Math.abs(value) < BETA / 2) &&
        still.flatMap((name) => past[name]).every((distance) => distance < least / 2) &&
        rolling.every((name) => Math.max(...end[name]) < least / 2),
      numbers: {
        lowestCost: lowest,
        minimumAt: minimum,
        persistenceExpectedWithMomentum: BETA,
        ...named("persistence", mapValues(persists, mean)),
        ...named("overshoot", mapValues(past, mean)),
        ...named("distanceAtEnd", mapValues(end, mean)),
        ...named("differenceFromFormula", off),
      },
      told: [
        facts({
          "lowest cost": lowest,
          "its place, (w₁, w₂)": placeWords(minimum),
          "how much a step with momentum resembles the last one, by theory": BETA,
        }),
        methodTable(`By optimizer: means over ${runs.length} orders of the examples`, {
          "how much a step resembles the last one": mapValues(persists, mean),
          "farthest past the minimum": mapValues(past, mean),
          "distance from it at the end": mapValues(end, mean),
          "difference from the formula": off,
        }),
      ],
      figure: {
        ...figure,
        description: `Over the cost's round contours SGD and the adaptive methods come to the minimum on jagged paths and tremble about it; momentum and NAG run ${mean(past.Momentum).toFixed(1)} and ${mean(past.NAG).toFixed(1)} past it on smooth arcs and return.`,
      },
      animation,
      trajectories,
    };
  },
});
