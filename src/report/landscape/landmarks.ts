import { heightAt, nodesDrawn, refine } from "../../figure/surface/index.ts";
import type { LossSlice } from "../../landscape/index.ts";

/** Losses for whose sake a slice is looked at, ascending: a picture's heights should hold them. */
export interface Landmarks {
  /** The highest on the straight line between two nets: the top of their barrier. Undefined for a slice around one net. */
  readonly barrier: number | undefined;
  /** The true losses along all ways, ascending. */
  readonly ways: readonly number[];
}

export function landmarksOf(slices: readonly LossSlice[]): Landmarks {
  const barriers = slices.flatMap(barrierTop);
  return {
    barrier: barriers.length === 0 ? undefined : Math.max(...barriers),
    ways: slices
      .flatMap(({ paths = [] }) => paths.flatMap(({ loss }) => loss))
      .filter((loss) => loss !== null)
      .sort((a, b) => a - b),
  };
}

/** Places on the line between two nets at which its loss is looked up. */
const PLACES = 128;

/** The highest loss from the net at (0, 0) to that at (1, 0), as the surface is drawn. */
function barrierTop({ x, y, loss, directions }: LossSlice): number[] {
  if (directions[0]?.kind !== "between") return [];
  const values = Float64Array.from(loss.flat(), (value) => value ?? Number.NaN);
  const [columns, rows] = [nodesDrawn(x.length, PLACES), y.length === 1 ? 2 : nodesDrawn(y.length, PLACES)];
  const [ys, all] = y.length === 1 ? [[-1, 1], Float64Array.of(...values, ...values)] : [y, values];
  const field = refine({ x, y: ys, values: all }, columns, rows);
  const place = (nodes: readonly number[], at: number, count: number): number =>
    ((at - nodes[0]) / (nodes[nodes.length - 1] - nodes[0])) * (count - 1);
  const along = Array.from({ length: PLACES + 1 }, (_, k) =>
    heightAt(field, place(x, k / PLACES, columns), place(ys, 0, rows)),
  ).filter((value) => !Number.isNaN(value));
  return along.length === 0 ? [] : [Math.max(...along)];
}
