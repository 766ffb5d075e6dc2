import { describe, expect, it } from "vitest";
import { activationNames, dense, initialize, sequential } from "../../src/nn/index.ts";
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
