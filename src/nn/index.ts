/**
 * Models as plain data: layers, activations, initializers and losses, their texts and JSON, and saved weights.
 *
 * @module
 */

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
export { exportHuggingFace, type HuggingFaceFiles, type HuggingFaceOptions } from "./export/huggingface/folder.ts";
export { exportOnnx } from "./export/onnx.ts";
export { exportPyTorch, type PyTorchFiles } from "./export/pytorch/torch-module.ts";
export { exportModule } from "./export/script/script-module.ts";
export { exportSafetensors } from "./export/weights.ts";
export {
  type Filter,
  type FilteredTensor,
  filteredTensors,
  filtersOf,
  type RunningTensor,
  runningTensors,
} from "./filters.ts";
export { type Frozen, frozen, frozenLayout, gather } from "./frozen.ts";
export type { ImagePadding } from "./image-windows.ts";
export { type StrayIndex, strayIndex } from "./index-inputs.ts";
export type { Initializer, InitializerName } from "./initializers.ts";
/** Initializers of weights: functions that draw a tensor's values, and the table of them by name. */
export * as initializers from "./initializers.ts";
export {
  type InputNeed,
  type Layer,
  type LayerBuilder,
  type LayerKind,
  type LayerSpec,
  layer,
  type Parameter,
  type Pass,
  type Passed,
  type Plan,
  type Role,
  type Tensor,
  type Tensors,
} from "./layer.ts";
export { chainOf, type LayerChain, needOf } from "./layer-chain.ts";
export type { LayerData } from "./layer-data.ts";
export { activation } from "./layers/activation.ts";
export { averagePool } from "./layers/average-pool.ts";
export { type BatchNormOptions, batchNorm } from "./layers/batch-norm.ts";
export { type Conv2dOptions, conv2d } from "./layers/conv2d.ts";
export { type DenseOptions, dense } from "./layers/dense.ts";
export { denseConnection } from "./layers/dense-connection.ts";
export { dropout } from "./layers/dropout.ts";
export { type EmbeddingOptions, embedding } from "./layers/embedding.ts";
export { flatten } from "./layers/flatten.ts";
export { globalAverage } from "./layers/global-average.ts";
export { groupNorm } from "./layers/group-norm.ts";
export { layerNorm, type NormOptions } from "./layers/layer-norm.ts";
export { maxPool } from "./layers/max-pool.ts";
export { type ResidualOptions, residual } from "./layers/residual.ts";
export {
  canWeigh,
  eachLoss,
  type Loss,
  l2,
  loss,
  type StatedLoss,
  statementOf,
  type Targets,
  unweighable,
} from "./loss.ts";
export { binaryCrossEntropy } from "./losses/binary-cross-entropy.ts";
export { meanSquaredError } from "./losses/mean-squared-error.ts";
export { smoothedCrossEntropy, softmaxCrossEntropy } from "./losses/softmax-cross-entropy.ts";
export {
  checkTensors,
  initialize,
  initializeState,
  layersOf,
  layoutOf,
  type Model,
  parameterCount,
  parameterInputs,
  stateCount,
  stateInputs,
  stateLayoutOf,
} from "./model.ts";
export { lossOf, type ModelData, modelFromJson, modelToJson, type ReadOptions, type Shapes } from "./model-data.ts";
export { modelFor, parseModel, type TextOptions } from "./model-text.ts";
/** Published models as lists of layers, by functions and by names. */
export * as models from "./models/index.ts";
export type { Written } from "./named.ts";
export { nestedPlan } from "./nested-layers.ts";
export { Net } from "./net.ts";
export type { OptionReader } from "./option-reader.ts";
export { outputSize } from "./outputs.ts";
export type { PoolOptions } from "./pooling.ts";
export type { ClassPrediction, Prediction, ValuePrediction, ValuesPrediction } from "./prediction.ts";
export { layers, losses, type Registry, registry, usualLoss } from "./registry.ts";
export { packModel, type Restored, type SavedModel, type Trained, unpackModel } from "./saved.ts";
export {
  type FunctionModelOptions,
  functionModel,
  type MlpOptions,
  mlp,
  type SequentialOptions,
  sequential,
  softmaxRegression,
} from "./sequential.ts";
export {
  type DenseBlock,
  type DenseChain,
  type DensePlace,
  denseChain,
  densePlaces,
  passByBlocks,
} from "./structure.ts";
export {
  type FoundTensors,
  type TakenWeights,
  takeWeights,
  type WeightsOptions,
  weightsOf,
  withOutputsFor,
} from "./weights/index.ts";
