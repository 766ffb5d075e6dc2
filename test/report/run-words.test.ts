import { describe, expect, test } from "vitest";
import { wilson } from "../../src/compare/index.ts";
import { classificationMetrics } from "../../src/metrics/index.ts";
import { reportHtml } from "../../src/report/index.ts";
import { dataName } from "../../src/report/phrases.ts";
import { metricWords } from "../../src/report/train/metric-words.ts";
import { namedRuns } from "../../src/report/train/named-runs.ts";
import { trainLead } from "../../src/report/train/run-sections.ts";
import { targetWords, testNotes, testWords, weightsWords } from "../../src/report/train/run-words.ts";
import type { RunRecord } from "../../src/train/index.ts";
import { folderOf, type MadeRun, madeRun, textOf } from "./made.ts";

const report = (made: MadeRun): string => textOf(reportHtml([folderOf({ kind: "train", result: madeRun(made) })]));

const dataset = { task: "classification", counts: [1000, 300, 300] } as const;

describe("how a loss went", () => {
  test("it fell, rose, stayed, or has one epoch", () => {
    expect(report({ train: [1, 0.5], validation: [1, 0.5] })).toContain(
      "The training loss fell from 1.000 in the first epoch to 0.5000",
    );
    expect(report({ train: [0.5, 1], validation: [1, 1] })).toContain(
      "The training loss rose from 0.5000 in the first epoch to 1.000",
    );
    expect(report({ train: [0.5, 0.50001], validation: [1, 1] })).toContain(
      "is 0.5000 in the first epoch and 0.5000 in the last",
    );
    expect(report({ train: [0.5], validation: [1] })).toContain(
      "In the one epoch the training loss is 0.5000; the validation loss after it is 1.000",
    );
    expect(report({ train: [0.5, null], validation: [1, null] })).not.toMatch(/fell|rose/);
  });

  test("more than twice the training loss is a sign of overfitting", () => {
    expect(report({ train: [1, 0.1], validation: [1, 0.3] })).toContain("a sign of overfitting");
    expect(report({ train: [1, 0.2], validation: [1, 0.3] })).not.toContain("overfitting");
  });
});

test("a whole run says how many steps it took, and a run of one step is no plural", () => {
  expect(trainLead(madeRun({ validation: [1, 0.5] }))).toMatch(/^The run took all of its 20 steps, in 0\.20 s\./);
  expect(trainLead(madeRun({ validation: [1], more: { steps: 1 } }))).toMatch(/^The run took its one step, in /);
});

describe("which weights a run ends with", () => {
  const validation = [1, 0.3, 0.5, 0.6];
  const kept = { epoch: 2, steps: 20 };
  const outcome = { kind: "stopped-early", step: 40, reason: "no better" } as const;

  test("those that early stopping went back to, in the terminal and in the report", () => {
    const run = madeRun({ validation, more: { kept, outcome } });
    expect(weightsWords(run)).toBe(
      "those of epoch 2, where the validation loss was lowest, 0.3000; the test figures are for these weights",
    );
    const text = report({ validation, more: { kept, outcome } });
    expect(text).toContain("as the validation loss did not fall below that of epoch 2");
    expect(text).toContain(`The weights are ${weightsWords(run)}.`);
    expect(text).toContain("In the last epoch the training accuracy is 90.0 %");
    expect(text).toContain("With the weights that were kept, those of epoch 2, it is 90.0 %");
    expect(text).toContain("weights kept");
  });

  test("which were best by what was watched, and by how much", () => {
    const kept = { epoch: 2, steps: 20 };
    const words = (monitor: RunRecord["monitor"]) => weightsWords(madeRun({ validation, more: { kept, monitor } }));
    expect(words({ measure: "accuracy", minDelta: 0 })).toContain("where the validation accuracy was highest, 90.0 %;");
    expect(words({ measure: "loss", minDelta: 0.01 })).toContain(
      "those of epoch 2, the last in which the validation loss improved by more than 0.01, to 0.3000;",
    );
    const outcome = { kind: "stopped-early", step: 40, reason: "" } as const;
    const lead = (monitor: RunRecord["monitor"]) =>
      trainLead(madeRun({ validation, more: { kept, monitor, outcome } }));
    expect(lead(undefined)).toContain("as the validation loss did not fall below that of epoch 2.");
    expect(lead({ measure: "accuracy", minDelta: 0.02 })).toContain(
      "as the validation accuracy did not rise by more than 0.02 above that of epoch 2.",
    );
  });

  test("else the last ones", () => {
    expect(weightsWords(madeRun({ validation }))).toBe(
      "those of the last step; the validation loss was lowest in epoch 2, 0.3000",
    );
    expect(weightsWords(madeRun({ validation: [1, 0.5] }))).toContain(
      "lowest in the last epoch, 0.5000: it was still falling, so more epochs may help",
    );
    expect(weightsWords(madeRun({ validation, diverged: true }))).toContain("the last ones whose loss was finite");
    expect(weightsWords(madeRun({ validation: [null] }))).toBeNull();
  });
});

