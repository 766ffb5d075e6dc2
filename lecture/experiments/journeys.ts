import { band, contour, type Figure, figure, line, type Mark, marker, panel, way } from "../../src/figure/index.ts";
import { type Device, Random, type Vector } from "../../src/index.ts";
import {
  lossOnPlane,
  type PlaneAxes,
  type PlanePath,
  pathsOn,
  projector,
  type Trajectory,
  trajectoryPlane,
} from "../../src/landscape/index.ts";
import { type Model, modelFor, parameterCount } from "../../src/nn/index.ts";
import { adam, gradientDescent, momentum, type Optimizer } from "../../src/optimizers/index.ts";
import type { NetObjective } from "../../src/solvers/index.ts";
import { Engine, Training, type TrainOptions } from "../../src/train/index.ts";
import { withObjective } from "../curvature.ts";
import { trainingSet } from "../examples.ts";
import { agree, experiment } from "../experiment.ts";
import { inTurn } from "../retraining.ts";
import { facts, numberTable } from "../told.ts";
import { squaredDistance } from "../vectors.ts";

const HIDDEN = 32;
const optimizers: Readonly<Record<string, Optimizer>> = {
  "gradient descent": gradientDescent({ lr: 0.1 }),
  momentum: momentum({ lr: 0.05 }),
  Adam: adam({ lr: 0.01 }),
};

/** How many random planes the ways are seen in. */
const RANDOM_PLANES = 5;
/** What a random plane of n dimensions is expected to show of any way is 2 / n; ten times as much is far from it. */
const HARDLY = 10;
/** Li et al.: two components carry 40 to 90 % of the ways that they looked at. */
const MOST_OF = 0.4;
/** Somewhere on the ways the plane's loss is off by a tenth of the true one. */
const OFF = 0.1;

const subjects = { trajectoryPlane, pathsOn, optimizers, epochs: 12, every: 8, columns: 41 };

/** Li, Xu, Taylor, Studer & Goldstein 2018, Visualizing the loss landscape of neural nets, section 7. */
export const journeys = experiment({
  id: "journeys",
  title: "The ways of optimizers, and what a plane shows of them",
  claim:
    "Of the ways that optimizers take from one start a random plane shows next to nothing; the plane of their principal components " +
    "shows most, and yet its loss is not that of the points beside it.",
  subjects,
  async measure(given, subjects) {
    const { data, examples, device } = await trainingSet(given, { least: 2 });
    const { optimizers, epochs, every, columns } = subjects;
    const model = modelFor(`mlp:${HIDDEN}:tanh`, data);
    const run = { model, data: { ...data, train: examples }, epochs, trajectory: { every } };
    const ways = await inTurn(Object.entries(optimizers), ([name, optimizer]) =>
      wayOf(name, { ...run, optimizer }, device),
    );
    return withObjective({ model, examples, device }, async (objective) => {
      const plane = subjects.trajectoryPlane(ways);
      const meter = { measure: async (w: Float64Array) => ({ loss: await objective.value(w) }) };
      const paths = await subjects.pathsOn(plane, ways, meter);
      const again = await lossesAgain(objective, plane, ways);
      const points = ways.flatMap(({ points }) => points.map(({ w }) => w));
      const { off, path, point } = farthest(paths);
      return {
        numbers: {
          parameters: parameterCount(model),
          points: points.length,
          explained: plane.directions.map(({ facts }) => facts.explained ?? 0),
          shown: shareIn(plane, points),
          shownByRandomPlanes: randomPlanes(model, plane.origin).map((random) => shareIn(random, points)),
          lastLosses: paths.map(({ loss }) => loss.at(-1) ?? Number.NaN),
          largestDistances: paths.map(({ distance }) => Math.max(...distance)),
          mostOff: off,
          trueLossThere: paths[path].loss[point] ?? Number.NaN,
          planesLossThere: paths[path].onPlane[point] ?? Number.NaN,
        },
        paths,
        again,
        ground: await lossOnPlane(objective, orthonormal(plane), { ...windowAround(paths), columns }),
      };
    });
  },
  holds({ numbers, paths, again }) {
    const { explained, shown, shownByRandomPlanes, parameters, mostOff } = numbers;
    const both = explained.reduce((sum, share) => sum + share);
    const of = (which: "loss" | "onPlane"): number[] =>
      paths.flatMap((path) => path[which].map((loss) => loss ?? Number.NaN));
    return (
      shownByRandomPlanes.every((share) => share < (HARDLY * 2) / parameters) &&
      shown > MOST_OF &&
      shown < 1 &&
      // What the components are said to explain is what the distances leave.
      agree([both], [shown], 1e-9) &&
      mostOff > OFF &&
      agree(of("loss"), again.loss, 1e-9) &&
      agree(of("onPlane"), again.onPlane, 1e-9)
    );
  },
  told({ numbers, paths }) {
    const { lastLosses, largestDistances, shownByRandomPlanes: random } = numbers;
    return [
      facts({
        parameters: numbers.parameters,
        points: numbers.points,
        "the first principal component explains": numbers.explained[0],
        "the second": numbers.explained[1],
        "both together": numbers.shown,
        "a random plane, at most": Math.max(...random),
        "expected of a random plane, 2 / n": 2 / numbers.parameters,
        "where the plane is most off: the true loss": numbers.trueLossThere,
        "and the plane's": numbers.planesLossThere,
      }),
      numberTable("The ways", {
        optimizer: paths.map(({ name }) => name),
        "last loss": lastLosses,
        "farthest from the plane": largestDistances,
      }),
    ];
  },
  plot: ({ numbers, paths, ground }) => drawing(numbers.shown, paths, ground),
});

