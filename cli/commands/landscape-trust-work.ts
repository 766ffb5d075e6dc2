import { dtypeOf } from "../../src/expr/index.ts";
import {
  alignment,
  evenGrid,
  evenLine,
  type Grid,
  halvesAt,
  halvesOf,
  type LossSlice,
  measuresOf,
  pathTrust,
  randomDirection,
  type SliceMeasures,
  type SliceTrust,
  spreadOf,
} from "../../src/landscape/index.ts";
import { alignmentSchema, format } from "../../src/report/index.ts";
import * as flags from "../flags/index.ts";
import { digestOfPlain } from "../read/digest.ts";
import { FLOAT64_EXAMPLES, fewExamples, fewerThan, HESSIAN_EXAMPLES } from "../read/slice-examples.ts";
import { isRandom } from "../read/slice-shape.ts";
import { hessianObjective, type Ready, type Slicer } from "./landscape-slices-work.ts";

/** What a slice shows in numbers, and how far it can be trusted. */
export async function trustOf(ready: Ready, slicer: Slicer, slice: LossSlice): Promise<SliceTrust> {
  const own = withoutRadius(measuresOf(slice, { level: ready.level }), slice);
  const pairs = await pairsOf(ready, slicer, slice);
  const paths = slice.paths && pathTrust(slice);
  const seen = { slice: own, ...(pairs && { pairs }), ...(paths && { paths }) };
  if (ready.settings.value(flags.trust) === "slice") return seen;
  const halves = await halvesIn(ready, slicer, slice);
  const float64 = await float64Of(ready, slicer, slice);
  const aligned = slice.centre.loss === null ? undefined : await alignmentOf(ready, slicer);
  return { ...seen, ...(aligned && { alignment: aligned }), ...(halves && { halves }), ...(float64 && { float64 }) };
}

/**
 * Without the measures at a radius, which is half the distance to the nearest border, between nets, where they would tell of the first alone,
 * and where the centre is near the border, as in a window around paths: there it is as short as the window happens to reach beyond them.
 */
function withoutRadius(measures: SliceMeasures, { x, y, directions: [{ kind }] }: LossSlice): SliceMeasures {
  const isCentral = (axis: readonly number[]): boolean => {
    const [low, high] = [axis[0], axis[axis.length - 1]];
    return axis.length === 1 || Math.min(-low, high) >= CENTRAL * (high - low);
  };
  if (kind !== "between" && isCentral(x) && isCentral(y)) return measures;
  return { ...measures, sharpness: null, lossAtRadius: null, lowestAtRadius: null, highestAtRadius: null };
}

/** Of an axis's extent: so far from both its ends a centre is not near the border. */
const CENTRAL = 0.25;

/** For a net with more parameters fewer products are taken, as each takes long. */
const LARGE = 100_000;

/** The directions beside gradient and Hessian at the centre, on a few of the examples. */
async function alignmentOf(ready: Ready, slicer: Slicer): Promise<SliceTrust["alignment"]> {
  const { settings, directions, examples, progress, io } = ready;
  const few = await fewExamples(settings, examples, HESSIAN_EXAMPLES);
  const [{ net }] = ready.runs;
  const rough = net.w.length > LARGE ? { steps: 40, samples: 5 } : {};
  const key = digestOfPlain({ slice: slicer.key(directions, { examples: few }), ...rough });
  const file = slicer.file(`hessian-${key}.jsonl`, alignmentSchema);
  const known = file?.find(0, 0);
  if (known !== undefined) return known;
  const objective = hessianObjective(ready, few);
  const vectors = directions.map(({ vector }) => vector);
  const onProduct = (taken: number): void =>
    progress.live(() => `comparing with the Hessian: ${format.count(taken)} products`);
  try {
    const compared = await alignment(objective, net.w, vectors, { ...rough, signal: io.signal, onProduct });
    const found = { ...compared, ...fewerThan(examples, few) };
    file?.keep(0, 0, found);
    return found;
  } finally {
    await objective.dispose();
  }
}