test("with class weights the training loss is not compared with the validation loss", () => {
  const losses = { train: [1, 0.1], validation: [1, 0.5] };
  const weighed = { ...dataset, weighing: { classes: { no: 0.5, yes: 5 } } };
  expect(report(losses)).toContain("a sign of overfitting");
  const page = report({ ...losses, more: { dataset: weighed } });
  expect(page).toContain("The training loss weighs the classes, the validation loss does not");
  expect(page).not.toContain("a sign of overfitting");
});

describe("what a test is worth", () => {
  test("an accuracy has its interval and the most frequent class", () => {
    const majority = { class: "no", validation: 0.5, test: 0.986 };
    const run = madeRun({ test: { loss: 0.05, accuracy: 0.987 }, more: { dataset: { ...dataset, majority } } });
    expect(testWords(run)).toBe("loss 0.05000, accuracy 98.7 %");
    expect(testNotes(run)).toEqual([
      "95 % interval 96.7–99.5 %, Wilson, 300 examples",
      'always predicting "no", the most frequent class, gives 98.6 %',
    ]);
    const tied = { ...dataset, majority: { ...majority, isTied: true } } as const;
    expect(testNotes(madeRun({ test: run.test, more: { dataset: tied } }))).toContain(
      'always predicting "no", one of the most frequent classes, gives 98.6 %',
    );
    expect(trainLead(run)).toContain("the most frequent class, gives 98.6 %");
    // A baseline says nothing without the accuracy that it is for.
    const byError = madeRun({ test: { loss: 0.05 }, more: { dataset: { ...dataset, majority } } });
    expect([...testNotes(byError), trainLead(byError)].join()).not.toContain("always predicting");
  });

  test("a regression has errors in the target's unit, and names the unit of the loss", () => {
    const target = { mean: -50, deviation: 20, testVariance: 0.5 };
    const more = {
      dataset: { task: "regression", counts: [1000, 300, 300], target },
      regression: { rmse: 4, mae: 3.1, r2: 0.92 },
    } as const;
    const run = madeRun({ accuracy: null, test: { loss: 0.04 }, more });
    expect(testNotes(run)).toEqual([
      "RMSE 4.000 and MAE 3.100 in the target's unit, R² 0.920",
      "losses are mean squared errors of the standardised target, (y + 50) / 20; always predicting the mean gives about 1",
    ]);
    expect(report({ accuracy: null, test: { loss: 0.04 }, more })).toContain(
      "a mean squared error of the standardised target",
    );
  });

  const baseline = { value: 2, mae: 3, rmse: 4 };

  test("a regression's errors stand beside those of the mean; several targets each have a line", () => {
    const price = { name: "price", rmse: 1, mae: 0.5, r2: 0.75, baseline };
    const notes = (targets: readonly (typeof price)[]) =>
      testNotes(madeRun({ accuracy: null, more: { metrics: { task: "regression", count: 9, targets } } }));
    expect(notes([price])).toEqual([
      "RMSE 1.000 and MAE 0.5000 in the target's unit, R² 0.750",
      "always predicting the training set's mean, 2.000, gives RMSE 4.000 and MAE 3.000",
    ]);
    expect(notes([price, { ...price, name: "rent", rmse: 2 }]).map((line) => line.split(/ {2,}/))).toEqual([
      ["target", "RMSE", "MAE", "R²", "RMSE of the mean", "MAE of the mean"],
      ["price", "1.000", "0.5000", "0.750", "4.000", "3.000"],
      ["rent", "2.000", "0.5000", "0.750", "4.000", "3.000"],
    ]);
  });

  test("a classifier's measures beside its accuracy: of the second of two classes, or their means and the worst confusion", () => {
    const two = classificationMetrics({
      classes: ["ham", "spam"],
      labels: [0, 0, 1, 1, 1],
      probabilities: [0.8, 0.2, 0.4, 0.6, 0.1, 0.9, 0.2, 0.8, 0.7, 0.3],
    });
    // Three are called spam, two of them rightly; of the six pairs of a spam and a ham, one is in the wrong order.
    expect(metricWords(two)).toEqual([
      'for "spam": precision 66.7 %, recall 66.7 %, F1 0.667; ROC AUC 0.833, average precision 0.917',
    ]);
    const six = classificationMetrics({
      classes: ["a", "b", "c", "d", "e", "f"],
      labels: [0, 1, 1, 2],
      probabilities: [[1], [0, 1], [1], [1]].flatMap((row) => [...row, ...Array(6 - row.length).fill(0)]),
    });
    expect(metricWords(six)).toEqual([
      "among the 5 most probable classes: 100.0 %",
      "precision 44.4 %, recall 50.0 %, F1 0.389, means over the classes",
      'most often confused: "b" taken for "a", 1 of 2 examples',
    ]);
  });

  test("a folder of an older version, without sizes, has no interval", () => {
    expect(testWords(madeRun())).toBe("loss 0.3000, accuracy 90.0 %");
    expect(testNotes(madeRun())).toEqual([]);
  });

  test("Wilson's interval is that of scipy", () => {
    // scipy 1.17: binomtest(count, n).proportion_ci(method="wilson")
    for (const [count, n, low, high] of [
      [292, 300, 0.9482710570494, 0.9864269301914],
      [0, 10, 0, 0.2775327998629],
      [10, 10, 0.7224672001371, 1],
      [1, 2, 0.0945312057342, 0.9054687942658],
    ]) {
      const [a, b] = wilson(count / n, n);
      expect(a).toBeCloseTo(low, 12);
      expect(b).toBeCloseTo(high, 12);
    }
    expect(wilson(Number.NaN, 0)).toEqual([0, 1]);
  });
});

