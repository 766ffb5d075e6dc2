import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { classificationMetrics, regressionMetrics } from "../../src/metrics/index.ts";

/** Made by scripts/goldens/metrics.py. */
const goldens = JSON.parse(readFileSync(new URL("../goldens/metrics/metrics.json", import.meta.url), "utf8"));

const near = (value: number | null): unknown => (value === null ? null : expect.closeTo(value, 12));

describe.each<[number, (typeof goldens)["classification"][number]]>(
  goldens.classification.map((golden: unknown, i: number) => [i, golden]),
)("classification %i, as scikit-learn measures it", (_, golden) => {
  const { classes, labels, probabilities } = golden;
  const metrics = classificationMetrics({ classes, labels, probabilities });

  test("accuracy, log loss, the five most probable", () => {
    expect(metrics.accuracy).toBeCloseTo(golden.accuracy, 12);
    expect(metrics.logLoss).toBeCloseTo(golden.logLoss, 12);
    expect(metrics.topK?.accuracy ?? null).toEqual(near(golden.top5));
  });

  test("precision, recall and F1 by class and in the mean", () => {
    expect(metrics.perClass.map(({ support }) => support)).toEqual(golden.support);
    expect(metrics.perClass.map(({ precision }) => precision ?? 0)).toEqual(golden.precision.map(near));
    expect(metrics.perClass.map(({ recall }) => recall ?? 0)).toEqual(golden.recall.map(near));
    expect(metrics.perClass.map(({ f1 }) => f1 ?? 0)).toEqual(golden.f1.map(near));
    const { precision, recall, f1 } = metrics.macro;
    expect([precision, recall, f1]).toEqual(golden.macro.map(near));
  });

  test("the areas under both curves, and the confusion matrix", () => {
    expect(metrics.rocAuc ?? null).toEqual(near(golden.rocAuc));
    expect(metrics.averagePrecision ?? null).toEqual(near(golden.averagePrecision));
    expect(metrics.confusion).toEqual(golden.confusion);
  });
});

test("a regression's errors, target by target, as scikit-learn measures them", () => {
  const { actual, predicted, mae, rmse, r2 } = goldens.regression;
  const { targets, count } = regressionMetrics({ names: ["a", "b"], actual, predicted });
  expect(count).toBe(actual.length / 2);
  expect(targets.map((each) => each.mae)).toEqual(mae.map(near));
  expect(targets.map((each) => each.rmse)).toEqual(rmse.map(near));
  expect(targets.map((each) => each.r2)).toEqual(r2.map(near));
});
