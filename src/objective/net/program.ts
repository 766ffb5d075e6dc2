import type { Device, Views } from "../../device/index.ts";
import { type DType, inOrder, type Layout, sizeOf, type TensorPlace, type Vector } from "../../expr/index.ts";
import { layoutOf, stateLayoutOf } from "../../nn/index.ts";
import type { Buffers } from "./buffers.ts";
import { maskViews } from "./masks.ts";
import { GRADIENTS, gradientName, INPUTS, type MaskInput, nextStateName, type PassOptions, TARGETS } from "./pass.ts";
import { type BatchProgram, type ProgramKind, programOf } from "./program-kinds.ts";

/** The memory that a program works on: a run's buffers, and weights, which may lie elsewhere. */
export interface Binding {
  readonly buffers: Buffers;
  readonly weights: Vector;
}

/** A compiled program. It reads and writes in place. */
export interface Program {
  readonly masks: readonly MaskInput[];
  /** The program's own vectors, for inputs and results without a place in the buffers, such as directions. */
  readonly own: Views;
  /** Its results by name, valid after a run. */
  readonly results: Views;
  /** Computes in this memory; rebinds if it is not the same as before. */
  run(place: Binding, signal?: AbortSignal): Promise<void>;
  dispose(): Promise<void>;
}

export async function compile(
  device: Device,
  kind: ProgramKind,
  options: PassOptions,
  first: Binding,
): Promise<Program> {
  const { outputs, masks } = programOf(kind, options);
  const places = placesOf(options, masks);
  const own = withoutPlace(outputs, places(first), options.dtype);
  const viewsAt = (place: Binding): Views => ({ ...places(place), ...own });
  const results = (views: Views): Views => Object.fromEntries(Object.keys(outputs).map((name) => [name, views[name]]));
  const runnable = await device.prepare(outputs, viewsAt(first));
  let bound = { ...first, results: results(viewsAt(first)) };
  const move = (place: Binding): void => {
    const views = viewsAt(place);
    runnable.bind(place.buffers === bound.buffers ? viewsOf(place.weights, layoutOf(options.model)) : views);
    bound = { ...place, results: results(views) };
  };
  return {
    masks,
    own,
    get results() {
      return bound.results;
    },
    run: (place, signal) => {
      if (place.buffers !== bound.buffers || place.weights !== bound.weights) move(place);
      return runnable.run(signal);
    },
    dispose: () => runnable.dispose(),
  };
}

/** All tensors in a place by name, whether or not the program uses them. */
function placesOf(options: PassOptions, masks: readonly MaskInput[]): (place: Binding) => Views {
  const { model, batch, targetSize } = options;
  return ({ buffers, weights }) => ({
    [INPUTS]: buffers.inputs.subarray(0, batch * sizeOf(model.inputShape)),
    [TARGETS]: buffers.targets.subarray(0, batch * targetSize),
    loss: buffers.loss,
    correct: buffers.correct,
    [GRADIENTS]: buffers.g,
    ...maskViews(masks, buffers.masks),
    ...viewsOf(weights, layoutOf(model)),
    ...viewsOf(buffers.g, layoutOf(model), gradientName),
    ...viewsOf(buffers.s, stateLayoutOf(model)),
    ...viewsOf(buffers.nextS, stateLayoutOf(model), nextStateName),
  });
}

/** Views of a vector's tensors by name. */
const viewsOf = (vector: Vector, layout: Layout, nameOf = (name: string): string => name): Views =>
  Object.fromEntries(layout.map((place) => [nameOf(place.name), viewOf(vector, place)]));

/** A tensor's view of the vector that contains it. */
export const viewOf = (vector: Vector, { shape, offset }: TensorPlace): Vector =>
  vector.subarray(offset, offset + sizeOf(shape));

/** New vectors for the inputs and results that have no place. */
function withoutPlace(outputs: BatchProgram["outputs"], places: Views, dtype: DType): Views {
  const inputs = inOrder(Object.values(outputs)).flatMap((node) => (node.kind === "input" ? [node] : []));
  const tensors = [...inputs.map(({ name, shape }) => ({ name, shape })), ...shapesOf(outputs)];
  const missing = tensors.filter(({ name }) => !(name in places));
  return Object.fromEntries(missing.map(({ name, shape }) => [name, zeros(dtype, sizeOf(shape))]));
}

const shapesOf = (outputs: BatchProgram["outputs"]) =>
  Object.entries(outputs).map(([name, { shape }]) => ({ name, shape }));

const zeros = (dtype: DType, length: number): Vector =>
  dtype === "f32" ? new Float32Array(length) : new Float64Array(length);
