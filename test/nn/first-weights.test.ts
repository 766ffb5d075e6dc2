import { describe, expect, it } from "vitest";
import {
  activationNames,
  conv2d,
  dense,
  flatten,
  initialize,
  layoutOf,
  modelFromJson,
  modelToJson,
  parameterCount,
  sequential,
} from "../../src/nn/index.ts";
import { fans } from "../../src/nn/initializers.ts";

/** The variance of the weights that a layer of 300 inputs and 100 units begins with, before this activation. */
function varianceBefore(activation: (typeof activationNames)[number]): number {
  const weights = new Float64Array(300 * 100);
  initialize(sequential([300], [dense(100, { activation, bias: false })]), weights, 1);
  return weights.reduce((sum, w) => sum + w * w, 0) / weights.length;
}

const [he, glorot, lecun] = [2 / 300, 2 / 400, 1 / 300];
const wanted = {
  ...{ relu: he, "leaky-relu": he, softplus: he, gelu: he, silu: he, swish: he, elu: he, mish: he },
  ...{ tanh: glorot, sigmoid: glorot, identity: glorot, selu: lecun },
};

/** 30,000 draws: the sample variance is within 3 % of the true one, and the three are 25 % apart at least. */
describe("the initial weights of a dense layer", () => {
  it.each(activationNames)(
    "before %s are drawn as its kin wants: He's for ReLU and those like it, LeCun's for SELU, else Glorot's",
    (name) => {
      expect(varianceBefore(name) / wanted[name]).toBeGreaterThan(0.97);
      expect(varianceBefore(name) / wanted[name]).toBeLessThan(1.03);
    },
  );
});

describe("the initial values of weights and biases", () => {
  const truncated = { name: "truncated-normal", deviation: 0.02 };
  const fives = { name: "constant", value: 5 };
  const own = { weights: truncated, biases: fives };
  const model = sequential([1, 6, 6], [conv2d(40, 3, own), flatten(), dense(50, own)]);

  it("are those that a layer names, and plain data keep them", () => {
    const data = modelToJson(model);
    expect(data.layers).toMatchObject([own, {}, own]);
    const again = modelFromJson(JSON.parse(JSON.stringify(data)));
    const [w, same] = [model, again].map((each) => {
      const values = new Float64Array(parameterCount(each));
      initialize(each, values, 3);
      return values;
    });
    expect(same).toEqual(w);
    for (const { name, shape, offset } of layoutOf(model)) {
      const values = w.subarray(offset, offset + shape.reduce((a, b) => a * b));
      if (name.endsWith("bias")) expect(new Set(values)).toEqual(new Set([5]));
      else expect(Math.max(...values.map(Math.abs))).toBeGreaterThan(0.035);
      if (!name.endsWith("bias")) expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(0.04);
    }
  });

  it("are refused where there is no bias to draw", () => {
    const layer = dense(3, { bias: false, biases: fives });
    expect(() => sequential([2], [layer])).toThrow("dense: biases is given, but bias is false");
  });
});

describe("fan-in and fan-out", () => {
  it.each([
    [[], 1, 1],
    [[7], 7, 7],
    [[300, 100], 300, 100],
    // A convolution's kernel of 3 × 3, from 16 channels to 32: each output depends on 9·16 inputs.
    [[3, 3, 16, 32], 144, 288],
  ])("of shape %j are %d and %d, as Keras counts them", (shape, fanIn, fanOut) => {
    expect(fans(shape)).toEqual({ fanIn, fanOut });
  });
});
