import { nodeDevice } from "../../device/node/index.ts";
import { measuringOn } from "../measuring.ts";

const measuring = measuringOn(nodeDevice);

/**
 * The mean loss of a net over examples, without dropout, as a function of its weights: what `sharpness`, `spectralDensity`, `alignment`,
 * `hessianDirections` and all else that takes an objective measures of a net.
 *
 *     const objective = await netObjective({ net, examples: data.train });
 *     const { value } = await sharpness(objective, net.w);
 *     await objective.dispose();
 *
 * Throws a TypeError for anything but a net and examples, a RangeError for weights or a state that do not have the model's length or are not
 * finite, for examples of another shape, for wrong numbers, and for a dtype that the device does not have; and a DeviceError if the device is not
 * available.
 */
export const netObjective = measuring.netObjective;

/**
 * A meter of a net at any weights, on a device by its name or your own. It computes as `train` evaluates, by the same programs on batches of the
 * same sizes, without dropout and augmentation: so at the net's own weights its loss is the run's own, to the bit. Weights are rounded to the type
 * of the net's.
 *
 * Throws a TypeError for anything but a net and examples, a RangeError for weights or a state that do not have the model's length or
 * are not finite, without examples, and for a wrong batch size, and a DeviceError if the device is not available; `measure` for weights or a state
 * of another length.
 */
export const weightsMeter = measuring.weightsMeter;

/**
 * A meter of the points of a slice, on a device by its name or your own. A point is computed in float64. Throws as `weightsMeter` does, and for
 * anything but a list of directions, at most two, each with a finite number for each parameter; `measure` for coordinates that are no finite numbers.
 */
export const pointMeter = measuring.pointMeter;

/**
 * Trains a curve between two solutions along which the loss stays low, on a device by its name or your own: θ minimises E_{t~U[0,1]} L(φ(t)), by a
 * random t for each mini-batch, beginning in the middle of the straight line. Batch normalisation has the statistics of its batch in training, and
 * those of the training set, measured anew, wherever the loss is measured.
 *
 *     const { curve, line } = await connect({ model, data, ends: [a.w, b.w], optimizer: adam({ lr: 0.003 }), epochs: 40 });
 *
 * Garipov, Izmailov, Podoprikhin, Vetrov & Wilson 2018, Loss surfaces, mode connectivity, and fast ensembling of DNNs, section 3. Draxler et
 * al. 2018 found the same by another way.
 *
 * Throws the signal's reason once that is aborted: a curve that is trained in part says nothing.
 *
 * @throws RangeError for ends that do not have the model's length and one type, are not finite, or are the same, for an unknown option, and for
 * options that `train` would refuse; where the bend has not left the straight line, so that there is no plane, as when its training diverges at once. TypeError for options of another
 * kind. DeviceError if the device is not available.
 */
export const connect = measuring.connect;
