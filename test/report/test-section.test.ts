import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Block, toSvg } from "../../src/figure/index.ts";
import { classificationMetrics, type PredictedValues, regressionMetrics } from "../../src/metrics/index.ts";
import { reportHtml } from "../../src/report/index.ts";
import { calibrationWords } from "../../src/report/train/calibration-figure.ts";
import { confusionFigure, confusionWords } from "../../src/report/train/confusion-figure.ts";
import { confusions } from "../../src/report/train/metric-tables.ts";
import { predictionWords } from "../../src/report/train/prediction-figure.ts";
import { testSection } from "../../src/report/train/test-section.ts";
import { folderOf, madeRun, textOf } from "./made.ts";

/** Examples of [class, predicted class], each predicted with this probability. */
function classified(pairs: readonly (readonly [actual: number, predicted: number])[], width: number, p = 0.9) {
  const rest = (1 - p) / (width - 1);
  return classificationMetrics({
    classes: Array.from({ length: width }, (_, i) => `k${i}`),
    labels: pairs.map(([actual]) => actual),
    probabilities: pairs.flatMap(([, said]) => Array.from({ length: width }, (_, i) => (i === said ? p : rest))),
  });
}

const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);
const three = classified([...times(8, [0, 0] as const), ...times(2, [0, 1] as const), [1, 1], [2, 1], [2, 2]], 3);

const sectionOf = (more: Parameters<typeof madeRun>[0] = {}): readonly Block[] =>
  testSection(madeRun(more))[0]?.blocks ?? [];
const titlesOf = (blocks: readonly Block[]): string[] =>
  blocks.map((block) =>
    block.kind === "chart" ? block.figure.title : block.kind === "table" ? block.caption : block.kind,
  );

describe("the confusion matrix", () => {
  test("has a cell for each pair that occurs, right ones and wrong ones apart, with counts and shares of the class", () => {
    const svg = toSvg(confusionFigure(three, "d"), { theme: "light" });
    const titles = [...svg.matchAll(/<title>([^<]*)<\/title>/g)].map(([, words]) => words.replaceAll("&quot;", '"'));
    expect(titles).toEqual(
      expect.arrayContaining([
        '"k0" recognised: 8 (80.0 %)',
        '"k1" recognised: 1 (100.0 %)',
        '"k2" recognised: 1 (50.0 %)',
        '"k0" taken for "k1": 2 (20.0 %)',
        '"k2" taken for "k1": 1 (50.0 %)',
      ]),
    );
    const tints = [...svg.matchAll(/fill-opacity="(\d\.\d+)"><title>/g)].map(([, tint]) => Number(tint));
    // Shares of a row; those of errors relative to the largest, a half.
    expect(tints.map((tint) => tint / 0.58)).toEqual([0.8, 1, 0.5, 0.4, 1].map((share) => expect.closeTo(share, 2)));
  });

  test("is told in words from the same counts", () => {
    expect(confusionWords(three)).toBe(
      'Of 13 test examples 10 are classified correctly. Most often "k0" is taken for "k1", in 2 of 10 (20.0 %). The stronger a tint, the larger the share of the row; among errors the largest share has the full tint.',
    );
    expect(
      confusionWords(
        classified(
          [
            [0, 1],
            [1, 0],
          ],
          2,
        ),
      ),
    ).toContain("One of the most frequent errors:");
    expect(
      confusionWords(
        classified(
          [
            [0, 0],
            [1, 1],
          ],
          2,
        ),
      ),
    ).toBe("Of 2 test examples 2 are classified correctly.");
  });

  test("of more than twenty classes is a table of the most frequent confusions", () => {
    const pairs = Array.from({ length: 42 }, (_, i) => [i % 21, (2 * i) % 21] as const);
    expect(titlesOf(sectionOf({ more: { metrics: classified(pairs.slice(0, 20), 20) } }))).toContain(
      "Confusion matrix",
    );
    const many = classified(pairs, 21);
    const blocks = sectionOf({ more: { metrics: many } });
    expect(titlesOf(blocks)).toEqual(["prose", "The 15 most frequent of 20 confusions", "details", "Calibration"]);
    expect(confusions(many)[0]).toEqual({ actual: "k1", predicted: "k2", count: 2, support: 2 });
  });
});

