import { grad } from "../../expr/grad.ts";
import { type DType, type Expr, input } from "../../expr/node.ts";
import { add, cast } from "../../expr/operators/index.ts";
import { type Shape, sizeOf } from "../../expr/shape.ts";
import { l2, type Model, parameterInputs, stateInputs } from "../../nn/index.ts";

/** A tensor of dropout factors that a program wants before each run. */
export interface MaskInput {
  readonly name: string;
  readonly shape: Shape;
  /** The probability of 0. */
  readonly rate: number;
}

/** One pass over a batch, as named results: `cost`, `correct` where it is known, and a gradient for each parameter. */
export interface BatchProgram {
  readonly outputs: Readonly<Record<string, Expr>>;
  readonly masks: readonly MaskInput[];
}

/** The names of a batch's tensors; parameters have their own. */
export const INPUTS = "batch_inputs";
export const TARGETS = "batch_targets";
export const gradientName = (parameter: string): string => `gradient_of_${parameter}`;

export interface ProgramOptions {
  readonly model: Model;
  /** Examples in the batch. */
  readonly batch: number;
  /** Numbers in one example's target: 1 for a class index. */
  readonly targetSize: number;
  readonly dtype: DType;
  /** The strength of a term ½·l2·‖w‖² in the training cost, over all parameters. */
  readonly l2?: number;
}

/** The cost with dropout and L2, and its gradient. */
export function trainingProgram(options: ProgramOptions): BatchProgram {
  const { parameters, outputs, masks } = passOver(options, true);
  const strength = options.l2 ?? 0;
  const weights = Object.values(parameters);
  const cost = strength > 0 ? add(outputs.cost, l2(weights, strength)) : outputs.cost;
  const gradients = grad(cost, weights);
  const named = Object.keys(parameters).map((name, i) => [gradientName(name), gradients[i]] as const);
  return { outputs: { ...outputs, cost, ...Object.fromEntries(named) }, masks };
}

/** The dropout masks of a step: none where the model has no dropout. */
export const masksOf = (options: ProgramOptions): readonly MaskInput[] => passOver(options, true).masks;

/** The cost as it is reported: without dropout, without L2. */
export const evaluationProgram = (options: ProgramOptions): BatchProgram => passOver(options, false);

/** Numbers in a model's output for one example. */
export function outputSize(model: Model): number {
  const inputs = input(INPUTS, [1, ...model.inputShape], "f32");
  const mask = (shape: Shape): Expr => input("mask", shape, "f32");
  const pass = { training: false, mask };
  return sizeOf(model.forward(parameterInputs(model, "f32"), stateInputs(model, "f32"), inputs, pass).outputs.shape);
}

function passOver({ model, batch, targetSize, dtype }: ProgramOptions, training: boolean) {
  const parameters = parameterInputs(model, dtype);
  const inputs = input(INPUTS, [batch, ...model.inputShape], dtype);
  const targets = input(TARGETS, targetSize === 1 ? [batch] : [batch, targetSize], dtype);
  const masks: MaskInput[] = [];
  const mask = (shape: Shape, rate: number): Expr => {
    const name = `mask${masks.length + 1}`;
    masks.push({ name, shape, rate });
    return input(name, shape, dtype);
  };
  const { outputs: results } = model.forward(parameters, stateInputs(model, dtype), inputs, { training, mask });
  // A layer or a loss may compute in float64 in between; what comes out is of the net's own type.
  const cost = cast(model.loss.cost(results, targets), dtype);
  const correct = model.loss.correct?.(results, targets);
  const outputs: Record<string, Expr> = { cost, ...(correct === undefined ? {} : { correct: cast(correct, dtype) }) };
  return { parameters, outputs, masks };
}

/** Numbers in all of a batch's masks. */
export const maskSize = (masks: readonly MaskInput[]): number =>
  masks.reduce((size, { shape }) => size + sizeOf(shape), 0);
