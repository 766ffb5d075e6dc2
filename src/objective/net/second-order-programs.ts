import { grad, hvp, jvp, vjp } from "../../expr/grad.ts";
import { type DType, type Expr, input } from "../../expr/node.ts";
import { cast, div } from "../../expr/operators/index.ts";
import { type Model, parameterInputs, stateInputs } from "../../nn/index.ts";

/** Names of a program's tensors beside the parameters, which have their own. */
export const INPUTS = "batch_inputs";
export const TARGETS = "batch_targets";
export const NOISE = "noise";
export const directionName = (parameter: string): string => `direction_of_${parameter}`;
export const resultName = (parameter: string): string => `result_of_${parameter}`;

/** A net's pass over a batch, as expressions. */
export interface Pass {
  readonly parameters: readonly Expr[];
  readonly names: readonly string[];
  readonly outputs: Expr;
  readonly targets: Expr;
  readonly cost: Expr;
  /** The part of the batch's examples that are right, where the loss can say. */
  readonly accuracy: Expr | undefined;
}

export interface PassOptions {
  readonly model: Model;
  /** Examples in the batch. */
  readonly batch: number;
  /** Numbers in one example's target: 1 for a class index. */
  readonly targetSize: number;
  readonly dtype: DType;
}

/** Without dropout: a cost that changes with every evaluation is no objective. */
export function passOver({ model, batch, targetSize, dtype }: PassOptions): Pass {
  const parameters = parameterInputs(model, dtype);
  const inputs = input(INPUTS, [batch, ...model.inputShape], dtype);
  const targets = input(TARGETS, targetSize === 1 ? [batch] : [batch, targetSize], dtype);
  const mask = (): never => {
    throw new Error(`${model.name}: a mask was asked for outside training`);
  };
  const { outputs } = model.forward(parameters, stateInputs(model, dtype), inputs, { training: false, mask });
  const correct = model.loss.correct?.(outputs, targets);
  return {
    names: Object.keys(parameters),
    parameters: Object.values(parameters),
    outputs,
    targets,
    // A loss may compute in float64 in between.
    cost: cast(model.loss.cost(outputs, targets), dtype),
    accuracy: correct === undefined ? undefined : cast(div(correct, batch), dtype),
  };
}

/** What can be computed of a batch: named results. */
export const programs = {
  cost: ({ cost }: Pass) => ({ cost }),
  /** With the accuracy, which costs next to nothing where the outputs are known. */
  gradient: (pass: Pass) => ({
    cost: pass.cost,
    ...(pass.accuracy === undefined ? {} : { accuracy: pass.accuracy }),
    ...results(pass, grad(pass.cost, pass.parameters)),
  }),
  /** ∇²f·v, the gradient of ∇fᵀv. */
  hessianProduct: (pass: Pass) => results(pass, hvp(pass.cost, pass.parameters, directions(pass))),
  /** JᵀH_LJ·v: forward to the change of the outputs, through the Hessian of the loss by the outputs, and back. */
  gaussNewtonProduct: (pass: Pass) => {
    const { cost, outputs, parameters } = pass;
    const change = jvp(outputs, parameters, directions(pass));
    const [bent] = vjp(grad(cost, [outputs])[0], change, [outputs]);
    return results(pass, vjp(outputs, bent, parameters));
  },
} as const;

const directions = ({ names, parameters }: Pass): Expr[] =>
  parameters.map(({ shape, dtype }, i) => input(directionName(names[i]), shape, dtype));

const results = ({ names }: Pass, values: readonly Expr[]): Record<string, Expr> =>
  Object.fromEntries(values.map((value, i) => [resultName(names[i]), value]));
