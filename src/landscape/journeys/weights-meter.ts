import { sourceOf } from "../../data/index.ts";
import { dtypeOf, type Vector } from "../../expr/index.ts";
import { Engine } from "../../objective/index.ts";
import type { Measured } from "../slices/landscape.ts";
import { stateMeter } from "../slices/normalization.ts";
import type { MeterOptions } from "../slices/point-meter.ts";

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

/** A meter for weights that do not lie in a slice: the points of a way or of a curve. It computes as `pointMeter` does. */
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
