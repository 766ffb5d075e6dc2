import { describe, expect, it } from "vitest";
import { nodeDevice } from "../../../src/device/node/index.ts";
import {
  againAt,
  halvesAt,
  halvesOf,
  type LossAt,
  type LossSlice,
  lossOver,
  pathTrust,
  spreadPoints,
} from "../../../src/landscape/index.ts";
import { NetObjective } from "../../../src/solvers/index.ts";
import { draw, filled } from "../../nn/filled.ts";
import { convnet, settingOf } from "../curvature/nets.ts";
import { even, sliceOf } from "./slices.ts";

const other = (f: (x: number, y: number) => number | null): LossAt => ({ measure: (x, y) => ({ loss: f(x, y) }) });

describe("points spread over a grid", () => {
  const grid = { x: even(-1, 1, 25), y: even(-1, 1, 13) };

  it("begin at the centre, are all different, and fill the window", () => {
    const points = spreadPoints(grid, 40);
    expect(points[0]).toEqual({ i: 6, j: 12 });
    expect(new Set(points.map(({ i, j }) => `${i} ${j}`)).size).toBe(40);
    for (const [rows, columns] of [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ])
      expect(points.filter(({ i, j }) => i > 6 === (rows === 1) && j > 12 === (columns === 1)).length).toBeGreaterThan(
        6,
      );
  });

  it("are all of them if more are wanted, and of a line too", () => {
    expect(spreadPoints(grid, 1000).length).toBe(25 * 13);
    expect(spreadPoints({ x: [-1, 0, 1], y: [0] }, 5).length).toBe(3);
    expect(() => spreadPoints(grid, 0)).toThrow("the number of points is 0; it must be a whole number, 1 or more");
  });
});

describe("losses again, in another way", () => {
  const slice = sliceOf((x, y) => 3 + x * x + y, even(-1, 1, 11));

  it("differ by nothing where they are the same, and by what they differ by", async () => {
    const same = await againAt(
      slice,
      other((x, y) => 3 + x * x + y),
    );
    expect(same).toMatchObject({ greatest: 0, mean: 0, apart: 0 });
    expect(same.points.length).toBe(5);
    const more = await againAt(
      slice,
      other((x, y) => (3 + x * x + y) * 1.25),
      9,
    );
    expect(more.greatest).toBeCloseTo(0.2, 12);
    expect(more.mean).toBeCloseTo(0.2, 12);
  });

  it("that are finite in one way only are counted", async () => {
    const found = await againAt(
      slice,
      other(() => null),
      4,
    );
    expect(found).toMatchObject({ greatest: null, mean: null, apart: 4 });
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });

  it("of a net in float32 and in float64 are within float32's rounding, but not equal", async () => {
    const single = await settingOf(convnet, { dtype: "f32" });
    const double = await settingOf(convnet);
    const directions = [single.w.map((x, i) => x * Math.sin(i)), single.w.map((x, i) => x * Math.cos(i))];
    const [x, y] = [even(-1, 1, 5), even(-1, 1, 5)];
    const inSingle = lossOver(single.objective, single.w, directions);
    const loss: (number | null)[][] = [];
    for (const up of y) {
      const row: (number | null)[] = [];
      for (const right of x) row.push((await inSingle.measure(right, up)).loss);
      loss.push(row);
    }
    const measured: LossSlice = { ...sliceOf(() => 0, x), loss };
    const { greatest, apart } = await againAt(measured, lossOver(double.objective, double.w, directions), 25);
    expect(apart).toBe(0);
    expect(greatest).toBeLessThan(1e-5);
    expect(greatest).toBeGreaterThan(1e-9);
    await Promise.all([single.objective.dispose(), double.objective.dispose()]);
  });

  it("stop when they are told to", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(
      againAt(
        slice,
        other(() => 1),
        5,
        signal,
      ),
    ).rejects.toThrow("enough");
    const both = [other(() => 1), other(() => 1)] as const;
    await expect(halvesAt(slice, both, 5, signal)).rejects.toThrow("enough");
  });
});

describe("halves of the examples", () => {
  it("are every other one, with their weights", async () => {
    const inputs = Float64Array.from({ length: 10 }, (_, k) => k);
    const targets = Float64Array.of(0, 1, 2, 3, 4);
    const [even, odd] = await halvesOf({ count: 5, inputs, targets, weights: Float64Array.of(1, 2, 3, 4, 5) });
    expect(even.count).toBe(3);
    expect([...even.inputs]).toEqual([0, 1, 4, 5, 8, 9]);
    expect([...odd.targets]).toEqual([1, 3]);
    expect([...(odd.weights ?? [])]).toEqual([2, 4]);
    await expect(
      halvesOf({ count: 1, inputs: inputs.subarray(0, 2), targets: targets.subarray(0, 1) }),
    ).rejects.toThrow("1 examples have no two halves");
  });

  it("of one net have losses whose mean is that on all, at each point", async () => {
    const { objective, w } = await settingOf(convnet);
    const { s } = filled(convnet);
    const examples = {
      count: 12,
      inputs: Float64Array.from(draw(12 * 128, 5)),
      targets: Float64Array.from({ length: 12 }, (_, i) => (i * 5) % 4),
    };
    const device = await nodeDevice({ device: "cpu" });
    const parts = (await halvesOf(examples)).map(
      (half) => new NetObjective({ model: convnet, examples: half, device, state: s }),
    );
    const directions = [w.map((x, i) => 0.3 * x * Math.sin(i))];
    const [first, second] = parts.map((part) => lossOver(part, w, directions));
    const whole = lossOver(objective, w, directions);
    const found = await halvesAt({ x: even(-1, 1, 5), y: [0] }, [first, second]);
    expect(found.greatest).toBeGreaterThan(0.001);
    for (const point of found.points) {
      const { loss } = await whole.measure(point.x, point.y);
      expect(((point.first ?? 0) + (point.second ?? 0)) / 2).toBeCloseTo(loss ?? Number.NaN, 12);
    }
    await Promise.all([objective, ...parts].map((each) => each.dispose()));
  });
});

describe("a path in a plane", () => {
  const plane = sliceOf((x, y) => x * x + y * y, even(-1, 1, 5), even(-1, 1, 5), "trajectory");
  const path = { name: "adam", steps: [0, 1], x: [3, 0], y: [4, 0], loss: [25, 0], onPlane: [20, 0], distance: [5, 0] };

  it("tells how much of it is outside, and how far its losses are from the plane's", () => {
    const directions = plane.directions.map((each, k) => ({ ...each, explained: [0.7, 0.2][k] }));
    expect(pathTrust({ ...plane, directions, paths: [path] })).toEqual([
      { name: "adam", explained: expect.closeTo(0.9, 12), outside: 0.5, gap: 0.2, unknown: 0 },
    ]);
  });

  it("has no explained variance in a plane of random directions, and knows what it does not know", () => {
    const lost = { ...path, onPlane: [null, null], distance: [0, 0] };
    expect(pathTrust({ ...plane, paths: [lost] })).toEqual([
      { name: "adam", explained: null, outside: 0, gap: null, unknown: 2 },
    ]);
    expect(pathTrust(plane)).toEqual([]);
  });
});