describe("a target", () => {
  const goal = { measure: "loss", value: 0.95 } as const;
  test("names its measure, reached or not, and whether it was one", () => {
    expect(targetWords(madeRun({ more: { goal } }))).toBe("validation loss 0.95 or less, not reached");
    expect(targetWords(madeRun({ more: { goal, target: { step: 20, seconds: 1 } } }))).toBe(
      "validation loss 0.95 or less, reached after 20 steps, 1.0 s",
    );
    expect(targetWords(madeRun({ first: 0.7, more: { goal, target: { step: 10, seconds: 1 } } }))).toContain(
      "(the first batch had a loss of 0.7000 before any step)",
    );
    expect(targetWords(madeRun({ more: { goal: { measure: "accuracy", value: 0.95 } } }))).toBe(
      "validation accuracy 95 % or more, not reached",
    );
    expect(targetWords(madeRun())).toBeNull();
  });
});

describe("names", () => {
  test("a file's name stands for its path", () => {
    expect(dataName("csv:/home/me/my data/houses.csv")).toBe("houses.csv");
    expect(dataName("csv:C:\\data\\houses.csv")).toBe("houses.csv");
    expect(dataName("csv:houses.csv")).toBe("houses.csv");
    expect([dataName("digits"), dataName("csv:"), dataName("csv:/")]).toEqual(["digits", "csv:", "csv:/"]);
    expect(report({ more: { data: "csv:/a/b/houses.csv" } })).toContain("adam on houses.csv");
  });

  test("two files of one name keep their paths", () => {
    const [a, b] = ["csv:/a/x.csv", "csv:/b/x.csv"].map((data) => madeRun({ more: { data } }));
    expect(namedRuns([a, b]).map(({ label }) => label)).toEqual(["adam, csv:/a/x.csv", "adam, csv:/b/x.csv"]);
  });
});

test("batches that were left out are told", () => {
  const batches = { every: 4, losses: [2, 1, 0.5] };
  expect(report({ more: { batches } })).toContain("before its step. One batch in 4 is shown.");
  expect(report({})).toContain("The loss of each batch, measured");
});
