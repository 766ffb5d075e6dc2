import {
  checkChoice,
  checkList,
  checkNumber,
  checkOptions,
  isOptions,
  quoteValue,
  whole,
} from "../../arguments/index.ts";
import { checkData, type Examples, type Source } from "../../data/index.ts";
import type { Device } from "../../device/index.ts";
import { dtypeOf, type Vector } from "../../expr/index.ts";
import type { Model } from "../../nn/index.ts";
import { Engine } from "../../objective/index.ts";
import { type Outcome, type TrainEvent, Training, type TrainOptions } from "../../train/index.ts";
import { checkDevice, checkExamples, checkModel, checkParameters } from "../checks/nets.ts";
import type { Measured } from "../slices/landscape.ts";
import { coordinates, type Plane, planeThrough } from "../slices/plane.ts";
import { type WeightsMeter, weightsMeter } from "../slices/weights-meter.ts";
import { type CurveShape, type CurveShares, curveShapes, curveShares, placeOnCurve } from "./curve.ts";
import { curveSource } from "./curve-source.ts";

/** Options of a training that a curve's training has, too. */
type OfTraining = Pick<
  TrainOptions,
  | "model"
  | "data"
  | "optimizer"
  | "batchSize"
  | "epochs"
  | "maxSteps"
  | "seed"
  | "l2"
  | "augment"
  | "dropLast"
  | "signal"
>;

/** Two solutions, and how the curve between them is trained and measured. */
export interface ConnectOptions extends OfTraining {
  /** The weights of both solutions, in the model's order and of one type. */
  readonly ends: readonly [Vector, Vector];
  readonly device: Device;
  /** A quadratic Bézier curve, the default, or a chain of two straight lines. */
  readonly shape?: CurveShape;
  /** The examples on which the curve and the line are measured. Default: the training set. */
  readonly examples?: Examples | Source;
  /** At how many places the curve and the line are measured, with both ends: 3 or more. Default 41. */
  readonly points?: number;
  /** Called with the events of the curve's training: a batch's loss is that at its place on the curve. */
  readonly onEvent?: (event: TrainEvent) => void;
}

/** A curve between two solutions, and what a net does along it. */
export interface Connection {
  readonly shape: CurveShape;
  /** The trained point θ that bends the curve. */
  readonly bend: Vector;
  /** Evenly spaced from 0, at the first solution, to 1, at the second. */
  readonly positions: readonly number[];
  /** The net along the curve. */
  readonly curve: readonly Measured[];
  /** The net along the straight line. */
  readonly line: readonly Measured[];
  /** The plane through both solutions and the bend, in which the curve lies. */
  readonly plane: Plane;
  /** Each position of the curve in the plane. */
  readonly path: readonly (readonly [x: number, y: number])[];
  /** How the training ended. If it diverged, the bend is the last one with a finite loss, which may be far off, and the curve's losses high or null. */
  readonly outcome: Outcome;
}

/**
 * Trains a curve between two solutions along which the loss stays low: θ minimises E_{t~U[0,1]} L(φ(t)), by a random t for each mini-batch,
 * beginning in the middle of the straight line. Batch normalisation has the statistics of its batch in training, and those of the training set,
 * measured anew, wherever the loss is measured.
 *
 *     const { curve, line } = await connect({ model, data, ends: [a.w, b.w], optimizer: adam({ lr: 0.003 }), epochs: 40, device });
 *
 * Garipov, Izmailov, Podoprikhin, Vetrov & Wilson 2018, Loss surfaces, mode connectivity, and fast ensembling of DNNs, section 3. Draxler et
 * al. 2018 found the same by another way.
 *
 * Throws the signal's reason once that is aborted: a curve that is trained in part says nothing.
 *
 * @throws RangeError for ends that do not have the model's length and one type, are not finite, or are the same, for an unknown option, and for
 * options that `train` would refuse; where the bend has not left the straight line, so that there is no plane, as when its training diverges at once. TypeError for options of another
 * kind.
 */
export async function connect(options: ConnectOptions): Promise<Connection> {
  check(options);
  const { model, data, ends, device, shape = "bezier", points = 41, examples = data.train, seed = 1 } = options;
  const positions = Array.from({ length: points }, (_, k) => k / (points - 1));
  const engine = new Engine(device);
  const { bend, outcome } = await trained(options, curveSource(engine, { shape, ends, seed }));
  const [first, last] = ends;
  const place = (shares: CurveShares): Float64Array => {
    const to = new Float64Array(bend.length);
    placeOnCurve(shares, [first, bend, last], to);
    return to;
  };
  const onCurve = positions.map((t) => place(curveShares(shape, t)));
  const plane = planeOf([first, last, bend], outcome);
  const meter = weightsMeter({
    ...{ net: { model, w: first }, examples, device },
    ...(model.state.length > 0 && { normalization: { examples: data.train } }),
  });
  try {
    const { signal } = options;
    const curve = await measured(meter, onCurve, signal);
    const line = await measured(
      meter,
      positions.map((t) => place([1 - t, 0, t])),
      signal,
    );
    return {
      ...{ shape, bend, positions, curve, line, plane, outcome },
      path: onCurve.map((w) => coordinates(plane, w)),
    };
  } finally {
    await meter.dispose();
  }
}

