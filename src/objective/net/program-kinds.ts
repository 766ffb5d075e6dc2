import { type Expr, grad, hvp, input, jvp, vjp } from "../../expr/index.ts";
import { add, cast, concat, div, reshape } from "../../expr/operators/index.ts";
import { l2, type Model, parameterCount } from "../../nn/index.ts";
import {
  directionName,
  GRADIENTS,
  gradientName,
  type MaskInput,
  type Mode,
  type NetTensors,
  nextStateName,
  type Pass,
  type PassOptions,
  passOver,
} from "./pass.ts";

/** A quantity that a program computes for a batch. */
export interface ProgramKind {
  /** Unique among all kinds. */
  readonly name: string;
  /** Whether layers compute as in training, with dropout or without. */
  readonly training?: Mode;
  /** Its results by name. */
  build(pass: Pass): Readonly<Record<string, Expr>>;
}

/** A kind's expressions for batches of one size. */
export interface BatchProgram {
  readonly outputs: Readonly<Record<string, Expr>>;
  readonly masks: readonly MaskInput[];
}

/** `tensors`: the net's own, by default inputs by their names. */
export function programOf({ build, training }: ProgramKind, options: PassOptions, tensors?: NetTensors): BatchProgram {
  const pass = passOver(options, training, tensors);
  return { outputs: build(pass), masks: pass.masks };
}

/**
 * The loss with dropout and a term ½·l2·‖w‖² over all parameters, its gradient, the model's state after the batch, and
 * `correct` if the loss defines it.
 */
export const training = (strength: number): ProgramKind => ({
  name: `training with l2 ${strength}`,
  training: true,
  build: (pass) => {
    const weights = Object.values(pass.parameters);
    const loss = strength > 0 ? add(pass.loss, l2(weights, strength)) : pass.loss;
    return { ...outcome(pass), loss, ...perParameter(pass, grad(loss, weights)), ...nextState(pass) };
  },
});

/** Elements that can be copied in the 3 µs that ONNX Runtime takes to return one more result. */
const SMALL = 4096;

/** The same kind with all gradients in one result if that is faster, as for small tensors: 1.1 times on digits. */
export function joinGradients(kind: ProgramKind, model: Model): ProgramKind {
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

/** The reported loss: without dropout and L2. */
export const evaluation: ProgramKind = { name: "evaluation", build: (pass) => outcome(pass) };

/** The model's state after a batch, as training moves it, but without dropout. */
export const batchStatistics: ProgramKind = {
  name: "batch statistics",
  training: "without dropout",
  build: (pass) => nextState(pass),
};

/** Only the loss. */
export const value: ProgramKind = { name: "value", build: ({ loss }) => ({ loss }) };

/** Loss and gradient, and the accuracy, which costs next to nothing once the outputs are known. */
export const gradient: ProgramKind = {
  name: "gradient",
  build: (pass) => ({
    loss: pass.loss,
    ...(pass.correct === undefined ? {} : { accuracy: cast(div(pass.correct, pass.batch), pass.dtype) }),
    ...perParameter(pass, grad(pass.loss, Object.values(pass.parameters))),
  }),
};

/** ∇²f·v, the gradient of ∇fᵀv. */
export const hessianProduct: ProgramKind = {
  name: "Hessian product",
  build: (pass) => perParameter(pass, hvp(pass.loss, Object.values(pass.parameters), directions(pass))),
};

/** JᵀH_LJ·v: forward to the change of the outputs, times the Hessian of the loss with respect to the outputs, and back. */
export const gaussNewtonProduct: ProgramKind = {
  name: "Gauss–Newton product",
  build: (pass) => {
    const { loss, outputs } = pass;
    const parameters = Object.values(pass.parameters);
    const change = jvp(outputs, parameters, directions(pass));
    const [curved] = vjp(grad(loss, [outputs])[0], change, [outputs]);
    return perParameter(pass, vjp(outputs, curved, parameters));
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
