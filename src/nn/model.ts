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

/** A function with parameters, from a batch of inputs to a batch of outputs, and the loss that it is trained on. */
export interface Model {
  readonly name: string;
  /** The shape of one example. */
  readonly inputShape: Shape;
  readonly parameters: readonly Parameter[];
  /** Tensors that training changes without a gradient, such as running means; their names are no parameters'. */
  readonly state: readonly Parameter[];
  readonly loss: Loss;
  /** What it is made of, one after the other; a function of one's own has none. `layersOf` says whether that still holds. */
  readonly layers?: readonly Layer[];
  /** What its layers have built: `{ ...model, forward }` is made of something else. */
  readonly built?: Pick<Model, (typeof BUILT)[number]>;
  /** Outputs for a batch, and the state after it: inputs are [batch, ...inputShape]. */
  forward(parameters: Tensors, state: Tensors, inputs: Expr, pass: Pass): Passed;
}

/** All that layers decide of a model; its name and its loss may change. */
const BUILT = ["inputShape", "parameters", "state", "layers", "forward"] as const;

/** The same, as its layers have built it. */
export const builtByLayers = (model: Model): Model => ({ ...model, built: model });

/**
 * The layers that a model is made of: undefined for a function of one's own, and for a model in which anything that its layers
 * have built was changed, which is one, too.
 */
export const layersOf = (model: Model): readonly Layer[] | undefined =>
  BUILT.every((part) => model.built?.[part] === model[part]) ? model.layers : undefined;

/** Whether it can be the shape of an example. */
export const isShape = (given: unknown): given is Shape =>
  Array.isArray(given) && given.every((length) => Number.isSafeInteger(length) && length >= 1);

/** What programs have besides a model's tensors, by these names or by names that begin so. */
const TAKEN =
  /^(loss|correct|noise|batch_inputs|batch_targets|net_inputs|net_outputs|mask\d+|(direction_of|gradient_of|next)_.*)$/;

/** Throws a RangeError where two tensors have one name, or one that programs have for something else. */
export function checkTensors(model: string, tensors: readonly Parameter[]): void {
  const names = tensors.map(({ name }) => name);
  const twin = names.find((name, i) => names.indexOf(name) !== i);
  if (twin !== undefined)
    throw new RangeError(`${cut(model)}: two tensors are named ${quote(twin)}; give each its own`);
  const taken = names.find((name) => TAKEN.test(name));
  if (taken !== undefined)
    throw new RangeError(
      `${cut(model)}: a tensor is named ${quote(taken)}, which programs keep for their own; rename it`,
    );
}

/** Where each parameter lies in w: one after the other, in the model's order. */
export const layoutOf = ({ parameters }: Pick<Model, "parameters">): Layout => inARow(parameters);

/** Where each tensor of the state lies in s, the vector of them all. */
export const stateLayoutOf = ({ state }: Pick<Model, "state">): Layout => inARow(state);

function inARow(tensors: readonly Parameter[]): Layout {
  let offset = 0;
  return tensors.map(({ name, shape }) => {
    const place = { name, shape, offset };
    offset += sizeOf(shape);
    return place;
  });
}

export const parameterCount = ({ parameters }: Pick<Model, "parameters">): number => countOf(parameters);
export const stateCount = ({ state }: Pick<Model, "state">): number => countOf(state);

const countOf = (tensors: readonly Parameter[]): number =>
  tensors.reduce((count, { shape }) => count + sizeOf(shape), 0);

/** Fills w with the model's first weights. Each parameter has a stream of its own: a changed layer leaves the others as they were. */
export const initialize = ({ parameters }: Pick<Model, "parameters">, w: Vector, seed: number): void =>
  drawAll(parameters, w, new Random(seed, "weights"));

/** Fills s with the model's first state. */
export const initializeState = ({ state }: Pick<Model, "state">, s: Vector, seed: number): void =>
  drawAll(state, s, new Random(seed, "state"));

function drawAll(tensors: readonly Parameter[], vector: Vector, random: Random): void {
  for (const [i, { name, offset }] of inARow(tensors).entries()) {
    const { shape, initialize: draw } = tensors[i];
    const drawn: ArrayLike<number> = draw(shape, random.fork(name));
    if (drawn.length !== sizeOf(shape))
      throw new RangeError(
        `${name}: its initializer gives ${drawn.length} numbers; shape ${showShape(shape)} takes ${sizeOf(shape)}`,
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
