import { describe, expect, test } from "vitest";
import {
  type Alignment,
  type LossSlice,
  measuresOf,
  type SliceTrust,
  spreadOf,
  type TwoLosses,
} from "../../src/landscape/index.ts";
import { trustLines, verdictLines } from "../../src/report/index.ts";
import { even, sliceOf } from "../landscape/trust/slices.ts";

const bowl = (a: number): LossSlice => sliceOf((x, y) => 0.5 + a * (x * x + y * y), even(-1, 1, 41));
const slice = measuresOf(bowl(4), { level: Math.log(10) });

const alignment: Alignment = {
  parameters: 10_000,
  directions: [
    { curvature: 0.5, gradient: 0.005, top: -0.02 },
    { curvature: 0.25, gradient: 0.1, top: 0.001 },
  ],
  between: 0.013,
  inSlice: { largest: 0.6, smallest: 0.2 },
  largest: 60,
  smallest: -3,
  error: 0.1,
  mean: 0.3,
  meanError: 0.02,
  gradientNorm: 0.7,
  products: 50,
};

const two = (greatest: number, mean = greatest / 2): TwoLosses => ({
  points: [{ x: 0, y: 0, first: 1, second: 1 + greatest }],
  ...{ greatest, mean, apart: 0 },
});

const lineOf = (trust: SliceTrust, label: string) => trustLines(trust).find((each) => each.label === label);
const verdict = (more: Partial<SliceTrust>) => verdictLines({ slice, ...more }).join(" ");

describe("what a slice shows in numbers", () => {
  test("says how far from the centre it looks in three digits", () => {
    const far = { slice: { ...slice, radius: 0.456428 } };
    expect(lineOf(far, "sharpness")?.sentence).toContain("within 0.456 of the centre");
    expect(lineOf(far, "loss at the radius")?.sentence).toContain("at 0.456 from the centre");
  });

  test("has a line for each measure, with what it means", () => {
    // Below ln 10 is r² < (ln 10 − 0.5)/4.
    const share = (100 * Math.PI * (Math.log(10) - 0.5)) / 16;
    expect(Number.parseFloat(lineOf({ slice }, "basin")?.value ?? "")).toBeCloseTo(share, 0);
    expect(lineOf({ slice }, "basin")?.sentence).toBe("The share of the window with a loss below 2.303.");
    expect(lineOf({ slice }, "barrier")).toMatchObject({
      value: "0",
      sentence: "On no straight way out from the centre does the loss rise and fall again.",
    });
    const minimaOf = (minima: number) => lineOf({ slice: { ...slice, minima } }, "strict minima");
    expect(minimaOf(0)).toMatchObject({
      value: "0",
      sentence: "No point within the border is below all its neighbours.",
    });
    expect(minimaOf(1)).toMatchObject({
      value: "1",
      sentence: expect.stringMatching(/^One point .* is below all its/),
    });
    expect(minimaOf(2)).toMatchObject({
      value: "2",
      sentence: expect.stringMatching(/^2 points .* are below all their/),
    });
    expect(lineOf({ slice }, "not convex")?.sentence).toContain("; of the basin 0.0 %.");
    expect(lineOf({ slice }, "not finite")).toBeUndefined();
    const labels = trustLines({ slice }).map(({ label }) => label);
    expect(new Set(labels).size).toBe(labels.length);
  });

  test("compares with other directions, on as few points as these where they were measured on fewer", () => {
    const others = [2, 4].map((a) => measuresOf(bowl(a), { level: Math.log(10) }));
    const pairs = { count: 2, spread: spreadOf(others) };
    expect(lineOf({ slice, pairs }, "sharpness")?.sentence).toMatch(
      / Along 2 pairs of directions: 0\.33\d\d to 0\.66\d\d\.$/,
    );
    const few = measuresOf(
      sliceOf((x, y) => 0.5 + 2 * (x * x + y * y), even(-1, 1, 5)),
      { level: Math.log(10) },
    );
    const coarser = { columns: 5, rows: 5, slice: few };
    expect(lineOf({ slice, pairs: { ...pairs, coarser } }, "sharpness")?.sentence).toMatch(
      / Along 2 pairs of directions, on 5 × 5 points each: 0\.33\d\d to 0\.66\d\d; this slice has 0\.47\d\d there\.$/,
    );
    const line = { ...coarser, rows: 1 };
    expect(lineOf({ slice, pairs: { ...pairs, coarser: line } }, "barrier")?.sentence).toMatch(
      /, on 5 points each: 0\.$/,
    );
  });

  test("leaves out what is not known, and says what is not finite", () => {
    const cliff = measuresOf(
      sliceOf((x, y) => (x > 0.2 ? Number.NaN : y), even(-1, 1, 11)),
      { level: 1 },
    );
    expect(lineOf({ slice: cliff }, "sharpness")).toBeUndefined();
    expect(lineOf({ slice: cliff }, "not finite")?.value).toBe("36.4 %");
  });

  test("says along what a barrier is", () => {
    const line = sliceOf((x) => ((2 * x - 1) ** 2 - 1) ** 2, even(-0.5, 1.5, 41), [0], "between");
    expect(lineOf({ slice: measuresOf(line, { level: 1 }) }, "barrier")).toMatchObject({
      value: "1.000",
      sentence: expect.stringContaining(
        "rises by at most this above its even change from the loss of the one to that of the other",
      ),
    });
    const ring = sliceOf((x, y) => Math.sin(Math.hypot(x, y)) ** 2, even(-3, 3, 41));
    expect(lineOf({ slice: measuresOf(ring, { level: 1 }) }, "barrier")?.sentence).toContain("highest ridge");
  });

  test("says how the measures differ along other directions", () => {
    const spread = spreadOf([4, 5, 6].map((a) => measuresOf(bowl(a), { level: 1 })));
    const found = lineOf({ slice, pairs: { count: 3, spread } }, "basin");
    expect(found?.sentence).toMatch(/Along 3 pairs of directions: \d\.\d % to \d\.\d %\.$/);
    expect(lineOf({ slice, pairs: { count: 3, spread } }, "strict minima")?.sentence).toContain("directions: 1.");
  });
});