/** The highest loss of some; ∞ if one is not finite. Throws a TypeError for anything but a list of what was measured, and a RangeError for none. */
export function highestLoss(measured: readonly Measured[]): number {
  checkList("highestLoss: what was measured", measured, "[{ loss: 0.5 }]");
  if (measured.length === 0) throw new RangeError("highestLoss: nothing was measured; give at least one loss");
  for (const each of measured)
    if (!isOptions(each) || !(each.loss === null || typeof each.loss === "number"))
      throw new TypeError(`highestLoss: what was measured is ${quoteValue(each)}; give { loss }, a number or null`);
  const losses = measured.map(({ loss }) => (loss !== null && Number.isFinite(loss) ? loss : Number.POSITIVE_INFINITY));
  return losses.reduce((most, loss) => Math.max(most, loss), Number.NEGATIVE_INFINITY);
}

/** The names of a curve's options. */
export const connectOptions = [
  ...(["ends", "device", "shape", "examples", "points", "onEvent", "model", "data", "optimizer", "batchSize"] as const),
  ...(["epochs", "maxSteps", "seed", "l2", "augment", "dropLast", "signal"] as const),
] as const satisfies readonly (keyof ConnectOptions)[];

function check(options: ConnectOptions): void {
  checkOptions(
    "connect",
    options,
    connectOptions,
    "connect({ model, data, ends: [a.w, b.w], optimizer: adam(), device })",
  );
  const { model, data, ends, device, shape = "bezier", examples, points = 41 } = options;
  checkNumber("connect: points", points, whole(3));
  checkChoice("connect: shape", shape, curveShapes);
  checkModel("connect", model);
  checkData(data);
  checkDevice("connect", device);
  if (examples !== undefined) checkExamples("connect", examples);
  checkEnds(model, ends);
}

function checkEnds(model: Model, ends: ConnectOptions["ends"]): void {
  checkList("connect: ends", ends, "[a.w, b.w]");
  if (ends.length !== 2)
    throw new RangeError(`connect: ${ends.length} ends were given; give two, the weights of two nets`);
  for (const end of ends) checkParameters(model, "an end", end);
  const [first, last] = ends;
  if (dtypeOf(first) !== dtypeOf(last))
    throw new RangeError("connect: one end is in float32 and the other in float64; give both in one type");
  if (first.every((x, i) => x === last[i]))
    throw new RangeError("connect: both ends are the same net; give two that were trained separately");
}

/** Trains the bend. */
async function trained(
  options: ConnectOptions,
  source: ReturnType<typeof curveSource>,
): Promise<{ readonly bend: Vector; readonly outcome: Outcome }> {
  const { ends, device: _, shape: __, examples: ___, points: ____, onEvent, ...run } = options;
  const [first, last] = ends;
  const middle = first.map((x, i) => (x + last[i]) / 2);
  const training = new Training({ ...run, dtype: dtypeOf(first), initial: middle }, source);
  let outcome: Outcome | undefined;
  for await (const event of training) {
    if (event.kind === "end") outcome = event.outcome;
    onEvent?.(event);
  }
  options.signal?.throwIfAborted();
  if (outcome === undefined) throw new Error("connect: the training has no end");
  return { bend: training.trained.w.slice(), outcome };
}

/** The plane of the curve. That a training which diverged has left none is that training's fault, not the ends'. */
function planeOf([first, last, bend]: readonly [Vector, Vector, Vector], { kind, reason }: Outcome): Plane {
  try {
    return planeThrough(first, last, bend);
  } catch (cause) {
    if (kind !== "diverged") throw cause;
    throw new RangeError(
      `connect: the training of the curve diverged, and left the bend on the straight line: ${reason}; give a smaller learning rate`,
      { cause },
    );
  }
}

async function measured(
  meter: WeightsMeter,
  points: readonly Float64Array[],
  signal: AbortSignal | undefined,
): Promise<Measured[]> {
  const all: Measured[] = [];
  for (const point of points) {
    signal?.throwIfAborted();
    all.push(await meter.measure(point));
  }
  return all;
}
