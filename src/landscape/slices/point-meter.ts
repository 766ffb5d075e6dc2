import { type Examples, type Source, sourceOf } from "../../data/index.ts";
import type { Device } from "../../device/index.ts";
import { dtypeOf } from "../../expr/index.ts";
import type { Trained } from "../../nn/index.ts";
import { Engine } from "../../objective/index.ts";
import type { Measured } from "./landscape.ts";
import { type Recomputed, stateMeter } from "./normalization.ts";

/** A net, and on what it is measured. */
export interface MeterOptions {
  /** The centre: the model, its weights and its state. */
  readonly net: Pick<Trained, "model" | "w" | "s">;
  readonly examples: Examples | Source;
  readonly device: Device;
  /**
   * Batch normalisation: `frozen`, the default, keeps the centre's running means and variances at each point; or where they are measured
   * anew at each point.
   */
  readonly normalization?: "frozen" | Recomputed;
  /** The batch size that the net was trained with, on which the size of an evaluation's batches depends. Default: that does not matter. */
  readonly batchSize?: number;
}

/** Measures points of a slice, one after the other. */
export interface PointMeter {
  /** Loss and accuracy at w = centre + x·d₁ + y·d₂. */
  measure(x: number, y: number): Promise<Measured>;
  /** Releases the compiled programs, or the thread. */
  dispose(): Promise<void>;
}

/**
 * A meter in this thread. It computes as `train` evaluates, by the same programs on batches of the same sizes, without dropout and
 * augmentation: so at (0, 0) its loss is the run's own, to the bit. A point is computed in float64, and rounded to the type of the weights.
 */
export function pointMeter(
  { net: { model, w: centre, s: state }, examples, device, normalization = "frozen", batchSize = 1 }: MeterOptions,
  directions: readonly Float64Array[],
): PointMeter {
  const source = sourceOf(examples);
  const recomputed =
    normalization === "frozen" || model.state.length === 0 ? undefined : stateMeter(model, normalization);
  const engine = new Engine(device);
  const { w, s } = engine.begin({
    ...{ model, dtype: dtypeOf(centre), batchSize, targetSize: source.targetSize },
    ...(recomputed && { chunk: recomputed.batchSize }),
  });
  s.set(state ?? []);
  const point = Float64Array.from(centre);
  return {
    measure: async (x, y) => {
      place(point, centre, directions, [x, y]);
      await recomputed?.measure(engine, point, s);
      w.set(point);
      return measuredFrom(await engine.evaluate(source));
    },
    dispose: () => engine.dispose(),
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

/** Without what JSON cannot hold. */
const measuredFrom = ({ loss, accuracy }: Measured): Measured => ({
  loss: loss !== null && Number.isFinite(loss) ? loss : null,
  ...(accuracy === undefined ? {} : { accuracy }),
});
