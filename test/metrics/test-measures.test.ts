import { describe, expect, test } from "vitest";
import { type Dataset, moons } from "../../src/data/index.ts";
import { referenceDevice } from "../../src/device/reference/interpreter.ts";
import { errorsFromLoss, evaluate, measureTest } from "../../src/metrics/index.ts";
import { dense, meanSquaredError, mlp, Net, sequential, softmaxCrossEntropy } from "../../src/nn/index.ts";
import { centring } from "../nn/running-mean.ts";

/** A regression on one input, its targets standardised by mean and deviation. */
const regression = (x: readonly number[], y: readonly (readonly number[])[], mean: number[], deviation: number[]) => {
  const set = {
    count: x.length,
    inputs: Float64Array.from(x),
    targets: Float64Array.from(y.flatMap((row) => row.map((value, k) => (value - mean[k]) / deviation[k]))),
  };
  const data: Dataset = {
    ...{ name: "lines", inputShape: [1], outputs: mean.length, task: "regression", classes: [] },
    ...{ source: "", licence: "", train: set, validation: set, test: set },
    ...{ standardization: { mean: [0], deviation: [1] }, targetStandardization: { mean, deviation } },
  };
  return data;
};

describe("what is measured of a net on its test set", () => {
  test("errors are those of the numbers as they were: 20, 30 and 40 for 10, 20 and 60", async () => {
    const data = regression([1, 2, 3], [[10], [20], [60]], [30], [20]);
    // x/2 − 1, standardised
    const net = new Net(
      { model: mlp([1, 1], { loss: meanSquaredError }), w: Float64Array.of(0.5, -1) },
      referenceDevice,
    );
    const measures = await measureTest(net, data);
    expect(measures?.metrics).toEqual({
      task: "regression",
      count: 3,
      targets: [
        {
          name: "0",
          rmse: expect.closeTo(Math.sqrt((100 + 100 + 400) / 3), 12),
          mae: expect.closeTo(40 / 3, 12),
          r2: expect.closeTo(1 - 600 / 1400, 12), // 20² + 10² + 30²
          baseline: { value: 30, mae: 20, rmse: expect.closeTo(Math.sqrt(1400 / 3), 12) },
        },
      ],
    });
    expect(measures?.predicted).toEqual([{ name: "0", actual: [10, 20, 60], predicted: [20, 30, 40] }]);
  });

  test("each of several targets has its own errors, in its own unit", async () => {
    const data = regression(
      [0, 1],
      [
        [1, 100],
        [3, 500],
      ],
      [2, 300],
      [1, 200],
    );
    // The first is predicted as 2x − 1, standardised, exactly; the second always as its mean.
    const net = new Net(
      { model: mlp([1, 2], { loss: meanSquaredError }), w: Float64Array.of(2, 0, -1, 0) },
      referenceDevice,
    );
    const { metrics } = (await measureTest(net, data)) ?? {};
    expect(metrics?.task === "regression" && metrics.targets.map(({ mae, rmse, r2 }) => [mae, rmse, r2])).toEqual([
      [0, 0, 1],
      [200, 200, 0],
    ]);
  });

  test("the net's state counts: (x − 3 + 1)·2 + 0.5 of 1 and 5 is −1.5 and 6.5", async () => {
    const model = sequential([1], [centring.with({ rate: 0.5 }), dense(1)], { loss: meanSquaredError });
    const net = new Net({ model, w: Float64Array.of(1, 2, 0.5), s: Float64Array.of(3) }, referenceDevice);
    const { metrics } = (await measureTest(net, regression([1, 5], [[0], [0]], [0], [1]))) ?? {};
    expect(metrics?.task === "regression" && metrics.targets[0].mae).toBeCloseTo(4, 12);
  });

  test("all examples count, of which some are kept, evenly spaced: 241 of 1203", async () => {
    const x = Array.from({ length: 1203 }, (_, i) => i / 8);
    const off = (i: number) => (i % 2 === 0 ? 1 : -1) * (i % 4);
    const data = regression(
      x,
      x.map((each, i) => [2 * each + 1 + off(i)]),
      [0],
      [1],
    );
    const net = new Net({ model: mlp([1, 1], { loss: meanSquaredError }), w: Float64Array.of(2, 1) }, referenceDevice);
    const { metrics, predicted } = (await measureTest(net, data)) ?? {};
    const sum = 300 * (0 + 1 + 2 + 3) + 0 + 1 + 2;
    expect(metrics?.task === "regression" && metrics.targets[0].mae).toBeCloseTo(sum / 1203, 12);
    const [{ actual, predicted: said }] = predicted ?? [];
    expect(said).toEqual(Array.from({ length: 241 }, (_, i) => 2 * x[5 * i] + 1));
    expect(actual).toEqual(said.map((each, i) => each + off(5 * i)));
  });

  test("is what `evaluate` says of a classifier, without single predictions", async () => {
    const data = moons({ count: 60 });
    const net = new Net(
      { model: mlp([2, 2], { loss: softmaxCrossEntropy }), w: Float64Array.of(1, -1, 2, 0, 0, 1) },
      referenceDevice,
    );
    const measures = await measureTest(net, data);
    expect(measures).toEqual({ metrics: await evaluate(net, data) });
  });

  test("there is nothing without test examples, with predictions that are not finite, and for classes learned as numbers", async () => {
    const data = moons({ count: 60 });
    const none = { count: 0, inputs: new Float64Array(0), targets: new Float64Array(0) };
    const softmax = mlp([2, 2], { loss: softmaxCrossEntropy });
    const net = new Net({ model: softmax, w: new Float64Array(6) }, referenceDevice);
    expect(await measureTest(net, { ...data, test: none })).toBeUndefined();
    const huge = new Net({ model: softmax, w: new Float64Array(6).fill(1e308) }, referenceDevice);
    expect(await measureTest(huge, data)).toBeUndefined();
    await expect(evaluate(huge, data)).rejects.toThrow(
      /^evaluate: what the net predicts for example \d+ is not finite/,
    );
    const numbers = new Net(
      { model: mlp([2, 1], { loss: meanSquaredError }), w: new Float64Array(3) },
      referenceDevice,
    );
    expect(await measureTest(numbers, data)).toBeUndefined();
    await expect(evaluate(numbers, data)).rejects.toThrow(
      "evaluate: the outputs of mlp:2-1, 1 for each example, are not the probabilities of the 2 classes of moons",
    );
  });
});

test("from a loss alone: 1/4 is half a deviation of 2; no R² where all targets are equal", () => {
  expect(errorsFromLoss(0.25, { mean: 15, deviation: 2, testVariance: 3.5 })).toEqual({
    ...{ rmse: 1, mae: null, r2: 1 - 0.25 / 3.5 },
  });
  expect(errorsFromLoss(0.25, { mean: 15, deviation: 2, testVariance: 0 }).r2).toBeNull();
});
