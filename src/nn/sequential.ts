import { checkNumber, checkOptions, domains, quoteList, quoteValue } from "../arguments/index.ts";
import type { Expr, Shape } from "../expr/index.ts";
import type { Activation, ActivationName } from "./activations.ts";
import { type Initializer, type InitializerName, zeros } from "./initializers.ts";
import type { LayerBuilder, Parameter, Tensors } from "./layer.ts";
import { chainOf } from "./layer-chain.ts";
import { type LayerData, placeIn, readLayer } from "./layer-data.ts";
import { dense } from "./layers/dense.ts";
import { dropout } from "./layers/dropout.ts";
import { checkLoss, type Loss } from "./loss.ts";
import { softmaxCrossEntropy } from "./losses/softmax-cross-entropy.ts";
import { builtByLayers, checkTensors, isShape, type Model } from "./model.ts";
import type { Written } from "./named.ts";
import { registry as builtIn, type Registry } from "./registry.ts";

/** The loss and the name of a model made of layers. */
export interface SequentialOptions {
  /** Compares the outputs with the targets. Default: softmax cross-entropy. */
  readonly loss?: Loss;
  /** Shown in tables and reports. Default: "sequential". */
  readonly name?: string;
  /** Where the names of layers and functions of your own are looked up. Default: the built-in ones. */
  readonly registry?: Registry;
}

/**
 * A model of layers in sequence, made by functions such as `dense(…)` or given as plain data, `{ kind: "dense", units: 64 }`.
 * Throws a RangeError if they do not fit together.
 *
 * @param inputShape the shape of one example
 */
export function sequential(
  inputShape: Shape,
  layers: readonly (LayerBuilder | LayerData)[],
  options: SequentialOptions = {},
): Model {
  checkOptions(
    "sequential",
    options,
    ["loss", "name", "registry"],
    "sequential([2], layers, { loss: meanSquaredError })",
  );
  const { name = "sequential", loss: given = softmaxCrossEntropy, registry = builtIn } = options;
  const loss = checkLoss(name, given);
  if (!isShape(inputShape))
    throw new TypeError(`${name}: inputShape is ${quoteValue(inputShape)}; give a list of whole numbers, such as [64]`);
  const {
    layers: built,
    parameters,
    state,
    forward,
  } = chainOf(
    inputShape,
    layers.map((each, i) => readLayer(each, placeIn("layers", i), registry)),
  );
  return builtByLayers({ ...{ name, inputShape, loss }, ...{ parameters, state, layers: built, forward } });
}

/** The parts of a multi-layer perceptron besides its sizes. */
export interface MlpOptions {
  /** After each hidden layer: a name, a name with settings, or a function of your own. Default: "relu". */
  readonly activation?: ActivationName | Activation | Written;
  /** The fraction of each hidden layer's units that is dropped in training, 0 to less than 1. Default 0. */
  readonly dropout?: number;
  /** The fraction of the inputs that is dropped in training, 0 to less than 1. Default 0. */
  readonly inputDropout?: number;
  /** The initializer of all weights. Default: by the activation, He's for ReLU; biases are 0. */
  readonly weights?: InitializerName | Initializer | Written;
  /** Compares the outputs with the targets. Default: softmax cross-entropy. */
  readonly loss?: Loss;
}

const MLP = 'mlp([64, 32, 10], { activation: "tanh" })';

/**
 * A multi-layer perceptron, dense layers with an activation between them: `sizes` from inputs to outputs, such as
 * `[784, 1000, 1000, 10]`. Throws a RangeError or TypeError for a value that is not allowed.
 */
export function mlp(sizes: readonly number[], options: MlpOptions = {}): Model {
  if (!Array.isArray(sizes))
    throw new TypeError(`mlp: sizes is ${quoteValue(sizes)}; give one list, from inputs to outputs: mlp([64, 32, 10])`);
  checkOptions("mlp", options, ["activation", "dropout", "inputDropout", "weights", "loss"], MLP);
  if (sizes.length < 2) throw new RangeError(`mlp: sizes is ${quoteList(sizes)}; give at least inputs and outputs`);
  const { activation = "relu", dropout: rate = 0, inputDropout = 0, weights, loss } = options;
  for (const size of sizes) checkNumber(`mlp: a size of ${quoteList(sizes)}`, size, domains.count);
  checkNumber("mlp: dropout", rate, domains.fraction);
  checkNumber("mlp: inputDropout", inputDropout, domains.fraction);
  // Checked even without a hidden layer.
  dense(1, { activation });
  const hidden = sizes
    .slice(1, -1)
    .flatMap((units) => [dense(units, { activation, weights }), ...(rate > 0 ? [dropout(rate)] : [])]);
  const last = dense(sizes[sizes.length - 1], { weights });
  const layers = [...(inputDropout > 0 ? [dropout(inputDropout)] : []), ...hidden, last];
  return sequential([sizes[0]], layers, { name: `mlp:${sizes.join("-")}`, ...(loss === undefined ? {} : { loss }) });
}

/** Softmax regression, the net without hidden layers, from zero weights: its loss is convex. */
export const softmaxRegression = (inputs: number, classes: number): Model =>
  sequential([inputs], [dense(classes, { weights: zeros })], { name: `softmax:${inputs}-${classes}` });

/** Your own function of parameters and inputs, and the loss to train it with. */
export interface FunctionModelOptions {
  /** Shown in tables and reports. Default: "function". */
  readonly name?: string;
  /** The shape of one example. */
  readonly inputShape: Shape;
  /** The tensors to train, each with a name, a shape and an initializer. */
  readonly parameters: readonly Parameter[];
  /** Compares the outputs with the targets. */
  readonly loss: Loss;
  /** The outputs, [batch, …], from the parameters by name and a batch of inputs, [batch, ...inputShape]. */
  readonly predict: (parameters: Tensors, inputs: Expr) => Expr;
}

/**
 * Your own function, trained like any net. Throws a RangeError for two parameters of one name, or a name that is
 * reserved.
 */
export function functionModel(options: FunctionModelOptions): Model {
  const { name = "function", predict, ...model } = options;
  const loss = checkLoss(name, model.loss);
  checkTensors(name, model.parameters);
  return { ...model, name, loss, state: [], forward: (w, state, inputs) => ({ outputs: predict(w, inputs), state }) };
}
