import { checkFunction, checkList, checkNumber, checkOptions, domains } from "../../arguments/index.ts";
import { checkParameters } from "../checks/nets.ts";
import { checkFloat64 } from "../checks/vectors.ts";
import type { Measured } from "./landscape.ts";
import { checkMeter, type MeterOptions, meterOf, meterOptions } from "./weights-meter.ts";

/** Measures points of a slice, one after the other. */
export interface PointMeter {
  /** Loss and accuracy at w = centre + x·d₁ + y·d₂. */
  measure(x: number, y: number): Promise<Measured>;
  /** Releases the compiled programs, or the thread. */
  dispose(): Promise<void>;
}

/**
 * A meter in this thread, of the weights at each point. A point is computed in float64. Throws as `weightsMeter` does, and for anything but a list
 * of directions, at most two, each with a finite number for each parameter; `measure` for coordinates that are no finite numbers.
 */
export function pointMeter(options: MeterOptions, directions: readonly Float64Array[]): PointMeter {
  checkOptions("pointMeter", options, meterOptions, "pointMeter({ net, examples: data.train, device }, directions)");
  checkMeter("pointMeter", options);
  checkVectors(options, directions);
  return pointMeterOf(options, directions);
}

function checkVectors({ net: { model } }: MeterOptions, directions: readonly Float64Array[]): void {
  checkList("pointMeter: the directions", directions, "[direction.vector]");
  if (directions.length > 2)
    throw new RangeError(`pointMeter: ${directions.length} directions were given; give two at most`);
  for (const vector of directions) {
    checkParameters(model, "a direction", vector);
    checkFloat64(`${model.name}: a direction`, vector);
  }
}

/** `pointMeter` for options that have been checked, which may be more. */
export function pointMeterOf(options: MeterOptions, directions: readonly Float64Array[]): PointMeter {
  const { w: centre } = options.net;
  const meter = meterOf(options);
  const point = Float64Array.from(centre);
  return {
    measure: async (x, y) => {
      checkNumber("the slice's x", x, domains.finite);
      checkNumber("the slice's y", y, domains.finite);
      place(point, centre, directions, [x, y]);
      return await meter.measure(point);
    },
    dispose: () => meter.dispose(),
  };
}

/** A meter that is made when the first point is measured: one that measures none costs nothing. Throws a TypeError unless a function is given. */
export function lazyMeter(make: () => PointMeter | Promise<PointMeter>): PointMeter {
  checkFunction("lazyMeter: what makes the meter", make);
  let meter: PointMeter | Promise<PointMeter> | undefined;
  return {
    measure: async (x, y) => {
      meter ??= make();
      return (await meter).measure(x, y);
    },
    dispose: async () => (await meter)?.dispose(),
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
