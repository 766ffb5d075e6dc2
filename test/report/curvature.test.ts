import { describe, expect, test } from "vitest";
import { toSvg } from "../../src/figure/index.ts";
import type { LossSlice } from "../../src/landscape/index.ts";
import {
  curvatureCsv,
  curvatureFigure,
  curvatureLines,
  landscapePage,
  liveLandscape,
  sliceVtk,
} from "../../src/report/index.ts";
import { even, sliceOf } from "../landscape/trust/slices.ts";

type CurvatureMap = NonNullable<LossSlice["curvature"]>;

const map: CurvatureMap = {
  ...{ x: [-1, 1 / 3], y: [0, 2] },
  largest: [
    [10, 20],
    [8, null],
  ],
  smallest: [
    [-0.05, -5],
    [-8, -1],
  ],
};
const slice = (curvature?: CurvatureMap): LossSlice => ({
  ...sliceOf((x, y) => x * x + y * y, even(-1, 1, 5)),
  ...(curvature && { curvature }),
});
const sentence = (curvature: CurvatureMap): string => curvatureLines(slice(curvature))[0]?.sentence ?? "";

describe("a map of curvature in words", () => {
  test("has the greatest ratio, where it is, the share below 1 %, and what is not known", () => {
    expect(curvatureLines(slice())).toEqual([]);
    expect(curvatureLines(slice(map))).toEqual([
      {
        label: "|λmin/λmax|",
        value: "up to 100.0 %",
        sentence:
          "The greatest of 2 × 2 points is at (−1, 2); 33.3 % of them have less than 1 %. At each the loss bends downward in some " +
          "direction. At 1 the ratio is not known.",
      },
    ]);
    expect(sentence({ ...map, examples: 256 })).toContain("of 2 × 2 points, on 256 of the examples, is at");
  });

  test("says at how many points the loss bends downward: the ratio has no sign", () => {
    const line = { x: [-1, 0, 1], y: [0], largest: [[2, 2, 2]] };
    expect(sentence({ ...line, smallest: [[1, -1, 0]] })).toContain(
      "At 1 of them a direction was found in which the loss bends downward.",
    );
    expect(sentence({ ...line, smallest: [[1, 0.5, 0]] })).toBe(
      "The greatest of 3 points is at (−1); 33.3 % of them have less than 1 %. At none of them was a direction found in which the loss bends downward.",
    );
  });

  test("says where nothing is known", () => {
    const [line] = curvatureLines(slice({ x: [0, 1], y: [0], largest: [[null, null]], smallest: [[null, null]] }));
    expect(line).toMatchObject({ value: "–", sentence: "At none of 2 points is the Hessian finite." });
  });
});

describe("points at which the search ended before", () => {
  const rough = {
    ...map,
    error: [
      [0.05, 0.3],
      [0, null],
    ],
  };

  test("are counted, and marked in the picture", () => {
    expect(sentence(rough)).toContain("At 1, marked by ≈, the search ended before it was known to 1 %.");
    expect(sentence(map)).not.toContain("≈");
    const svg = toSvg(curvatureFigure(slice(rough)));
    expect(svg).toContain("≈ 25.0 %");
    expect(svg).toContain("≈: not known to 1 %");
    expect(svg).not.toContain("≈ 0.5 %");
    expect(toSvg(curvatureFigure(slice(map)))).not.toContain("≈");
  });

  test("are marked along a line, too", () => {
    const row = { x: [0, 0.5, 1], y: [0], largest: [[10, 10, 10]], smallest: [[-1, -2, -3]] };
    const marks = (error: readonly number[]): number =>
      toSvg(curvatureFigure(slice({ ...row, error: [error] }))).match(/>≈</g)?.length ?? 0;
    expect([marks([0, 0, 0]), marks([0.5, 0, 0.5])]).toEqual([0, 2]);
    expect(toSvg(curvatureFigure(slice({ ...row, error: [[0.5, 0, 0]] })))).toContain("≈: not known to 1 %");
  });

  test("are in the CSV with their bounds", () => {
    expect(curvatureCsv(slice(rough)).split("\n").slice(0, 3)).toEqual([
      "x,y,lambda_max,lambda_min,ratio,error",
      "-1,0,10,-0.05,0.005,0.05",
      `${1 / 3},0,20,-5,0.25,0.3`,
    ]);
    expect(curvatureCsv(slice(map)).split("\n")[4]).toBe(`${1 / 3},2,,-1,,`);
    expect(curvatureCsv(slice())).toBe("");
  });
});

