import { type Expr, grad, hvp, input, jvp, vjp } from "../../expr/index.ts";
import { add, cast, concat, div, reshape } from "../../expr/operators/index.ts";
import { l2, type Model, parameterCount } from "../../nn/index.ts";
import {
  directionName,
  GRADIENTS,
  gradientName,
  type MaskInput,
  nextStateName,
  type Pass,
  type PassOptions,
  passOver,
} from "./pass.ts";

/** What can be computed of a batch. */
export interface Kind {
  /** Tells it from all others. */
  readonly name: string;
  /** With dropout. */
  readonly training?: boolean;
  /** Named results. */
  build(pass: Pass): Readonly<Record<string, Expr>>;
}

/** A kind for batches of one size. */
export interface BatchProgram {
  readonly outputs: Readonly<Record<string, Expr>>;
  readonly masks: readonly MaskInput[];
}

export function programOf({ build, training }: Kind, options: PassOptions): BatchProgram {
  const pass = passOver(options, training);
  return { outputs: build(pass), masks: pass.masks };
}

/**
 * The loss with dropout and a term ½·l2·‖w‖² over all parameters, its gradient, and the model's state after the batch;
 * `correct` where the loss can say.
 */
export const training = (strength: number): Kind => ({
  name: `training with l2 ${strength}`,
  training: true,
  build: (pass) => {
    const weights = Object.values(pass.parameters);
    const loss = strength > 0 ? add(pass.loss, l2(weights, strength)) : pass.loss;
    return { ...outcome(pass), loss, ...perParameter(pass, grad(loss, weights)), ...nextState(pass) };
  },
});

/** Numbers that are copied in the time that ONNX Runtime takes to hand out one result more, 3 µs. */
const SMALL = 4096;

/** The same kind with all gradients in one result where that is faster: where tensors are small, 1.1 times on digits. */
export function together(kind: Kind, model: Model): Kind {
  const names = model.parameters.map(({ name }) => gradientName(name));
  if (names.length < 2 || parameterCount(model) > SMALL * names.length) return kind;
  return {
    ...kind,
    name: `${kind.name}, gradients together`,
    build: (pass) => {
      const results = kind.build(pass);
      const others = Object.entries(results).filter(([name]) => !names.includes(name));
      return { ...Object.fromEntries(others), [GRADIENTS]: concat(names.map((name) => reshape(results[name], [-1]))) };
    },
  };
}

/** The loss as it is reported: without dropout, without L2. */
export const evaluation: Kind = { name: "evaluation", build: (pass) => outcome(pass) };

/** The loss alone. */
export const value: Kind = { name: "value", build: ({ loss }) => ({ loss }) };

/** With the accuracy, which costs next to nothing where the outputs are known. */
export const gradient: Kind = {
  name: "gradient",
  build: (pass) => ({
    loss: pass.loss,
    ...(pass.correct === undefined ? {} : { accuracy: cast(div(pass.correct, pass.batch), pass.dtype) }),
    ...perParameter(pass, grad(pass.loss, Object.values(pass.parameters))),
  }),
};

/** ∇²f·v, the gradient of ∇fᵀv. */
export const hessianProduct: Kind = {
  name: "Hessian product",
  build: (pass) => perParameter(pass, hvp(pass.loss, Object.values(pass.parameters), directions(pass))),
};

/** JᵀH_LJ·v: forward to the change of the outputs, through the Hessian of the loss by the outputs, and back. */
export const gaussNewtonProduct: Kind = {
  name: "Gauss–Newton product",
  build: (pass) => {
    const { loss, outputs } = pass;
    const parameters = Object.values(pass.parameters);
    const change = jvp(outputs, parameters, directions(pass));
    const [bent] = vjp(grad(loss, [outputs])[0], change, [outputs]);
    return perParameter(pass, vjp(outputs, bent, parameters));
  },
};

const outcome = ({ loss, correct, dtype }: Pass): Record<string, Expr> => ({
  loss,
  ...(correct === undefined ? {} : { correct: cast(correct, dtype) }),
});

const nextState = ({ state, dtype }: Pass): Record<string, Expr> =>
  Object.fromEntries(Object.entries(state).map(([name, value]) => [nextStateName(name), cast(value, dtype)]));

const directions = ({ parameters }: Pass): Expr[] =>
  Object.entries(parameters).map(([name, { shape, dtype }]) => input(directionName(name), shape, dtype));

const perParameter = ({ parameters }: Pass, values: readonly Expr[]): Record<string, Expr> =>
  Object.fromEntries(Object.keys(parameters).map((name, i) => [gradientName(name), values[i]] as const));
