import { adamEdge } from "../../lecture/experiments/adam-edge.ts";
import { certainNets } from "../../lecture/experiments/certain-nets.ts";
import { deepLandscapes } from "../../lecture/experiments/deep-landscapes.ts";
import { edgeOfStability } from "../../lecture/experiments/edge-of-stability.ts";
import { journeys } from "../../lecture/experiments/journeys.ts";
import { modeConnectivity } from "../../lecture/experiments/mode-connectivity.ts";
import { crossEntropyTask, squaredErrorTask } from "../../lecture/full-batch.ts";
import { loadDataset } from "../../src/data/node/index.ts";
import {
  connect,
  lossAlongLine,
  measuresOf,
  pathsOn,
  scaledTo,
  sharpness,
  trajectoryPlane,
} from "../../src/landscape/index.ts";
import { Random } from "../../src/random/index.ts";
import { digits, type Mutants, mutantsOf } from "./mutants.ts";
import { faults, inPlaceOf } from "./mutants-of-rules.ts";

const few = { ...digits, data: () => loadDataset("digits", { limit: 300 }) };

/** λmax times a factor. */
const sharper =
  (factor: number): typeof sharpness =>
  async (...args) => {
    const found = await sharpness(...args);
    return { ...found, value: factor * found.value };
  };

/** Experiments on the landscapes of nets. */
export const mutantsOfLandscapes: readonly Mutants[] = [
  mutantsOf(
    modeConnectivity,
    {
      "a curve that is hardly trained": { curveEpochs: 1 },
      "a chain in the place of a curve": { connect: (options) => connect({ ...options, shape: "chain" }) },
      "the line in the place of the curve": {
        connect: async (options) => {
          const found = await connect(options);
          return { ...found, curve: found.line };
        },
      },
      "another bend than the curve's": {
        connect: async (options) => {
          const found = await connect(options);
          return { ...found, bend: found.bend.map((x) => 1.01 * x) };
        },
      },
      "a line without a barrier": {
        lossAlongLine: async (...args) => {
          const { positions, losses } = await lossAlongLine(...args);
          const [first, last] = [losses[0], losses[losses.length - 1]];
          return { positions, losses: positions.map((t) => (1 - t) * first + t * last) };
        },
      },
    },
    { seeds: [1, 2], columns: 5 },
  ),
  mutantsOf(deepLandscapes, {
    "the net with skips twice": { nets: ["resnet-56", "resnet-56"] },
    "the nets exchanged": { nets: ["resnet-56-noshort", "resnet-56"] },
    "a basin below another loss": { level: 1 },
    "the loss at the centre in the place of that around it": {
      measuresOf: (slice, options) => ({ ...measuresOf(slice, options), lossAtRadius: slice.centre.loss }),
    },
  }),
  mutantsOf(
    edgeOfStability,
    {
      ...inPlaceOf("rule", faults.descent),
      "eigenvalues off by 1 %": { sharpness: sharper(1.01) },
      "eigenvalues off by −1 %": { sharpness: sharper(0.99) },
      "an edge of 1/lr": { edgeOf: (lr) => 1 / lr },
      "an edge of 2.2/lr": { edgeOf: (lr) => 2.2 / lr },
    },
    { seeds: [1], steps: 1000 },
  ),
  mutantsOf(
    certainNets,
    {
      "a rate of 1.01·lr": { rule: faults.descent["a rate of 1.01·lr"] },
      "eigenvalues off by 1 %": { sharpness: sharper(1.01) },
      "squared error in the place of cross-entropy": { crossEntropyTask: squaredErrorTask },
      "cross-entropy in the place of squared error": { squaredErrorTask: crossEntropyTask },
    },
    { seeds: [1], steps: 1000 },
  ),
  mutantsOf(
    adamEdge,
    {
      ...inPlaceOf("adam", {
        "t + 1 in the correction": faults.adam["t + 1 in the correction"],
        "a rate of 1.01·lr": faults.adam["a rate of 1.01·lr"],
      }),
      "eigenvalues off by 1 %": { sharpness: sharper(1.01) },
      "the Hessian itself": {
        sharpness: (objective, w, { preconditioner: _, ...rest } = {}) => sharpness(objective, w, rest),
      },
      "the edge of gradient descent": { edgeOf: (lr) => 2 / lr },
      "the edge without (1 − β₁)": { edgeOf: (lr, beta1) => (2 + 2 * beta1) / lr },
    },
    { seeds: [1], steps: 800 },
    few,
  ),
  mutantsOf(
    journeys,
    {
      "a plane of random directions": {
        trajectoryPlane: (...args) => {
          const plane = trajectoryPlane(...args);
          const random = new Random(9, "axes");
          const [x, y] = plane.directions.map(({ facts, vector }) => {
            const drawn = vector.map(() => random.normal());
            return { facts, vector: scaledTo(drawn, 1) };
          });
          return { ...plane, directions: [x, y] };
        },
      },
      "shares that are a hundredth too large": {
        trajectoryPlane: (...args) => {
          const plane = trajectoryPlane(...args);
          const [x, y] = plane.directions.map(({ facts, vector }) => ({
            facts: { ...facts, explained: 1.01 * (facts.explained ?? 0) },
            vector,
          }));
          return { ...plane, directions: [x, y] };
        },
      },
      "the plane's loss in the place of the true one": {
        pathsOn: async (...args) => (await pathsOn(...args)).map((path) => ({ ...path, loss: path.onPlane })),
      },
      "the true loss in the place of the plane's": {
        pathsOn: async (...args) => (await pathsOn(...args)).map((path) => ({ ...path, onPlane: path.loss })),
      },
      "losses in a plane beside": {
        pathsOn: (plane, ...rest) =>
          pathsOn({ ...plane, origin: Float64Array.from(plane.origin, (x) => x + 0.01) }, ...rest),
      },
    },
    { epochs: 4, every: 4, columns: 5 },
  ),
];
