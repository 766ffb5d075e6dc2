import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  pointAt,
  principalComponents,
  projector,
  type Trajectory,
  trajectoryPlane,
} from "../../src/landscape/index.ts";
import { squaredDistance } from "../../src/linalg/index.ts";
import { Random } from "../../src/random/index.ts";

interface Components {
  readonly axes: readonly (readonly number[])[];
  readonly explained: readonly number[];
  readonly singularValues: readonly number[];
}

/** Made by scripts/goldens/principal_components.py. */
const golden: {
  readonly points: readonly (readonly number[])[];
  readonly fromTheEnd: Components;
  readonly fromTheMean: Components;
  readonly plane: {
    readonly directions: readonly (readonly number[])[];
    readonly coordinates: readonly (readonly number[])[];
    readonly distances: readonly number[];
  };
} = JSON.parse(readFileSync(new URL("../goldens/landscape/principal-components.json", import.meta.url), "utf8"));

const points = golden.points.map((point) => Float64Array.from(point));

const close = (found: ArrayLike<number>, expected: readonly number[]): void => {
  expect(found).toHaveLength(expected.length);
  for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 9);
};

const agrees = (found: ReturnType<typeof principalComponents>, expected: Components): void => {
  for (const [k, axis] of expected.axes.entries()) close(found.axes[k], axis);
  close(found.explained, expected.explained);
  close(found.singularValues, expected.singularValues);
};

describe("principal components", () => {
  it("from the end are NumPy's singular vectors of the rows wᵢ − wₙ", () => {
    agrees(principalComponents(points, { count: 3 }), golden.fromTheEnd);
  });

  it("from the mean are scikit-learn's PCA, with its explained variance", () => {
    agrees(principalComponents(points, { origin: "mean", count: 3 }), golden.fromTheMean);
  });

  it("are the same for a float32 net with more parameters than are worked on at a time", () => {
    const random = new Random(3, "path");
    const wide = points.map((point) =>
      Float32Array.from({ length: 5000 }, (_, i) => point[i % 40] + 0.01 * random.normal()),
    );
    const { axes, explained, singularValues, origin } = principalComponents(wide);
    expect([...origin]).toEqual([...wide[8]]);
    for (const axis of axes) expect(Math.hypot(...axis)).toBeCloseTo(1, 9);
    expect(axes[0].reduce((sum, x, i) => sum + x * axes[1][i], 0)).toBeCloseTo(0, 9);
    // ‖M·axis‖ = σ, from the rows themselves.
    for (const [k, axis] of axes.entries()) {
      const along = wide.map((point) => axis.reduce((sum, x, i) => sum + x * (point[i] - origin[i]), 0));
      expect(Math.hypot(...along)).toBeCloseTo(singularValues[k], 6);
    }
    expect(explained[0]).toBeGreaterThan(explained[1]);
  });

  it("from the end explain exactly what the gap to their plane leaves", () => {
    const plane = trajectoryPlane([{ name: "adam", points: points.map((w, step) => ({ step, w })) }]);
    const project = projector(plane);
    const gap = points.reduce((sum, point) => sum + project(point).distance ** 2, 0);
    const whole = points.reduce((sum, point) => sum + squaredDistance(point, points[8]), 0);
    const explained = plane.directions.reduce((sum, { facts }) => sum + (facts.explained ?? 0), 0);
    expect(explained).toBeCloseTo(1 - gap / whole, 12);
    expect(plane.directions[0].facts.label).toBe(
      `1st principal component, ${(100 * golden.fromTheEnd.explained[0]).toFixed(1)} % of the path`,
    );
    // No other plane through the end comes closer: here those that are turned a little.
    const [a, b] = plane.directions.map(({ vector }) => vector);
    const random = new Random(1, "turned");
    for (let turn = 0; turn < 20; turn++) {
      const turned = [a, b].map((axis) => ({ vector: axis.map((x) => x + 0.05 * random.normal()) }));
      const other = projector({ origin: points[8], directions: [turned[0], turned[1]] });
      expect(points.reduce((sum, point) => sum + other(point).distance ** 2, 0)).toBeGreaterThan(gap);
    }
  });

  it("are of all ways together, from the end of the first or another point", () => {
    const way = (name: string, from: number, to: number): Trajectory => ({
      name,
      points: points.slice(from, to).map((w, step) => ({ step, w })),
    });
    const both = trajectoryPlane([way("adam", 4, 9), way("sgd", 0, 4)]);
    agrees(
      { ...principalComponents([...points.slice(4), ...points.slice(0, 4)], { origin: points[8], count: 3 }) },
      golden.fromTheEnd,
    );
    close(both.directions[0].vector.map(Math.abs), golden.fromTheEnd.axes[0].map(Math.abs));
    expect(both.directions[0].facts.label).toMatch(/% of the paths$/);
    expect([...trajectoryPlane([way("adam", 0, 9)], { origin: points[0] }).origin]).toEqual([...points[0]]);
  });

  it.each([
    [[], "there are no points"],
    [[points[0]], "the 1 points are all equal"],
    [[points[0], points[0], points[0]], "the 3 points are all equal"],
    [[points[0], points[1]], "the 2 points lie in fewer dimensions, so there are no 2 directions"],
    [[points[0], points[1], points[0]], "lie in fewer dimensions"],
    [[points[0], points[1].subarray(1)], "a point has 40 values, another 39"],
    [[points[0], points[1].map(() => Number.NaN), points[2]], "point 1 has NaN at 0; all its numbers must be finite"],
  ])("are refused where there are none: case %#", (some, words) => {
    expect(() => principalComponents(some)).toThrow(words);
    expect(() => principalComponents(some)).toThrow(RangeError);
  });

  it("are refused where too many are wanted", () => {
    expect(() => principalComponents(points, { count: 9 })).toThrow("so there are no 9 directions");
    expect(() => principalComponents(points, { count: 0 })).toThrow("count is 0");
  });
});

describe("the projection onto a plane with axes of any angle", () => {
  const [a, b] = golden.plane.directions.map((each) => ({ vector: Float64Array.from(each) }));
  const plane = { origin: points[8], directions: [a, b] } as const;

  it("is NumPy's least squares", () => {
    const project = projector(plane);
    for (const [i, point] of points.entries()) {
      const { x, y, distance } = project(point);
      close([x, y], golden.plane.coordinates[i]);
      expect(distance).toBeCloseTo(golden.plane.distances[i], 9);
    }
  });

  it("of a point in the plane is that point", () => {
    const { x, y, distance } = projector(plane)(pointAt(plane, 0.25, -3));
    close([x, y, distance], [0.25, -3, 0]);
  });

  it("is refused for axes that span no plane, and for points of another length", () => {
    expect(() => projector({ origin: points[8], directions: [a, { vector: a.vector.map((x) => -2 * x) }] })).toThrow(
      "the two directions are parallel",
    );
    expect(() => projector({ ...plane, directions: [a, { vector: new Float64Array(3) }] })).toThrow("has 3 values");
    expect(() => projector(plane)(points[0].subarray(1))).toThrow("the point has 39 values; 40 are needed");
  });
});
