import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluateOnnx } from "../../src/device/onnx-node/index.ts";
import { checkGradient, constant, div, dot, evaluate, evaluateScalar, grad, input } from "../../src/expr/index.ts";
import {
  activations,
  binaryCrossEntropy,
  eachLoss,
  l2,
  lossOf,
  meanSquaredError,
  mlp,
  modelFromJson,
  modelToJson,
  registry,
  smoothedCrossEntropy,
  softmaxCrossEntropy,
  statementOf,
} from "../../src/nn/index.ts";

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

interface Golden {
  readonly labelSmoothing: number;
  readonly logits: readonly (readonly number[])[];
  readonly labels: readonly number[];
  readonly weights: readonly number[];
  readonly mean: number;
  readonly each: readonly number[];
  readonly weighted: number;
  readonly gradient: readonly (readonly number[])[];
  readonly weightedGradient: readonly (readonly number[])[];
}
const file = new URL("../goldens/nn/losses.json", import.meta.url);
const { by, cases }: { by: string; cases: readonly Golden[] } = JSON.parse(readFileSync(file, "utf8"));

describe(`smoothed labels, as by ${by}`, () => {
  it.each(cases)("$labelSmoothing of $labels", async (golden) => {
    for (const dtype of ["f64", "f32"] as const) {
      const [batch, classes] = [golden.logits.length, golden.logits[0].length];
      const loss = smoothedCrossEntropy(golden.labelSmoothing);
      const [z, y, weights] = [
        input("z", [batch, classes], dtype),
        input("y", [batch], dtype),
        input("weights", [batch], dtype),
      ];
      const mean = loss.value(z, y);
      const each = eachLoss(loss, z, y);
      const weighted = div(dot(weights, each), batch);
      const exprs = [mean, each, weighted, ...grad(mean, [z]), ...grad(weighted, [z])];
      const feeds = { z: golden.logits.flat(), y: golden.labels, weights: golden.weights };
      const expected = [
        ...[[golden.mean], golden.each, [golden.weighted]],
        ...[golden.gradient.flat(), golden.weightedGradient.flat()],
      ];
      const found = dtype === "f64" ? evaluate(exprs, feeds) : await evaluateOnnx(exprs, feeds);
      for (const [k, { data }] of found.entries())
        for (const [i, wanted] of expected[k].entries())
          expect(Math.abs(data[i] - wanted)).toBeLessThan((dtype === "f64" ? 1e-12 : 1e-5) * Math.max(1, wanted));
    }
  });

  const smoothed = { name: "softmax-cross-entropy", labelSmoothing: 0.1 };
  const json = { format: "downhill-model 1", inputShape: [2], layers: [{ kind: "dense", units: 3 }] };

  it("are a setting of the loss, which a model's JSON keeps", () => {
    const model = mlp([2, 3], { loss: smoothedCrossEntropy(0.1) });
    expect(modelToJson(model).loss).toEqual(smoothed);
    const again = modelFromJson(JSON.parse(JSON.stringify(modelToJson(model))));
    expect(modelToJson(again)).toEqual(modelToJson(model));
    expect(again.loss.name).toBe("softmax cross-entropy, label smoothing 0.1");
    expect(modelToJson(mlp([2, 3], { loss: smoothedCrossEntropy(0) })).loss).toBe("softmax-cross-entropy");
    expect(modelFromJson({ ...json, loss: { name: "softmax-cross-entropy" } }).loss).toBe(softmaxCrossEntropy);
    expect(statementOf(again.loss)?.targets).toBe("class");
  });

  it("leave accuracy as it is", () => {
    const feeds = { logits: [3, 1, 2, 0, 5, 1, 1, 1, 9, 2, 1, 0], labels: [0, 1, 0, 2] };
    const { correct } = smoothedCrossEntropy(0.5);
    expect(correct && evaluateScalar(correct(logits, labels), feeds)).toBe(2);
  });

  it("are not written for a loss that was changed, since the change would be lost", () => {
    const changed = { ...smoothedCrossEntropy(0.1), name: "mine" };
    expect(() => modelToJson(mlp([2, 3], { loss: changed }))).toThrow("is a function that JSON cannot hold");
  });

  it.each<[unknown, string]>([
    [{ ...smoothed, labelSmoothing: 1 }, "labelSmoothing is 1; it must be a number from 0 up to, but not including, 1"],
    [
      { ...smoothed, labelSmoothing: "0.1" },
      'loss softmax-cross-entropy: labelSmoothing is "0.1"; it must be a finite',
    ],
    [{ ...smoothed, smoothing: 0.1 }, 'setting "smoothing" is not known; did you mean labelSmoothing?'],
    [{ ...smoothed, name: "mean-squared-error" }, 'loss mean-squared-error has no settings; "labelSmoothing" is given'],
    [{ ...smoothed, name: "softmax" }, 'loss "softmax" is not known; did you mean softmax-cross-entropy?'],
    [{ kind: "softmax-cross-entropy" }, "it must be the name of one, or an object with its name and settings"],
    [3, "a model's loss is 3; it must be the name of one, or an object with its name and settings"],
  ])("are refused where they are wrong: %j", (loss, words) => {
    expect(() => modelFromJson({ ...json, loss })).toThrow(words);
  });

  it("are refused outside of 0 to 1", () => {
    for (const wrong of [-0.1, 1, Number.NaN]) expect(() => smoothedCrossEntropy(wrong)).toThrow("labelSmoothing is");
    expect(lossOf(smoothed, registry).name).toBe(smoothedCrossEntropy(0.1).name);
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
