import { checkNumber, checkOptions, domains } from "../../arguments/index.ts";
import { type Examples, type Source, sourceOf } from "../../data/index.ts";
import type { Device } from "../../device/index.ts";
import { dtypeOf, isVector, type Vector } from "../../expr/index.ts";
import type { Trained } from "../../nn/index.ts";
import { Engine } from "../../objective/index.ts";
import { checkDevice, checkExamples, checkNet, checkNormalization } from "../checks/nets.ts";
import { checkVector } from "../checks/vectors.ts";
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
 *
 * Throws a TypeError for anything but a net, examples and a device, and a RangeError for weights or a state that do not have the model's length or
 * are not finite, without examples, and for a wrong batch size; `measure` for weights or a state of another length.
 */
export function weightsMeter(options: MeterOptions): WeightsMeter {
  checkOptions("weightsMeter", options, meterOptions, "weightsMeter({ net, examples: data.train, device })");
  checkMeter("weightsMeter", options);
  return meterOf(options);
}

/** `weightsMeter` for options that have been checked, which may be more. */
export function meterOf(options: MeterOptions): WeightsMeter {
  const { net, examples, device, normalization = "frozen", batchSize = 1 } = options;
  const { model, w: centre, s: state } = net;
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
      checkLength(`${model.name}: w`, point, w.length);
      if (own !== undefined) checkLength(`${model.name}: the state s`, own, s.length);
      s.set(own ?? usual);
      if (own === undefined) await recomputed?.measure(engine, point, s);
      w.set(point);
      const { loss, accuracy } = await engine.evaluate(source);
      return { loss: Number.isFinite(loss) ? loss : null, ...(accuracy === undefined ? {} : { accuracy }) };
    },
    dispose: () => engine.dispose(),
  };
}

/** The names of a meter's options. */
export const meterOptions = ["net", "examples", "device", "normalization", "batchSize"] as const;

/**
 * Throws for what cannot be measured.
 *
 * @param what the function that was called
 */
export function checkMeter(what: string, options: MeterOptions): void {
  const { net, examples, device, normalization, batchSize } = options;
  checkNet(what, net);
  checkExamples(what, examples);
  checkDevice(what, device);
  checkNormalization(what, normalization);
  if (batchSize !== undefined) checkNumber(`${what}: batchSize`, batchSize, domains.count);
}

/** Of a vector at each point: whether its numbers are finite is not looked at, as its loss then is not, either. */
function checkLength(what: string, vector: Vector, length: number): void {
  if (!isVector(vector) || vector.length !== length) checkVector(what, vector, length);
}