/** Trains a net, and gives the way that it took. */
async function wayOf(
  name: string,
  run: Pick<TrainOptions, "model" | "data" | "optimizer" | "epochs" | "trajectory">,
  device: Device,
): Promise<Trajectory> {
  const points: Trajectory["points"][number][] = [];
  const plan = { batchSize: 64, dtype: "f64", seed: 1 } as const;
  const training = new Training({ ...run, ...plan, onPoint: (point) => points.push(point) }, new Engine(device));
  for await (const _ of training);
  return { name, points };
}

/** The share of Σ‖w − origin‖² that lies in a plane. */
function shareIn(plane: PlaneAxes, points: readonly Vector[]): number {
  const project = projector(plane);
  const [whole, left] = [
    points.reduce((sum, w) => sum + squaredDistance(w, plane.origin), 0),
    points.reduce((sum, w) => sum + project(w).distance ** 2, 0),
  ];
  return 1 - left / whole;
}

function randomPlanes(model: Model, origin: Vector): PlaneAxes[] {
  const random = new Random(1, "planes");
  const axis = () => ({ vector: Float64Array.from({ length: parameterCount(model) }, () => random.normal()) });
  return Array.from({ length: RANDOM_PLANES }, () => ({ origin, directions: [axis(), axis()] as const }));
}

/** The true losses, and those at the projections, once more: the projections from inner products with the axes. */
async function lossesAgain(objective: NetObjective, plane: PlaneAxes, ways: readonly Trajectory[]) {
  const { origin, directions } = plane;
  const points = ways.flatMap(({ points }) => points.map(({ w }) => Float64Array.from(w)));
  const projected = points.map((w) => {
    const at = Float64Array.from(origin);
    for (const { vector } of directions) {
      const along = vector.reduce((sum, d, i) => sum + d * (w[i] - origin[i]), 0);
      for (let i = 0; i < at.length; i++) at[i] += along * vector[i];
    }
    return at;
  });
  const lossAt = async (w: Float64Array): Promise<number> => objective.value(w);
  return { loss: await inTurn(points, lossAt), onPlane: await inTurn(projected, lossAt) };
}

/** Where the plane's loss differs most from the true one, as a part of that. */
function farthest(paths: readonly PlanePath[]) {
  const all = paths.flatMap(({ loss, onPlane }, path) =>
    loss.map((value, point) => ({ off: Math.abs((onPlane[point] ?? 0) / (value ?? 0) - 1), path, point })),
  );
  return all.reduce((most, each) => (each.off > most.off ? each : most));
}

const orthonormal = ({ origin, directions: [x, y] }: ReturnType<typeof trajectoryPlane>) => ({
  origin,
  along: x.vector,
  across: y.vector,
});

/** A window around the ways, with a fifth of their extent as a margin. */
function windowAround(paths: readonly PlanePath[]) {
  const window = (values: readonly number[]): [number, number] => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return [low - 0.2 * (high - low), high + 0.2 * (high - low)];
  };
  return { x: window(paths.flatMap(({ x }) => x)), y: window(paths.flatMap(({ y }) => y)) };
}

type Ground = Awaited<ReturnType<typeof lossOnPlane>>;

function drawing(shown: number, paths: readonly PlanePath[], { x, y, values }: Ground): Figure {
  const losses = [...values, ...paths.flatMap(({ loss }) => loss.map((value) => value ?? Number.NaN))];
  const [low, high] = [Math.min(...losses), Math.max(...losses)];
  const levels = Array.from({ length: 13 }, (_, k) => low * (high / low) ** ((k + 0.5) / 13));
  return figure({
    title: "The ways of optimizers from one start",
    description: `The plane of the principal components of all ways shows ${(100 * shown).toFixed(0)} % of them; the darker, the lower the loss. The ground has the colours of the plane's loss, the ways within those of their own. The gap to the plane: the loss at the points, bold, the plane's at their projections, thin.`,
    columns: 2,
    height: 500,
    panels: [
      panel({
        title: "The ways in their plane",
        note: "Within a way is the colour of its true loss.",
        x: { label: "1st principal component" },
        y: { label: "2nd principal component" },
        aspect: 1,
        marks: [
          contour({ grid: { x, y, values }, levels, z: { label: "loss", scale: "log", domain: [low, high] } }),
          ...paths.map(({ name, x, y, loss }) => way({ x, y, z: loss, label: name })),
          endsOf("start", paths, 0),
          endsOf("end", paths, -1),
        ],
      }),
      panel({
        title: "The gap to the plane",
        x: { label: "step", whole: true },
        y: { label: "loss", scale: "log" },
        marks: paths.flatMap(gapMarks),
      }),
    ],
  });
}

/** Where ways start, or end. */
const endsOf = (label: "start" | "end", paths: readonly PlanePath[], k: 0 | -1): Mark =>
  marker({
    points: paths.map(({ x, y }) => [x.at(k) ?? null, y.at(k) ?? null] as const),
    ...{ label, color: "ink", shape: "circle", size: 9, open: label === "start" },
  });

const gapMarks = ({ name, steps, loss, onPlane }: PlanePath): Mark[] => {
  const [own, shown] = [loss, onPlane].map((values) => values.map((value) => value ?? Number.NaN));
  return [
    band({
      x: steps,
      lo: own.map((value, i) => Math.min(value, shown[i])),
      hi: own.map((value, i) => Math.max(value, shown[i])),
      label: name,
    }),
    line({ x: steps, y: own, label: name, dash: "solid", weight: "bold" }),
    line({ x: steps, y: shown, label: name, dash: "solid", weight: "thin" }),
  ];
};
