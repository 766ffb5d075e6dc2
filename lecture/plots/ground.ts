import { contour, grid, type Mark } from "../../src/figure/index.ts";
import type { Surface } from "../../src/surfaces/index.ts";
import { objectiveOf } from "../../src/train/index.ts";

type Interval = readonly [low: number, high: number];

interface GroundOptions {
  readonly x: Interval;
  readonly y: Interval;
  /** Places at which the height is taken, across. */
  readonly columns?: number;
  readonly levels?: number | readonly number[];
  readonly spacing?: "linear" | "log";
}

/** The contours of a surface of two variables: the ground on which walks are drawn. */
export function ground(surface: Surface, { x, y, columns, ...levels }: GroundOptions): Mark {
  const objective = objectiveOf(surface);
  const w = new Float64Array(2);
  const height = (...at: [number, number]): number => {
    w.set(at);
    return objective.value(w);
  };
  return contour({ grid: grid(height, { x, y, ...(columns !== undefined && { columns }) }), ...levels });
}