/** Points of the slice that are measured in other ways. */
const POINTS = 5;

/** The losses on two halves of the examples; undefined for one example. */
async function halvesIn(ready: Ready, slicer: Slicer, slice: LossSlice): Promise<SliceTrust["halves"] | undefined> {
  const { examples, directions, progress, io } = ready;
  if (examples.count < 2) return undefined;
  progress.live(() => "measuring on two halves of the examples");
  const [one, other] = (await halvesOf(examples)).map((half) => slicer.meter(directions, { examples: half }));
  try {
    return await halvesAt(slice, [one, other], POINTS, io.signal);
  } finally {
    await Promise.all([one, other].map((meter) => meter.dispose()));
  }
}

/** A few points in float64, on a few of the examples; undefined where the slice is in it already, or the device cannot compute in it. */
async function float64Of(ready: Ready, slicer: Slicer, slice: LossSlice): Promise<SliceTrust["float64"] | undefined> {
  const { runs, examples, device, directions, settings, progress, io } = ready;
  const [{ net }] = runs;
  if (dtypeOf(net.w) === "f64" || !device.float64) return undefined;
  progress.live(() => "measuring a few points in float64");
  const few = await fewExamples(settings, examples, FLOAT64_EXAMPLES);
  const double = { model: net.model, w: Float64Array.from(net.w), s: Float64Array.from(net.s) };
  const single = slicer.meter(directions, { examples: few });
  const other = slicer.meter(directions, { examples: few, net: double });
  try {
    const compared = await halvesAt(slice, [single, other], POINTS, io.signal);
    return { ...compared, ...fewerThan(examples, few) };
  } finally {
    await Promise.all([single, other].map((meter) => meter.dispose()));
  }
}

/** The most points along each axis of a plane whose measures are compared with others', and along a line: as many together. */
const [MOST, OF_LINE] = [9, 81];

/** How the measures differ along other random directions; undefined where the directions are not random, or none others are asked for. */
async function pairsOf(
  { settings, runs: [{ net }], shape, level }: Ready,
  slicer: Slicer,
  { x, y }: Grid,
): Promise<SliceTrust["pairs"] | undefined> {
  const count = settings.value(flags.pairs);
  const { kind, isLine } = shape;
  if (count < 2 || !isRandom(kind)) return undefined;
  const seed = settings.value(flags.directionSeed);
  const grid = coarse(shape.grid);
  const axes = isLine ? 1 : 2;
  const measures = [];
  for (let pair = 0; pair < count; pair++) {
    const directions = Array.from({ length: axes }, (_, axis) =>
      randomDirection(net.model, net.w, kind, { seed, index: 2 * pair + axis }),
    );
    const slice = await slicer.slice(directions, grid, `directions ${pair + 1} of ${count}`);
    measures.push(measuresOf(slice, { level }));
  }
  const [columns, rows] = [grid.x.length, grid.y.length];
  const isCoarser = columns < x.length || rows < y.length;
  return { count, spread: spreadOf(measures), ...(isCoarser && { coarser: { columns, rows, slice: measures[0] } }) };
}

/** A grid over the same window with at most so many points along an axis; every second, third, … of its own where that is even. */
function coarse({ x, y }: Grid): Grid {
  const window = [x[0], x[x.length - 1]] as const;
  if (y.length === 1) return evenLine({ x: window, columns: Math.min(x.length, OF_LINE) });
  return evenGrid({ x: window, columns: pointsOf(x.length), y: [y[0], y[y.length - 1]], rows: pointsOf(y.length) });
}

/** An odd number of points up to MOST, and at least 5, among which the middle is, and whose spacing is a multiple of that of so many; MOST where there are none. */
function pointsOf(count: number): number {
  if (count <= MOST) return count;
  for (let points = MOST; points >= 5; points -= 2) if ((count - 1) % (points - 1) === 0) return points;
  return MOST;
}
