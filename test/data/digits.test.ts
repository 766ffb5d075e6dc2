import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { DataError, type Dataset, digitsDataset } from "../../src/data/index.ts";
import { loadDataset } from "../../src/data/node/index.ts";

const text = gunzipSync(readFileSync(new URL("../../assets/digits/digits.csv.gz", import.meta.url))).toString();
const lines = text.trim().split("\n");

/** The lines of the file that a data set was made of, back from its numbers. */
function asLines({ train, validation, test: held, standardization }: Dataset): string[] {
  const [mean, deviation] = [standardization.mean[0], standardization.deviation[0]];
  return [train, validation, held].flatMap(({ inputs, targets }) =>
    Array.from(targets, (label, i) => {
      const pixels = Array.from(inputs.subarray(64 * i, 64 * i + 64), (x) => Math.round(x * deviation + mean));
      return [...pixels, label].join(",");
    }),
  );
}

test("1,797 images, as many of each digit as UCI counts, in parts of 1,197, 300 and 300", async () => {
  const dataset = await loadDataset("digits");
  const { train, validation, test: held } = dataset;
  expect([train.count, validation.count, held.count]).toEqual([1197, 300, 300]);
  const targets = [...train.targets, ...validation.targets, ...held.targets];
  const counts = dataset.classes.map((_, label) => targets.filter((other) => other === label).length);
  expect(counts).toEqual([178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
  expect(dataset).toMatchObject({ name: "digits", inputShape: [1, 8, 8], outputs: 10, licence: "CC BY 4.0" });
});

test("every line of the file is in exactly one part, pixel for pixel", async () => {
  expect(asLines(await loadDataset("digits")).sort()).toEqual([...lines].sort());
});

test("each part has its share of each digit", async () => {
  const { validation, test: held } = await loadDataset("digits");
  for (const part of [validation, held]) {
    for (let label = 0; label < 10; label++) {
      const count = part.targets.filter((other) => other === label).length;
      expect(count).toBeGreaterThanOrEqual(28);
      expect(count).toBeLessThanOrEqual(32);
    }
  }
});

test("the first N of the training set are a mixture of digits", async () => {
  const { train } = await loadDataset("digits", { limit: 100 });
  expect(train.count).toBe(100);
  expect(new Set(train.targets).size).toBe(10);
});

describe("a damaged file", () => {
  test.each([
    ["a line lost", lines.slice(1).join("\n"), "has 1796 images, expected 1797"],
    ["a line too many", [...lines, lines[0]].join("\n"), "line 1798 is not a digit's"],
    ["a cell lost", text.replace("0,0,5,", "0,5,"), "line 1 is not a digit's"],
    ["a pixel too bright", text.replace("0,0,5,", "0,0,17,"), "line 1 is not a digit's"],
    ["text", text.replace("0,0,5,", "0,0,x,"), "line 1 is not a digit's"],
    ["a digit out of range", text.replace(/,0\n/, ",10\n"), "label 10 of example 1 is out of range"],
  ])("%s", (_name, damaged, message) => {
    expect(() => digitsDataset(damaged)).toThrow(DataError);
    expect(() => digitsDataset(damaged)).toThrow(message);
  });
});
