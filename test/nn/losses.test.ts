import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkGradient, constant, evaluateScalar, input } from "../../src/expr/index.ts";
import { activations, binaryCrossEntropy, l2, meanSquaredError, softmaxCrossEntropy } from "../../src/nn/index.ts";

const logits = input("logits", [4, 3]);
const labels = input("labels", [4]);
const numbers = (count: number) =>
  fc.array(fc.double({ min: -8, max: 8, noNaN: true }), { minLength: count, maxLength: count });

describe("losses", () => {
  it("softmax cross-entropy is −log of the label's share", () => {
    fc.assert(
      fc.property(numbers(12), fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 4, maxLength: 4 }), (z, y) => {
        const direct = y.map((label, i) => {
          const row = z.slice(3 * i, 3 * i + 3).map(Math.exp);
          return -Math.log(row[label] / row.reduce((a, b) => a + b));
        });
        const value = evaluateScalar(softmaxCrossEntropy.value(logits, labels), { logits: z, labels: y });
        expect(value).toBeCloseTo(direct.reduce((a, b) => a + b) / 4, 10);
      }),
    );
  });

  it("stay finite where the logits are huge, and know their derivative", () => {
    const z = [900, 0, -900, 1, 2, 3, -1e3, 0, 1e3, 0, 0, 0];
    const feeds = { logits: z, labels: [2, 0, 0, 1] };
    expect(evaluateScalar(softmaxCrossEntropy.value(logits, labels), feeds)).toBeCloseTo(
      (1800 + 2.4076059644 + 2000 + Math.log(3)) / 4,
      8,
    );
    const two = input("z", [4]);
    const targets = constant([1, 0, 0, 1]);
    expect(evaluateScalar(binaryCrossEntropy.value(two, targets), { z: [800, -800, 800, -800] })).toBe(400);
    expect(checkGradient(binaryCrossEntropy.value(two, targets), [two], { z: [0.3, -1, 2, -5] }).error).toBeLessThan(
      1e-9,
    );
    expect(
      checkGradient(softmaxCrossEntropy.value(logits, labels), [logits], { ...feeds, logits: z.map((x) => x / 500) })
        .error,
    ).toBeLessThan(1e-9);
  });

  it("count what is right", () => {
    const feeds = { logits: [3, 1, 2, 0, 5, 1, 1, 1, 9, 2, 1, 0], labels: [0, 1, 0, 2] };
    const { correct } = softmaxCrossEntropy;
    expect(correct && evaluateScalar(correct(logits, labels), feeds)).toBe(2);
  });

  it("mean squared error and L2 in closed form", () => {
    const out = input("out", [2, 1]);
    expect(evaluateScalar(meanSquaredError.value(out, constant([1, 3])), { out: [2, 5] })).toBe(2.5);
    expect(evaluateScalar(l2([out], 0.5), { out: [2, 4] })).toBe(5);
  });
});

describe("activations", () => {
  const x = input("x");
  // PyTorch 2.13, float64: torch.nn.functional at 0.7 and −1.3.
  it.each([
    ["relu", 0.7, 0],
    ["leaky-relu", 0.7, -0.013],
    ["tanh", 0.6043677771171635, -0.8617231593133063],
    ["sigmoid", 0.6681877721681662, 0.2141650169574414],
    ["softplus", 1.103186048885458, 0.2410084538329922],
    ["gelu", 0.5306254434438489, -0.1258406299612934],
    ["silu", 0.4677314405177163, -0.2784145220446738],
    ["swish", 0.4677314405177163, -0.2784145220446738],
    ["elu", 0.7, -0.7274682069659875],
    ["selu", 0.7354906911488363, -1.2789613751543256],
    ["mish", 0.5611483776438518, -0.3073824647494959],
  ] as const)("%s", (name, right, left) => {
    expect(evaluateScalar(activations[name](x), { x: 0.7 })).toBeCloseTo(right, 14);
    expect(evaluateScalar(activations[name](x), { x: -1.3 })).toBeCloseTo(left, 14);
    for (const at of [0.7, -1.3]) expect(checkGradient(activations[name](x), [x], { x: at }).error).toBeLessThan(1e-8);
  });
});
