import {
  evenGrid,
  evenLine,
  type Grid,
  type LossSlice,
  measuresOf,
  randomDirection,
  spreadOf,
} from "../../src/landscape/index.ts";
import * as flags from "../flags/index.ts";
import type { SliceTrust } from "../print/landscape.ts";
import { isRandom } from "../read/slice-plan.ts";
import type { Ready, Slicer } from "./landscape-slices-work.ts";

/** What a slice shows in numbers, and how far it can be trusted. */
export async function trustOf(ready: Ready, slicer: Slicer, slice: LossSlice): Promise<SliceTrust> {
  const pairs = await pairsOf(ready, slicer);
  return { slice: measuresOf(slice, { level: ready.level }), ...(pairs && { pairs }) };
}

/** The most points along an axis of a slice whose measures are compared with others'. */
const MOST = 9;

/** How the measures differ along other random directions; undefined where the directions are not random, or none others are asked for. */
async function pairsOf(
  { settings, runs: [{ net }], shape, level }: Ready,
  slicer: Slicer,
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
  return { count, spread: spreadOf(measures) };
}

/** A grid over the same window with at most so many points along an axis; every second, third, … of its own where that is even. */
function coarse({ x, y }: Grid): Grid {
  const columns = pointsOf(x.length);
  const window = [x[0], x[x.length - 1]] as const;
  if (y.length === 1) return evenLine({ x: window, columns });
  return evenGrid({ x: window, columns, y: [y[0], y[y.length - 1]], rows: pointsOf(y.length) });
}

/** The most points up to MOST, and at least 5, whose spacing is a multiple of that of so many; MOST where there are none. */
function pointsOf(count: number): number {
  if (count <= MOST) return count;
  for (let points = MOST; points >= 5; points--) if ((count - 1) % (points - 1) === 0) return points;
  return MOST;
}
