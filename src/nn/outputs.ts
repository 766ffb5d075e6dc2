import { type DType, type Expr, input, sizeOf } from "../expr/index.ts";
import { type Model, parameterInputs, stateInputs } from "./model.ts";

/** The outputs for a batch of inputs, [batch, …], outside training, as an expression of the model's tensors. */
export function outputsFor(model: Model, inputs: Expr, dtype: DType): Expr {
  const mask = (): never => {
    throw new Error(`${model.name}: a mask was asked for outside training`);
  };
  const pass = { training: false, mask };
  return model.forward(parameterInputs(model, dtype), stateInputs(model, dtype), inputs, pass).outputs;
}

/** Elements of a model's output for one example. */
export const outputSize = (model: Model): number =>
  sizeOf(outputsFor(model, input("net_inputs", [1, ...model.inputShape], "f32"), "f32").shape);
