import type { Vector } from "../expr/array.ts";
import type { Layout } from "../expr/layout.ts";
import { type DType, type Expr, input } from "../expr/node.ts";
import { quoteList } from "../expr/quote.ts";
import { type Shape, sizeOf } from "../expr/shape.ts";
import { Random } from "../random/index.ts";
import type { ActivationName } from "./activations.ts";
import { type Initializer, zeros as zerosInitializer } from "./initializers.ts";
import { dense, dropout, type Layer, type LayerBuilder, type Parameter, type Pass } from "./layers.ts";
import { type Loss, softmaxCrossEntropy } from "./losses.ts";

/** A function with parameters, from a batch of inputs to a batch of outputs, and the loss that it is trained on. */
export interface Model {
  readonly name: string;
  /** The shape of one example. */
  readonly inputShape: Shape;
  readonly parameters: readonly Parameter[];
  readonly loss: Loss;
  /** Outputs for a batch: inputs are [batch, ...inputShape]. */
  forward(parameters: Readonly<Record<string, Expr>>, inputs: Expr, pass: Pass): Expr;
}

/** Where each parameter lies in w: one after the other, in the model's order. */
export function layoutOf({ parameters }: Pick<Model, "parameters">): Layout {
  let offset = 0;
  return parameters.map(({ name, shape }) => {
    const place = { name, shape, offset };
    offset += sizeOf(shape);
    return place;
  });
}

export const parameterCount = ({ parameters }: Pick<Model, "parameters">): number =>
  parameters.reduce((count, { shape }) => count + sizeOf(shape), 0);

/** Fills w with the model's first weights. Each parameter has a stream of its own: a changed layer leaves the others as they were. */
export function initialize(model: Pick<Model, "parameters">, w: Vector, seed: number): void {
  const random = new Random(seed, "weights");
  for (const [i, { name, offset }] of layoutOf(model).entries()) {
    const { shape, initialize: draw } = model.parameters[i];
    w.set(draw(shape, random.fork(name)), offset);
  }
}

/** The parameters as named inputs of a program. */
export const parameterInputs = ({ parameters }: Pick<Model, "parameters">, dtype: DType): Record<string, Expr> =>
  Object.fromEntries(parameters.map(({ name, shape }) => [name, input(name, shape, dtype)]));

/** Layers one after the other. */
export function sequential(
  inputShape: Shape,
  builders: readonly LayerBuilder[],
  { loss = softmaxCrossEntropy, name = "sequential" }: { loss?: Loss; name?: string } = {},
): Model {
  const layers: Layer[] = [];
  for (const [i, build] of builders.entries())
    layers.push(build(layers.at(-1)?.outputShape ?? inputShape, `layer${i + 1}`));
  return {
    name,
    inputShape,
    loss,
    parameters: layers.flatMap((layer) => layer.parameters),
    forward: (parameters, inputs, pass) => layers.reduce((x, layer) => layer.forward(parameters, x, pass), inputs),
  };
}

export interface MlpOptions {
  readonly activation?: ActivationName;
  /** The part of each hidden layer's units that is dropped in training. */
  readonly dropout?: number;
  /** The part of the inputs that is dropped in training. */
  readonly inputDropout?: number;
  readonly weights?: Initializer;
  readonly loss?: Loss;
}

/** A multi-layer perceptron: `sizes` from inputs to outputs, `[784, 1000, 1000, 10]`. */
export function mlp(sizes: readonly number[], options: MlpOptions = {}): Model {
  if (sizes.length < 2) throw new RangeError(`mlp: sizes ${quoteList(sizes)}; give inputs and outputs at least`);
  const { activation = "relu", dropout: rate = 0, inputDropout = 0, weights, loss } = options;
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
export const functionModel = ({ name = "function", predict, ...model }: FunctionModelOptions): Model => ({
  ...model,
  name,
  forward: (parameters, inputs) => predict(parameters, inputs),
});