describe("how far a slice can be trusted", () => {
  test("is told beside gradient and Hessian", () => {
    const of = (label: string, more: Partial<Alignment> = {}) =>
      lineOf({ slice, alignment: { ...alignment, ...more } }, label);
    expect(of("curvature along the axes")).toMatchObject({
      value: "0.5, 0.25",
      sentence: expect.stringContaining("A random direction shows about the mean eigenvalue, 0.3 ± 0.02."),
    });
    expect(of("λmax")?.sentence).toContain("1.0 % of it: it looks flat and round whether the net is sharp or not");
    expect(of("λmax", { inSlice: { largest: 45, smallest: 1 } })?.sentence).toContain("The slice shows 75.0 % of it.");
    expect(of("λmax", { inSlice: { largest: 15, smallest: 1 } })?.sentence).toContain("The slice shows 25.0 % of it.");
    expect(of("λmax", { largest: 0 })?.sentence).toContain("the loss bends upward in no direction");
    expect(of("λmin")?.sentence).toContain(
      "5.0 % of the largest in size: in some direction the loss bends downward, while the slice bends upward",
    );
    expect(of("λmin", { smallest: -0.05 })?.sentence).toContain("in no direction does the loss bend downward by more");
    expect(of("λmin", { inSlice: { largest: 1, smallest: -1 } })?.sentence).toContain(
      "and so does the slice at its centre",
    );
    expect(of("cosine of the directions")?.sentence).toBe(
      "The axes are nearly perpendicular; the cosine of two random directions is about 0.01 in size.",
    );
    // What rounding leaves of 0 is 0.
    expect(of("cosine of the directions", { between: -4.57e-16 })).toMatchObject({
      ...{ value: "0", sentence: "The axes are perpendicular." },
    });
    const flat = alignment.directions.map((each) => ({ ...each, top: 1e-15, gradient: -3e-14 }));
    expect(of("cosines with the top eigenvector", { directions: flat })?.value).toBe("0, 0");
    expect(of("cosines with the gradient", { directions: flat })?.value).toBe("0, 0");
    expect(of("cosine of the directions", { between: 0.7 })?.sentence).toContain("oblique");
    expect(of("cosines with the top eigenvector")?.sentence).toBe(
      "No more than chance gives: the cosine of a random direction is about 0.01 in size, and hardly ever above 0.04.",
    );
    const beside = alignment.directions.map((each) => ({ ...each, top: -0.213 }));
    expect(of("cosines with the top eigenvector", { parameters: 32, directions: beside })?.sentence).toBe(
      "No more than chance gives: the cosine of a random direction is about 0.177 in size, and hardly ever above 0.707.",
    );
    expect(of("cosines with the top eigenvector", { parameters: 9, directions: beside })?.sentence).toBe(
      "It says nothing: of so few parameters, the cosine of a random direction is about 0.333 in size.",
    );
    expect(of("cosines with the gradient")?.sentence).toBe(
      "The gradient at the centre is 0.7 long. The larger is 10 times that of a random direction, about 0.01 in size.",
    );
    const still = alignment.directions.map((each) => ({ ...each, gradient: null }));
    expect(of("cosines with the gradient", { directions: still })).toBeUndefined();
  });

  test("by paths, halves and float64", () => {
    const path = { name: "adam", explained: 0.9, outside: 0.25, gap: 0.5, unknown: 2 };
    expect(lineOf({ slice, paths: [path] }, "path of adam, outside the plane")).toEqual({
      label: "path of adam, outside the plane",
      value: "25.0 %",
      sentence:
        "The share of its squared distance from the centre that is perpendicular to the plane. The axes explain 90.0 % of the variance of all " +
        "paths. Its own loss and that in the plane below it differ by up to 50.0 % of the larger. At 2 points that in the plane is not known.",
    });
    expect(lineOf({ slice, halves: two(0.2) }, "two halves of the examples")).toMatchObject({
      value: "10.0 %",
      sentence: expect.stringContaining(
        "and by 20.0 % at most: for examples like these the loss is known to about 5.0 %.",
      ),
    });
    expect(lineOf({ slice, float64: two(1e-6) }, "in float64")?.sentence).toContain("rounding does not show");
    expect(lineOf({ slice, float64: two(0.1) }, "in float64")?.sentence).toContain("rounding changes the picture");
    const lost = { ...two(0), greatest: null, mean: null, apart: 1 };
    expect(trustLines({ slice, float64: lost, halves: lost }).filter(({ value }) => value === "–").length).toBe(2);
  });

  test("ends in what it can be trusted for, and what it says nothing of", () => {
    // What the slice alone does not tell.
    const untested =
      "Not tested: how sharp the loss is in all directions, how much it depends on the examples and what rounding does.";
    expect(verdict({})).toBe(untested);
    expect(verdict({ halves: two(0.2) })).not.toContain("Not tested");
    const spread = (...heights: readonly number[]) => ({
      count: heights.length,
      spread: spreadOf(heights.map((a) => measuresOf(bowl(a), { level: 1 }))),
    });
    expect(verdict({ alignment })).toBe(
      "It says nothing of how sharp the loss is (λmax is 60, the slice's largest curvature 0.6) or the directions in which the loss " +
        "bends downward.",
    );
    expect(verdict({ alignment: { ...alignment, inSlice: { largest: 55, smallest: -1 } } })).toBe(
      "This slice can be trusted for how sharp the loss is at the centre (it shows 91.7 % of λmax).",
    );
    expect(verdict({ alignment: { ...alignment, inSlice: { largest: 33, smallest: -1 } } })).toBe(
      "Of the sharpness at the centre, λmax, it shows 55.0 %.",
    );
    expect(verdict({ pairs: spread(4, 4.2, 4.4) })).toContain("trusted for the basin's share of such a window (");
    expect(verdict({ pairs: spread(1, 2, 9) })).toContain("It says nothing of the basin's size in general (");
    expect(verdict({ halves: two(0.2), float64: two(1e-6) })).toContain(
      "the loss (to about 5.0 %, for examples like these)",
    );
    expect(verdict({ halves: two(0.2), float64: two(0.1) })).toBe(
      "Rounding in float32 changes it: do not read its small features.",
    );
    const away = { name: "adam", explained: null, outside: 0.8, gap: null, unknown: 0 };
    expect(verdict({ paths: [away] })).toBe(
      `It says nothing of where adam went, which is mostly outside the plane. ${untested}`,
    );
    const gap = { ...away, outside: 0.2, gap: 0.294 };
    expect(verdict({ paths: [gap] })).toBe(
      `On the path of adam the true loss and the plane's differ by up to 29.4 % of the larger. ${untested}`,
    );
    expect(verdict({ paths: [{ ...gap, gap: 0.05 }] })).toBe(untested);
  });
});
