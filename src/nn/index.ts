export {
  type Activation,
  type ActivationName,
  activationNames,
  activations,
  elu,
  gelu,
  leakyRelu,
  mish,
  selu,
  silu,
} from "./activations.ts";
export type { Initializer } from "./initializers.ts";
export * as initializers from "./initializers.ts";
export {
  type DenseOptions,
  dense,
  dropout,
  flatten,
  type Layer,
  type LayerBuilder,
  type Parameter,
  type Pass,
  type Passed,
  type Tensors,
} from "./layers.ts";
export {
  binaryCrossEntropy,
  type Loss,
  l2,
  losses,
  meanSquaredError,
  type StatedLoss,
  softmaxCrossEntropy,
  type Targets,
} from "./losses.ts";
export {
  type FunctionModelOptions,
  functionModel,
  initialize,
  initializeState,
  layoutOf,
  type MlpOptions,
  type Model,
  mlp,
  parameterCount,
  parameterInputs,
  sequential,
  softmaxRegression,
  stateCount,
  stateInputs,
  stateLayoutOf,
} from "./model.ts";