describe("calibration", () => {
  const right = (count: number, of: number) => [
    ...times(count, [0, 0] as const),
    ...times(of - count, [1, 0] as const),
  ];

  test.each([
    [90, "they agree within what chance allows"],
    [60, "it is overconfident"],
    [100, "it is underconfident"],
  ])("of predictions that are 90 %% sure, %i of a hundred right: %s", (count, words) => {
    const told = calibrationWords(classified(right(count, 100), 2, 0.9));
    expect(told).toContain(`On average it is 90.0 %, and ${count}.0 % are right: ${words}.`);
    expect(told).toContain(`the mean distance from it, is ${Math.abs(90 - count)}.0 %.`);
  });
});

describe("a regression", () => {
  const predicted: PredictedValues = { name: "price", actual: [1, 2, 3, 6], predicted: [1, 3, 3, 5] };
  const metrics = regressionMetrics({ names: ["price"], actual: [1, 2, 3, 6], predicted: [1, 3, 3, 5], means: [3] });

  test("shows each point and each error", () => {
    const [block] = sectionOf({ accuracy: null, more: { metrics, predicted: [predicted] } });
    if (block.kind !== "chart") throw new Error("no chart");
    const marks = block.figure.panels.map((each) => each.marks.find(({ kind }) => kind === "marker"));
    expect(marks.map((mark) => mark?.kind === "marker" && mark.points)).toEqual([
      [
        [1, 1],
        [2, 3],
        [3, 3],
        [6, 5],
      ],
      [
        [1, 0],
        [3, -1],
        [3, 0],
        [5, 1],
      ],
    ]);
    // √(2/4) of √(14/4)
    expect(predictionWords(metrics, [predicted])).toBe(
      "Each dot is one of 4 test examples; on the dashed line prediction and actual value agree. The root mean squared error, 0.7071, is 38 % of that of always predicting the mean; R² is 0.857.",
    );
  });

  test("of several targets has a table, and a panel for each of the first six", () => {
    const names = Array.from({ length: 8 }, (_, i) => `y${i}`);
    const all = names.map((name) => ({ ...predicted, name }));
    const actual = [1, 2].flatMap((y) => times(8, y));
    const several = regressionMetrics({ names, actual, predicted: actual.map((y) => y + 1) });
    const blocks = sectionOf({ accuracy: null, more: { metrics: several, predicted: all } });
    expect(titlesOf(blocks)).toEqual(["Errors in the unit of each target", "Predicted and actual values"]);
    expect(blocks[1].kind === "chart" && blocks[1].figure.panels.length).toBe(6);
    expect(predictionWords(several, all)).toContain("Each dot is one of 2 test examples;");
    expect(predictionWords(several, all)).toContain("The first 6 of 8 targets are shown.");
  });
});

test("a run without metrics, as in older folders, has no such section; several runs on a page have none either", () => {
  expect(testSection(madeRun())).toEqual([]);
  const folder = folderOf({ kind: "train", result: madeRun({ more: { metrics: three } }) });
  expect(textOf(reportHtml([folder]))).toContain("On the test set");
  expect(textOf(reportHtml([folder, folder]))).not.toContain("On the test set");
});

test("whatever was predicted, the page has only numbers", () => {
  const width = fc.integer({ min: 2, max: 24 });
  const index = fc.nat(23);
  fc.assert(
    fc.property(width, fc.array(fc.tuple(index, index), { minLength: 1, maxLength: 40 }), (classes, pairs) => {
      const own = pairs.map(([a, b]) => [a % classes, b % classes] as const);
      const result = madeRun({ more: { metrics: classified(own, classes) } });
      const html = reportHtml([folderOf({ kind: "train", result })]).replace(/<(style|script)>[\s\S]*?<\/\1>/g, "");
      expect(html).not.toMatch(/\bNaN\b|\bundefined\b|\bInfinity\b/);
    }),
    { numRuns: 25 },
  );
});
