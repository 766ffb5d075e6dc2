import type { Device, Views } from "../../device/index.ts";
import { type DType, inOrder, type Layout, sizeOf, type TensorPlace, type Vector } from "../../expr/index.ts";
import { layoutOf, stateLayoutOf } from "../../nn/index.ts";
import { maskViews } from "./masks.ts";
import { GRADIENTS, gradientName, INPUTS, type MaskInput, nextStateName, type PassOptions, TARGETS } from "./pass.ts";
import { type BatchProgram, type Kind, programOf } from "./programs.ts";
import type { Room } from "./room.ts";

/** Where a program works: in a room, on weights that lie there or elsewhere. */
export interface Place {
  readonly room: Room;
  readonly weights: Vector;
}

/** A compiled program, which reads and writes in place. */
export interface Program {
  readonly masks: readonly MaskInput[];
  /** Inputs and results that a room has no place for, such as directions: vectors of the program's own. */
  readonly own: Views;
  /** Its results by name, where they are after a run. */
  readonly results: Views;
  /** Computes in a place; it is bound anew where that is another one than before. */
  run(place: Place, signal?: AbortSignal): Promise<void>;
  dispose(): Promise<void>;
}

export async function compile(device: Device, kind: Kind, options: PassOptions, first: Place): Promise<Program> {
  const { outputs, masks } = programOf(kind, options);
  const places = placesOf(options, masks);
  const own = withoutPlace(outputs, places(first), options.dtype);
  const viewsAt = (place: Place): Views => ({ ...places(place), ...own });
  const results = (views: Views): Views => Object.fromEntries(Object.keys(outputs).map((name) => [name, views[name]]));
  const runnable = await device.prepare(outputs, viewsAt(first));
  let bound = { ...first, results: results(viewsAt(first)) };
  const move = (place: Place): void => {
    const views = viewsAt(place);
    runnable.bind(place.room === bound.room ? parts(place.weights, layoutOf(options.model)) : views);
    bound = { ...place, results: results(views) };
  };
  return {
    masks,
    own,
    get results() {
      return bound.results;
    },
    run: (place, signal) => {
      if (place.room !== bound.room || place.weights !== bound.weights) move(place);
      return runnable.run(signal);
    },
    dispose: () => runnable.dispose(),
  };
}

/** A program's tensors in a place, by name: all that there are, whether it uses them or not. */
function placesOf(options: PassOptions, masks: readonly MaskInput[]): (place: Place) => Views {
  const { model, batch, targetSize } = options;
  return ({ room, weights }) => ({
    [INPUTS]: room.inputs.subarray(0, batch * sizeOf(model.inputShape)),
    [TARGETS]: room.targets.subarray(0, batch * targetSize),
    loss: room.loss,
    correct: room.correct,
    [GRADIENTS]: room.g,
    ...maskViews(masks, room.masks),
    ...parts(weights, layoutOf(model)),
    ...parts(room.g, layoutOf(model), gradientName),
    ...parts(room.s, stateLayoutOf(model)),
    ...parts(room.nextS, stateLayoutOf(model), nextStateName),
  });
}

/** A vector tensor by tensor. */
const parts = (vector: Vector, layout: Layout, nameOf = (name: string): string => name): Views =>
  Object.fromEntries(layout.map((place) => [nameOf(place.name), partOf(vector, place)]));

/** A tensor's part of the vector that it lies in. */
export const partOf = (vector: Vector, { shape, offset }: TensorPlace): Vector =>
  vector.subarray(offset, offset + sizeOf(shape));

/** New vectors for the inputs and results that have no place yet. */
function withoutPlace(outputs: BatchProgram["outputs"], places: Views, dtype: DType): Views {
  const inputs = inOrder(Object.values(outputs)).flatMap((node) => (node.kind === "input" ? [node] : []));
  const tensors = [...inputs.map(({ name, shape }) => ({ name, shape })), ...named(outputs)];
  const missing = tensors.filter(({ name }) => !(name in places));
  return Object.fromEntries(missing.map(({ name, shape }) => [name, zeros(dtype, sizeOf(shape))]));
}

const named = (outputs: BatchProgram["outputs"]) =>
  Object.entries(outputs).map(([name, { shape }]) => ({ name, shape }));

const zeros = (dtype: DType, length: number): Vector =>
  dtype === "f32" ? new Float32Array(length) : new Float64Array(length);
