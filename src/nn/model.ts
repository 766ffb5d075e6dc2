import type { Vector } from "../expr/array.ts";
import type { Layout } from "../expr/layout.ts";
import { type DType, type Expr, input } from "../expr/node.ts";
import { checkOptions } from "../expr/options.ts";
import { quoteList, quoteValue } from "../expr/quote.ts";
import { type Shape, sizeOf } from "../expr/shape.ts";
import { Random } from "../random/index.ts";
import { type Activation, type ActivationName, activationOf } from "./activations.ts";
import { type Initializer, zeros as zerosInitializer } from "./initializers.ts";
import {
  dense,
  dropout,
  type Layer,
  type LayerBuilder,
  type Parameter,
  type Pass,
  type Passed,
  type Tensors,
} from "./layers.ts";
import { checkLoss, type Loss, softmaxCrossEntropy } from "./losses.ts";

/** A function with parameters, from a batch of inputs to a batch of outputs, and the loss that it is trained on. */
export interface Model {
  readonly name: string;
  /** The shape of one example. */
  readonly inputShape: Shape;
  readonly parameters: readonly Parameter[];
  /** Tensors that training changes without a gradient, such as running means; their names are no parameters'. */
  readonly state: readonly Parameter[];
  readonly loss: Loss;
  /** Outputs for a batch, and the state after it: inputs are [batch, ...inputShape]. */
  forward(parameters: Tensors, state: Tensors, inputs: Expr, pass: Pass): Passed;
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
    vector.set(draw(shape, random.fork(name)), offset);
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

/** Layers one after the other. */
export function sequential(
  inputShape: Shape,
  builders: readonly LayerBuilder[],
  options: { loss?: Loss; name?: string } = {},
): Model {
  checkOptions("sequential", options, ["loss", "name"], "sequential([2], layers, { loss: meanSquaredError })");
  const { loss = softmaxCrossEntropy, name = "sequential" } = options;
  checkLoss(name, loss);
  const layers: Layer[] = [];
  for (const [i, build] of builders.entries())
    layers.push(build(layers.at(-1)?.outputShape ?? inputShape, `layer${i + 1}`));
  return {
    name,
    inputShape,
    loss,
    parameters: layers.flatMap((layer) => layer.parameters),
    state: layers.flatMap((layer) => layer.state),
    forward: (parameters, state, inputs, pass) => passThrough(layers, parameters, state, inputs, pass),
  };
}

/** Each layer's outputs are the next one's inputs; each gives the state that the layers before it left. */
const passThrough = (layers: readonly Layer[], parameters: Tensors, state: Tensors, inputs: Expr, pass: Pass): Passed =>
  layers.reduce((before: Passed, layer) => layer.forward(parameters, before.state, before.outputs, pass), {
    outputs: inputs,
    state,
  });

export interface MlpOptions {
  /** After each hidden layer: a name, or a function of your own. Default: "relu". */
  readonly activation?: ActivationName | Activation;
  /** The part of each hidden layer's units that is dropped in training. */
  readonly dropout?: number;
  /** The part of the inputs that is dropped in training. */
  readonly inputDropout?: number;
  readonly weights?: Initializer;
  readonly loss?: Loss;
}

const MLP = 'mlp([64, 32, 10], { activation: "tanh" })';

/** A multi-layer perceptron: `sizes` from inputs to outputs, `[784, 1000, 1000, 10]`. */
export function mlp(sizes: readonly number[], options: MlpOptions = {}): Model {
  if (!Array.isArray(sizes))
    throw new TypeError(`mlp: sizes is ${quoteValue(sizes)}; give one list, from inputs to outputs: mlp([64, 32, 10])`);
  checkOptions("mlp", options, ["activation", "dropout", "inputDropout", "weights", "loss"], MLP);
  if (sizes.length < 2) throw new RangeError(`mlp: sizes ${quoteList(sizes)}; give inputs and outputs at least`);
  const { activation = "relu", dropout: rate = 0, inputDropout = 0, weights, loss } = options;
  activationOf(activation);
  const hidden = sizes
    .slice(1, -1)
    .flatMap((units) => [
      dense(units, weights === undefined ? { activation } : { activation, weights }),
      ...(rate > 0 ? [dropout(rate)] : []),
    ]);
  const last = dense(sizes[sizes.length - 1], weights === undefined ? {} : { weights });
  const layers = [...(inputDropout > 0 ? [dropout(inputDropout)] : []), ...hidden, last];
  return sequential([sizes[0]], layers, { name: `mlp:${sizes.join("-")}`, ...(loss === undefined ? {} : { loss }) });
}

/** Softmax regression, the net without hidden layers: its cost is convex. */
export const softmaxRegression = (inputs: number, classes: number): Model => ({
  ...sequential([inputs], [dense(classes, { weights: zerosInitializer })]),
  name: `softmax:${inputs}-${classes}`,
});

export interface FunctionModelOptions {
  readonly name?: string;
  readonly inputShape: Shape;
  readonly parameters: readonly Parameter[];
  readonly loss: Loss;
  /** Outputs from named parameters and a batch of inputs, as an expression. */
  readonly predict: (parameters: Readonly<Record<string, Expr>>, inputs: Expr) => Expr;
}

/** A function of one's own, to be fitted like any net. */
export function functionModel(options: FunctionModelOptions): Model {
  const { name = "function", predict, ...model } = options;
  checkLoss(name, model.loss);
  return { ...model, name, state: [], forward: (w, state, inputs) => ({ outputs: predict(w, inputs), state }) };
}
