import { constant, type DType, type Expr, input, type Shape, sizeOf } from "../../expr/index.ts";
import { cast, div, dot } from "../../expr/operators/index.ts";
import { eachLoss, type Model, parameterInputs, stateInputs, type Tensors } from "../../nn/index.ts";

/** A tensor of dropout factors that a program needs before each run. */
export interface MaskInput {
  readonly name: string;
  readonly shape: Shape;
  /** The probability of dropping a unit. */
  readonly rate: number;
}

/** A model, with the shape of its targets and the type to compute in. */
export interface Net {
  readonly model: Model;
  /** Elements of one example's target: 1 for a class index. */
  readonly targetSize: number;
  readonly dtype: DType;
  /** Whether its examples have weights. */
  readonly weighted?: true;
}

export interface PassOptions extends Net {
  /** Examples in the batch. */
  readonly batch: number;
}

/** A net's forward pass over a batch, as expressions; all programs are built from one. */
export interface Pass {
  readonly batch: number;
  readonly dtype: DType;
  readonly parameters: Tensors;
  /** The model's state after the batch, by name. */
  readonly state: Tensors;
  readonly inputs: Expr;
  readonly outputs: Expr;
  readonly targets: Expr;
  /** The mean loss of the batch, without L2: Σℓᵢ / batch, or with weights Σwᵢℓᵢ / batch, where all examples' weights have the mean 1. */
  readonly loss: Expr;
  /** The examples' weights, [batch]; missing if each counts the same. */
  readonly weights?: Expr;
  /** How many of the batch's examples are right; undefined for losses without that notion. */
  readonly correct: Expr | undefined;
  readonly masks: readonly MaskInput[];
}

/** Whether layers compute as in training: with dropout (true), without it, or not at all (false). */
export type Mode = boolean | "without dropout";

/** Names of a program's tensors besides the parameters, which have their own names. */
export const INPUTS = "batch_inputs";
export const TARGETS = "batch_targets";
export const WEIGHTS = "batch_weights";
export const NOISE = "noise";
export const directionName = (parameter: string): string => `direction_of_${parameter}`;
/** A gradient, or another quantity with one element per weight, such as a matrix times a direction. */
export const gradientName = (parameter: string): string => `gradient_of_${parameter}`;
/** All gradients, concatenated in the parameters' order. */
export const GRADIENTS = "gradients";
/** A tensor of the model's state after the batch; before the batch it goes by its own name. */
export const nextStateName = (tensor: string): string => `next_${tensor}`;

/** A net's parameters and its state, by name. */
export interface NetTensors {
  readonly parameters: Tensors;
  readonly state: Tensors;
}

/**
 * Builds the pass, for training or for evaluation. `tensors`: by default inputs by their own names.
 */
export function passOver(
  { model, batch, targetSize, dtype, weighted }: PassOptions,
  training: Mode = false,
  tensors?: NetTensors,
): Pass {
  const forward = forwardPass({ model, batch, dtype }, training, tensors);
  const targets = input(TARGETS, targetSize === 1 ? [batch] : [batch, targetSize], dtype);
  const weights = weighted && input(WEIGHTS, [batch], dtype);
  const loss = weights
    ? div(dot(weights, eachLoss(model.loss, forward.outputs, targets)), batch)
    : model.loss.value(forward.outputs, targets);
  return {
    ...forward,
    batch,
    dtype,
    targets,
    // A layer or a loss may compute in float64 internally; the result is of the net's own type.
    loss: cast(loss, dtype),
    ...(weights && { weights }),
    correct: model.loss.correct?.(forward.outputs, targets),
  };
}

/** The dropout masks of a step; empty for models without dropout. */
export const masksOf = (model: Model, batch: number, dtype: DType): readonly MaskInput[] =>
  forwardPass({ model, batch, dtype }, true).masks;

/** The total size of a batch's masks. */
export const maskSize = (masks: readonly MaskInput[]): number =>
  masks.reduce((size, { shape }) => size + sizeOf(shape), 0);

function forwardPass(
  { model, batch, dtype }: Pick<PassOptions, "model" | "batch" | "dtype">,
  training: Mode,
  { parameters, state }: NetTensors = {
    parameters: parameterInputs(model, dtype),
    state: stateInputs(model, dtype),
  },
) {
  const masks: MaskInput[] = [];
  const mask = (shape: Shape, rate: number): Expr => {
    if (!training) throw new Error(`${model.name}: a mask was asked for outside training`);
    if (training === "without dropout") return constant(1, dtype);
    const name = `mask${masks.length + 1}`;
    masks.push({ name, shape, rate });
    return input(name, shape, dtype);
  };
  const inputs = input(INPUTS, [batch, ...model.inputShape], dtype);
  return {
    parameters,
    inputs,
    masks,
    ...model.forward(parameters, state, inputs, { training: training !== false, mask }),
  };
}
