import { evaluate } from "../../src/expr/evaluate.ts";
import { input } from "../../src/expr/node.ts";
import { sizeOf } from "../../src/expr/shape.ts";
import { initialize, type Model, parameterCount, parameterInputs } from "../../src/nn/index.ts";
import { layoutOf } from "../../src/nn/model.ts";
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

/** What the net answers to examples, in float64. */
export function answers(model: Model, w: Float64Array, examples = examplesFor(model)): Float64Array {
  const x = input("x", [examples.length / sizeOf(model.inputShape), ...model.inputShape]);
  const mask = (): never => {
    throw new Error("there is no dropout outside training");
  };
  const { outputs } = model.forward(parameterInputs(model, "f64"), {}, x, { training: false, mask });
  const feeds = Object.fromEntries(
    layoutOf(model).map(({ name, shape, offset }) => [name, w.subarray(offset, offset + sizeOf(shape))]),
  );
  return evaluate([outputs], { ...feeds, x: examples })[0].data;
}
