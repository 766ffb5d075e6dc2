import type { Measured } from "./landscape.ts";
import { type MeterOptions, weightsMeter } from "./weights-meter.ts";

/** Measures points of a slice, one after the other. */
export interface PointMeter {
  /** Loss and accuracy at w = centre + x·d₁ + y·d₂. */
  measure(x: number, y: number): Promise<Measured>;
  /** Releases the compiled programs, or the thread. */
  dispose(): Promise<void>;
}

/** A meter in this thread, of the weights at each point. A point is computed in float64. */
export function pointMeter(options: MeterOptions, directions: readonly Float64Array[]): PointMeter {
  const { w: centre } = options.net;
  const meter = weightsMeter(options);
  const point = Float64Array.from(centre);
  return {
    measure: (x, y) => {
      place(point, centre, directions, [x, y]);
      return meter.measure(point);
    },
    dispose: () => meter.dispose(),
  };
}

/** point ← centre + x·d₁ + y·d₂, in float64. */
export function place(
  point: Float64Array,
  centre: ArrayLike<number>,
  directions: readonly Float64Array[],
  at: readonly number[],
): void {
  for (let i = 0; i < point.length; i++) point[i] = centre[i];
  for (const [k, direction] of directions.entries()) {
    const step = at[k];
    if (step !== 0) for (let i = 0; i < point.length; i++) point[i] += step * direction[i];
  }
}
