import { type Examples, type Source, sourceOf } from "../../data/index.ts";
import type { Device } from "../../device/index.ts";
import { dtypeOf, type Vector } from "../../expr/index.ts";
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

/** Measures a net at any weights. */
export interface WeightsMeter {
  /**
   * Loss and accuracy at w, without dropout. `s` is the model's state there; without it the state is that of the net, or measured anew at w
   * where the options ask for that.
   */
  measure(w: Float64Array, s?: Vector): Promise<Measured>;
  /** Releases the compiled programs. */
  dispose(): Promise<void>;
}

/**
 * A meter in this thread. It computes as `train` evaluates, by the same programs on batches of the same sizes, without dropout and
 * augmentation: so at the net's own weights its loss is the run's own, to the bit. Weights are rounded to the type of the net's.
 */
export function weightsMeter({
  net: { model, w: centre, s: state },
  examples,
  device,
  normalization = "frozen",
  batchSize = 1,
}: MeterOptions): WeightsMeter {
  const source = sourceOf(examples);
  const recomputed =
    normalization === "frozen" || model.state.length === 0 ? undefined : stateMeter(model, normalization);
  const engine = new Engine(device);
  const { w, s } = engine.begin({
    ...{ model, dtype: dtypeOf(centre), batchSize, targetSize: source.targetSize },
    ...(recomputed && { chunk: recomputed.batchSize }),
  });
  const usual = state ?? s.slice();
  return {
    measure: async (point, own) => {
      if (point.length !== w.length)
        throw new RangeError(`${model.name}: ${point.length} weights were given; it has ${w.length}`);
      s.set(own ?? usual);
      if (own === undefined) await recomputed?.measure(engine, point, s);
      w.set(point);
      const { loss, accuracy } = await engine.evaluate(source);
      return { loss: Number.isFinite(loss) ? loss : null, ...(accuracy === undefined ? {} : { accuracy }) };
    },
    dispose: () => engine.dispose(),
  };
}
