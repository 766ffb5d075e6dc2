import { evaluate } from "../../src/expr/evaluate.ts";
import { constant, input } from "../../src/expr/node.ts";
import { sizeOf } from "../../src/expr/shape.ts";
import {
  initialize,
  initializeState,
  layoutOf,
  type Model,
  parameterCount,
  parameterInputs,
  stateCount,
  stateLayoutOf,
} from "../../src/nn/index.ts";
import { Random } from "../../src/random/index.ts";

/** Parameters away from any symmetry: no two units alike, no bias zero. */
export function parametersOf(model: Model, seed = 1): Float64Array {
  const w = new Float64Array(parameterCount(model));
  initialize(model, w, seed);
  const random = new Random(seed, "offsets");
  return w.map((x) => x + 0.1 * random.normal());
}

/** So many random examples, row by row. */
export function examplesFor({ inputShape }: Model, count = 5): Float64Array {
  const random = new Random(3, "examples");
  return Float64Array.from({ length: count * sizeOf(inputShape) }, () => random.normal());
}

/** The state that a net begins with, as constants. */
function firstState(model: Model) {
  const s = new Float64Array(stateCount(model));
  initializeState(model, s, 1);
  const tensors = stateLayoutOf(model).map(({ name, shape, offset }) => {
    const part = s.subarray(offset, offset + sizeOf(shape));
    return [name, constant(part, "f64", shape)] as const;
  });
  return Object.fromEntries(tensors);
}

/** What the net answers to examples, in float64. */
export function answers(model: Model, w: Float64Array, examples = examplesFor(model)): Float64Array {
  const x = input("x", [examples.length / sizeOf(model.inputShape), ...model.inputShape]);
  const pass = {
    training: false,
    mask: (): never => {
      throw new Error("there is no dropout outside training");
    },
  };
  const { outputs } = model.forward(parameterInputs(model, "f64"), firstState(model), x, pass);
  const feeds = Object.fromEntries(
    layoutOf(model).map(({ name, shape, offset }) => [name, w.subarray(offset, offset + sizeOf(shape))]),
  );
  return evaluate([outputs], { ...feeds, x: examples })[0].data;
}
