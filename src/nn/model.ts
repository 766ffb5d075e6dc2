import { cut, quote } from "../arguments/index.ts";
import {
  type DType,
  type Expr,
  input,
  type Layout,
  type Shape,
  showShape,
  sizeOf,
  type Vector,
} from "../expr/index.ts";
import { Random } from "../random/index.ts";
import type { Layer, Parameter, Pass, Passed, Tensors } from "./layer.ts";
import type { Loss } from "./loss.ts";

/** A function with parameters, from a batch of inputs to a batch of outputs, and the loss to train it with. */
export interface Model {
  /** Shown in tables and reports. */
  readonly name: string;
  /** The shape of one example. */
  readonly inputShape: Shape;
  /** Tensors that training changes by their gradients; side by side, in this order, they make up w. */
  readonly parameters: readonly Parameter[];
  /** Tensors that training changes without a gradient, such as running means; their names differ from the parameters'. */
  readonly state: readonly Parameter[];
  /** Compares the outputs with the targets. */
  readonly loss: Loss;
  /** Its layers in order; missing in a custom function. Use `layersOf`, which checks that they still describe the model. */
  readonly layers?: readonly Layer[];
  /** The model as its layers built it, to notice changes such as `{ ...model, forward }`. */
  readonly built?: Pick<Model, (typeof BUILT)[number]>;
  /** The outputs for a batch, and the state after it; inputs are [batch, ...inputShape]. */
  forward(parameters: Tensors, state: Tensors, inputs: Expr, pass: Pass): Passed;
}

/** The fields that the layers determine; name and loss may change. */
const BUILT = ["inputShape", "parameters", "state", "layers", "forward"] as const;

/** Marks a model as built by its layers. */
export const builtByLayers = (model: Model): Model => ({ ...model, built: model });

/**
 * The layers of a model; undefined for a custom function, and for a model of which something was changed after its layers built it.
 */
export const layersOf = (model: Model): readonly Layer[] | undefined =>
  BUILT.every((part) => model.built?.[part] === model[part]) ? model.layers : undefined;

/** Whether a value can be the shape of an example. */
export const isShape = (given: unknown): given is Shape =>
  Array.isArray(given) && given.every((length) => Number.isSafeInteger(length) && length >= 1);

/** The names, and prefixes of names, that programs use besides a model's tensors. */
const TAKEN =
  /^(loss|correct|noise|batch_inputs|batch_targets|net_inputs|net_outputs|mask\d+|(direction_of|gradient_of|next)_.*)$/;

/** Throws a RangeError if two tensors have the same name, or one has a name that programs use otherwise. */
export function checkTensors(model: string, tensors: readonly Parameter[]): void {
  const names = tensors.map(({ name }) => name);
  const twin = names.find((name, i) => names.indexOf(name) !== i);
  if (twin !== undefined)
    throw new RangeError(`${cut(model)}: two tensors are named ${quote(twin)}; give each its own`);
  const taken = names.find((name) => TAKEN.test(name));
  if (taken !== undefined)
    throw new RangeError(`${cut(model)}: a tensor is named ${quote(taken)}, a name that is reserved; rename it`);
}

/** The offset of each parameter in w: one after the other, in the model's order. */
export const layoutOf = ({ parameters }: Pick<Model, "parameters">): Layout => inARow(parameters);

/** The offset of each tensor of the state in s, the vector of them all. */
export const stateLayoutOf = ({ state }: Pick<Model, "state">): Layout => inARow(state);

function inARow(tensors: readonly Parameter[]): Layout {
  let offset = 0;
  return tensors.map(({ name, shape }) => {
    const place = { name, shape, offset };
    offset += sizeOf(shape);
    return place;
  });
}

/** The number of elements of all parameters: the length of w. */
export const parameterCount = ({ parameters }: Pick<Model, "parameters">): number => countOf(parameters);
/** The number of elements of the model's state: the length of s. */
export const stateCount = ({ state }: Pick<Model, "state">): number => countOf(state);

const countOf = (tensors: readonly Parameter[]): number =>
  tensors.reduce((count, { shape }) => count + sizeOf(shape), 0);

/**
 * Fills w with the model's initial weights. Each parameter has its own random stream, so changing one layer leaves the
 * others' weights unchanged. Throws a RangeError if an initializer gives too few or too many values.
 */
export const initialize = ({ parameters }: Pick<Model, "parameters">, w: Vector, seed: number): void =>
  drawAll(parameters, w, new Random(seed, "weights"));

/** Fills s with the model's initial state. */
export const initializeState = ({ state }: Pick<Model, "state">, s: Vector, seed: number): void =>
  drawAll(state, s, new Random(seed, "state"));

function drawAll(tensors: readonly Parameter[], vector: Vector, random: Random): void {
  for (const [i, { name, offset }] of inARow(tensors).entries()) {
    const { shape, initialize: draw } = tensors[i];
    const drawn: ArrayLike<number> = draw(shape, random.fork(name));
    if (drawn.length !== sizeOf(shape))
      throw new RangeError(
        `${name}: its initializer gives ${drawn.length} values; shape ${showShape(shape)} needs ${sizeOf(shape)}`,
      );
    vector.set(drawn, offset);
  }
}

/** The parameters as named inputs of a program. */
export const parameterInputs = ({ parameters }: Pick<Model, "parameters">, dtype: DType): Record<string, Expr> =>
  inputsFor(parameters, dtype);

/** The state as named inputs of a program. */
export const stateInputs = ({ state }: Pick<Model, "state">, dtype: DType): Record<string, Expr> =>
  inputsFor(state, dtype);

const inputsFor = (tensors: readonly Parameter[], dtype: DType): Record<string, Expr> =>
  Object.fromEntries(tensors.map(({ name, shape }) => [name, input(name, shape, dtype)]));
