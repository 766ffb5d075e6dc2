import { expect, test } from "vitest";
import { classificationMetrics, regressionMetrics } from "../../src/metrics/index.ts";

const of = (labels: readonly number[], rows: readonly (readonly number[])[], majority?: string) =>
  classificationMetrics({
    classes: ["a", "b", "c"].slice(0, rows[0]?.length ?? 3),
    ...{ labels, probabilities: rows.flat() },
    ...(majority !== undefined && { majority }),
  });

test("what is not defined is null: the precision of a class that nobody predicts, the recall of one that is not there", () => {
  const { perClass } = of(
    [0, 0, 1],
    [
      [0.9, 0.1, 0],
      [0.2, 0.8, 0],
      [0.6, 0.4, 0],
    ],
  );
  expect(perClass[1]).toEqual({ class: "b", support: 1, precision: 0, recall: 0, f1: 0 });
  expect(perClass[2]).toEqual({ class: "c", support: 0, precision: null, recall: null, f1: null });
});

test("no area without examples of both classes", () => {
  const metrics = of(
    [1, 1],
    [
      [0.1, 0.9],
      [0.4, 0.6],
    ],
  );
  expect([metrics.rocAuc, metrics.averagePrecision]).toEqual([null, 1]);
  expect(
    of(
      [0, 0],
      [
        [0.1, 0.9],
        [0.4, 0.6],
      ],
    ).averagePrecision,
  ).toBeNull();
});

test("the baseline is the training set's most frequent class, and without that the examples' own", () => {
  const rows = [
    [0.5, 0.5],
    [0.5, 0.5],
    [0.5, 0.5],
  ];
  expect(of([0, 1, 1], rows).baseline).toEqual({ class: "b", accuracy: 2 / 3 });
  expect(of([0, 1, 1], rows, "a").baseline).toEqual({ class: "a", accuracy: 1 / 3 });
  expect(of([0, 1], rows.slice(1)).baseline).toEqual({ class: "a", accuracy: 0.5, isTied: true });
});

test("one wrong certainty leaves the log loss finite", () => {
  expect(of([0], [[0, 1]]).logLoss).toBeCloseTo(-Math.log(1e-15), 10);
});

test("calibration: two predictions of 0.75, one of them right, are off by a quarter", () => {
  const { calibration } = of(
    [0, 1],
    [
      [0.75, 0.25],
      [0.75, 0.25],
    ],
  );
  expect(calibration).toEqual({ bins: [{ confidence: 0.75, accuracy: 0.5, count: 2 }], error: 0.25 });
  expect(
    of(
      [0, 1],
      [
        [1, 0],
        [0, 1],
      ],
    ).calibration.error,
  ).toBe(0);
});

test("the baseline of a regression is the training set's mean; R² of equal values is not defined", () => {
  const { targets } = regressionMetrics({ names: ["y"], actual: [3, 3], predicted: [3, 5], means: [1] });
  expect(targets[0]).toEqual({
    name: "y",
    mae: 1,
    rmse: Math.SQRT2,
    r2: null,
    baseline: { value: 1, mae: 2, rmse: 2 },
  });
});

test("no examples, no metrics", () => {
  expect(() => of([], [])).toThrow("there are no examples to evaluate");
  expect(() => regressionMetrics({ names: ["y"], actual: [], predicted: [] })).toThrow("there are no examples");
});