test("VTK has the eigenvalues at the measured points, straight between those of the map", () => {
  const numbers = (vtk: string, name: string): number[] => {
    const bytes = Buffer.from(new RegExp(`Name="${name}"[^>]*>([^<]*)<`).exec(vtk)?.[1] ?? "", "base64");
    return Array.from({ length: (bytes.length - 4) / 8 }, (_, k) => bytes.readDoubleLE(4 + 8 * k));
  };
  const corners = {
    x: [-1, 1],
    y: [-1, 1],
    largest: [
      [1, 3],
      [5, 7],
    ],
    smallest: [
      [-1, -3],
      [-5, null],
    ],
  };
  const vtk = sliceVtk(slice(corners));
  const largest = numbers(vtk, "lambda_max");
  expect(largest).toHaveLength(25);
  expect([largest[0], largest[1], largest[4], largest[12], largest[24]]).toEqual([1, 1.5, 3, 4, 7]);
  expect(numbers(vtk, "lambda_min")[0]).toBe(-1);
  expect(numbers(vtk, "lambda_min")[24]).toBeNaN();
  expect(numbers(vtk, "lambda_ratio")[0]).toBe(1);
  expect(sliceVtk(slice())).not.toContain("lambda");
});

describe("a map of curvature as a picture", () => {
  test("has the full colour at its largest ratio, and from 50 % on: small ones are told apart, too", () => {
    const scaled = (ratio: number): CurvatureMap => ({
      ...{ x: [-1, 1], y: [-1, 1] },
      largest: [
        [10, 10],
        [10, 10],
      ],
      smallest: [
        [-10 * ratio, -5 * ratio],
        [-2.5 * ratio, 0],
      ],
    });
    const tints = (ratio: number): number[] => {
      const svg = toSvg(curvatureFigure(slice(scaled(ratio))));
      const found = [...svg.matchAll(/<rect[^>]*fill-opacity="([\d.]+)"/g)].map(([, share]) => Number(share));
      return found.map((share) => share / Math.max(...found));
    };
    for (const [k, share] of [1, 0.5, 0.25, 0].entries()) expect(tints(0.1)[k]).toBeCloseTo(share, 2);
    for (const [k, share] of [1, 1, 0.5, 0].entries()) expect(tints(1)[k]).toBeCloseTo(share, 2);
    expect(liveLandscape([slice(scaled(0.1))]).mostCurved).toBeCloseTo(0.1, 12);
    expect(liveLandscape([slice(scaled(0.1)), slice(scaled(3))]).mostCurved).toBe(0.5);
    expect(liveLandscape([slice()]).mostCurved).toBe(0.5);
    expect(curvatureFigure(slice(scaled(0.1))).title).toContain("in full colour from 10.0 %");
  });

  test("is on the page", () => {
    const html = landscapePage([slice(map)]);
    expect(html).toContain("Where it is near 0, the loss is nearly convex. Full colour is 50.0 % or more.");
    expect(html).toContain("(−1, 2): λmax 8, λmin −8");
    expect(landscapePage([slice()])).not.toContain("nearly convex.");
  });

  test("has a cell for each point that is known, with its percentage and eigenvalues", () => {
    const svg = toSvg(curvatureFigure(slice(map)));
    for (const words of ["0.5 %", "25.0 %", "100.0 %", "(−1, 2): λmax 8, λmin −8"]) expect(svg).toContain(words);
    expect(svg.match(/<title>\([^<]*λmax/g)).toHaveLength(3);
    // The upper row is the one with the larger y.
    const heightOf = (words: string): number =>
      Number(new RegExp(`y="([\\d.]+)"[^>]*><title>\\(${words}\\)`).exec(svg)?.[1]);
    expect(heightOf("−1, 2")).toBeLessThan(heightOf("−1, 0"));
  });

  test("names points that three digits do not tell apart in more of them", () => {
    const near = { ...map, x: [1, 1.0001] };
    expect(toSvg(curvatureFigure(slice(near)))).toContain("1.0001");
  });

  test("is a curve along a line, and refuses a slice without a map", () => {
    const line = { x: [-1, 0, 1], y: [0], largest: [[2, null, 2]], smallest: [[-1, -1, 0]] };
    expect(toSvg(curvatureFigure(slice(line)))).toContain("|λmin/λmax| of");
    expect(() => curvatureFigure(slice())).toThrow("the slice has no map of curvature");
  });
});
