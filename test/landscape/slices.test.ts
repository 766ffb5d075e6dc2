import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { loadDataset } from "../../src/data/node/index.ts";
import { nodeDevice } from "../../src/device/node/index.ts";
import { referenceDevice } from "../../src/device/reference/interpreter.ts";
import { sizeOf } from "../../src/expr/index.ts";
import {
  between,
  type Direction,
  direction,
  evenGrid,
  evenLine,
  type FinishedPoints,
  lossSlice,
  type Measured,
  randomDirection,
  refined,
  type SliceOptions,
  scaledLike,
} from "../../src/landscape/index.ts";
import {
  activation,
  batchNorm,
  conv2d,
  dense,
  dropout,
  flatten,
  layoutOf,
  type Model,
  mlp,
  sequential,
  stateLayoutOf,
} from "../../src/nn/index.ts";
import { adam } from "../../src/optimizers/index.ts";
import { createTraining } from "../../src/train/node/index.ts";

interface Golden {
  readonly batch: number;
  readonly train: readonly number[];
  readonly test: readonly number[];
  readonly labels: readonly number[];
  readonly a: { readonly w: readonly number[]; readonly s: readonly number[] };
  readonly b: { readonly w: readonly number[] };
  readonly raw: readonly number[];
  readonly filter: readonly number[];
  readonly frozen: { readonly x: readonly number[]; readonly measured: readonly (readonly [number, number])[] };
  readonly recomputed: Golden["frozen"];
}
const golden: Golden = JSON.parse(readFileSync(new URL("../goldens/landscape/slices.json", import.meta.url), "utf8"));
const about = { data: "made up", split: "test" } as const;

const small = sequential(
  [2, 4, 4],
  [conv2d(3, 3, { padding: 1, bias: false }), batchNorm(), activation("relu"), flatten(), dropout(0.5), dense(4)],
  { name: "small" },
);
const [w, s] = [golden.a.w, golden.a.s].map((values) => Float64Array.from(values));
const examples = {
  count: golden.labels.length,
  inputs: Float64Array.from(golden.test),
  targets: Float64Array.from(golden.labels),
};
const usual = { net: { model: small, w, s }, examples, device: referenceDevice, about };

describe("a slice by PyTorch", () => {
  test("has directions that are normalised as Li et al. do it", () => {
    const own = scaledLike(small, w, Float64Array.from(golden.raw), "filter");
    for (const [i, value] of golden.filter.entries()) expect(own[i]).toBeCloseTo(value, 9);
  });

  test("has the same losses and accuracies along such a direction, with batch normalisation frozen", async () => {
    const along = direction(Float64Array.from(golden.filter), { kind: "filter", label: "PyTorch's" });
    const slice = await lossSlice({ ...usual, directions: [along], grid: { x: golden.frozen.x, y: [0] } });
    expect(slice.loss[0]).toEqual(golden.frozen.measured.map(([loss]) => expect.closeTo(loss, 10)));
    expect(slice.accuracy?.[0]).toEqual(golden.frozen.measured.map(([, accuracy]) => expect.closeTo(accuracy, 12)));
  });

  test("has the same from one net to another, with batch normalisation measured anew by batches", async () => {
    const measured = {
      count: golden.train.length / 32,
      inputs: Float64Array.from(golden.train),
      targets: new Float64Array(golden.train.length / 32),
    };
    const slice = await lossSlice({
      ...usual,
      directions: [between(w, Float64Array.from(golden.b.w))],
      grid: { x: golden.recomputed.x, y: [0] },
      normalization: { examples: measured, batchSize: golden.batch },
    });
    expect(slice.loss[0]).toEqual(golden.recomputed.measured.map(([loss]) => expect.closeTo(loss, 9)));
    expect(slice.accuracy?.[0]).toEqual(golden.recomputed.measured.map(([, accuracy]) => expect.closeTo(accuracy, 12)));
  });
});

const twoOf = (model: Model, at: ArrayLike<number>, seed = 1): Direction[] =>
  [0, 1].map((index) => randomDirection(model, Float64Array.from(at), "filter", { seed, index }));

describe("a slice's laws", () => {
  test("the centre is the run's own loss and accuracy on those examples, to the bit", async () => {
    const data = await loadDataset("digits");
    const layers = [
      conv2d(8, 3, { padding: "same" }),
      batchNorm(),
      activation("relu"),
      flatten(),
      dropout(0.2),
      dense(10),
    ];
    for (const [model, batchSize] of [
      [mlp([64, 16, 10], { dropout: 0.3 }), 32],
      [sequential([1, 8, 8], layers), 700],
    ] as const) {
      const training = await createTraining({ model, data, optimizer: adam(), epochs: 1, batchSize });
      let told: Measured | undefined;
      for await (const event of training) if (event.kind === "end") told = event.test;
      const net = training.trained;
      const directions = twoOf(net.model, net.w);
      const grid = evenGrid({ columns: 3, x: [-0.5, 0.5] });
      const device = await nodeDevice({ threads: 1 });
      const slice = await lossSlice({ net, examples: data.test, device, batchSize, directions, grid, about });
      expect(slice.centre).toEqual(told);
      expect([slice.loss[1][1], slice.accuracy?.[1][1]]).toEqual([told?.loss, told?.accuracy]);
      expect(slice.loss[0][0]).not.toBe(slice.centre.loss);
    }
  });

  test("loss[i][j] is at x[j], y[i]", async () => {
    const [a, b] = twoOf(small, w);
    const grid = { x: [-0.5, 0, 0.25], y: [0, 1] };
    const plane = await lossSlice({ ...usual, directions: [a, b], grid });
    expect([plane.loss.length, plane.loss[0].length]).toEqual([2, 3]);
    const along = await lossSlice({ ...usual, directions: [a], grid: { x: grid.x, y: [0] } });
    expect(plane.loss[0]).toEqual(along.loss[0]);
    const across = await lossSlice({ ...usual, directions: [b], grid: { x: grid.y, y: [0] } });
    expect([plane.loss[0][1], plane.loss[1][1]]).toEqual(across.loss[0]);
    expect(plane.centre).toEqual({ loss: plane.loss[0][1], accuracy: plane.accuracy?.[0][1] });
  });

  // Li et al. 2018, section 4: f(W) and f(c·W) are one net where a normalisation follows, so they must have one landscape.
  test.each(["f64", "f32"] as const)(
    "a filter's scale does not count where batch normalisation makes up for it, in %s",
    async (dtype) => {
      const c = 7;
      const [filters, means, variances] = [
        layoutOf(small).find(({ name }) => name === "layer1_weight"),
        ...["mean", "var"].map((part) => stateLayoutOf(small).find(({ name }) => name === `layer2_running_${part}`)),
      ];
      if (filters === undefined || means === undefined || variances === undefined) throw new Error("no such tensor");
      const [scaledW, scaledS] = [w.slice(), s.slice()];
      const one = sizeOf(filters.shape) / filters.shape[0];
      for (let i = 0; i < one; i++) scaledW[filters.offset + one + i] *= c;
      scaledS[means.offset + 1] *= c;
      // Of σ² + ε the second part is scaled, too.
      scaledS[variances.offset + 1] = c ** 2 * s[variances.offset + 1] + (c ** 2 - 1) * 1e-5;
      const typed = (values: Float64Array) => (dtype === "f32" ? Float32Array.from(values) : values);
      const sliceOf = (at: Float64Array, state: Float64Array) =>
        lossSlice({
          ...usual,
          net: { model: small, w: typed(at), s: typed(state) },
          examples: { ...examples, inputs: typed(examples.inputs), targets: typed(examples.targets) },
          directions: twoOf(small, typed(at)),
          grid: evenGrid({ columns: 5 }),
        });
      const [plain, scaled] = [await sliceOf(w, s), await sliceOf(scaledW, scaledS)];
      expect(scaled.directions[0].length).toBeGreaterThan(2 * plain.directions[0].length);
      for (const [i, row] of plain.loss.entries())
        for (const [j, loss] of row.entries())
          expect(Math.abs((scaled.loss[i][j] ?? Number.NaN) / (loss ?? Number.NaN) - 1)).toBeLessThan(1e-6);
    },
  );

  test("a loss that is not finite is null, and the others are there", async () => {
    const [a] = twoOf(small, w);
    const far = { ...a, vector: a.vector.map((x) => 1e200 * x) };
    const slice = await lossSlice({ ...usual, directions: [far], grid: { x: [-1e160, 0, 1e160], y: [0] } });
    expect(slice.loss).toEqual([[null, expect.any(Number), null]]);
    expect(JSON.parse(JSON.stringify(slice))).toEqual(slice);
  });

  test("points that are known are not measured again, and each new one is told at once", async () => {
    const points = new Map<string, Measured>([["1,0", { loss: 42, accuracy: 0.5 }]]);
    const kept: string[] = [];
    const finished: FinishedPoints = {
      find: (x, y) => points.get(`${x},${y}`),
      keep: (x, y, measured) => {
        kept.push(`${x},${y}`);
        points.set(`${x},${y}`, measured);
      },
    };
    const steps: (readonly [number, number])[] = [];
    const onProgress = (...step: readonly [number, number]) => void steps.push(step);
    const given: SliceOptions = { ...usual, directions: twoOf(small, w), grid: evenGrid({ columns: 3 }), finished };
    const slice = await lossSlice({ ...given, onProgress });
    expect(slice.loss[1][2]).toBe(42);
    expect([kept.length, kept[0], steps.length, steps.at(-1)]).toEqual([8, "0,0", 8, [8, 8]]);
    const again = await lossSlice({ ...given, grid: evenGrid({ columns: 5 }), onProgress });
    expect([kept.length, again.loss[2][4]]).toEqual([8 + 16, 42]);
    expect(await lossSlice(given)).toEqual(slice);
    expect(kept.length).toBe(8 + 16);
  });

  test("an interruption ends it at the next point; what was measured stays", async () => {
    const abort = new AbortController();
    const kept: Measured[] = [];
    const finished = {
      find: () => undefined,
      keep: (_x: number, _y: number, measured: Measured) => {
        kept.push(measured);
        if (kept.length === 4) abort.abort(new Error("enough"));
      },
    };
    const given = { ...usual, directions: twoOf(small, w), grid: evenGrid({ columns: 3 }), finished };
    await expect(lossSlice({ ...given, signal: abort.signal })).rejects.toThrow("enough");
    expect(kept.length).toBe(4);
  });
});

describe("what a slice refuses", () => {
  const [a, b] = twoOf(small, w);
  const grid = evenGrid({ columns: 3 });
  test.each<readonly [string, Partial<SliceOptions>, RegExp]>([
    ["a grid of one point", { grid: { x: [0], y: [0] } }, /a grid of one point is no slice/],
    ["a grid without points", { grid: { x: [], y: [0] } }, /the grid has no x/],
    ["a grid that does not ascend", { grid: { x: [0, 1, 1], y: [0] } }, /the grid's x\[2\] is 1/],
    ["a grid that is not finite", { grid: { x: [0, Number.NaN], y: [0] } }, /the grid's x\[1\] is NaN/],
    ["a plane along one direction", { directions: [a] }, /one direction, so its y must be \[0\]/],
    ["no direction", { directions: [] }, /one or two directions; 0 were given/],
    [
      "a direction of another length",
      { directions: [a, { ...b, vector: new Float64Array(3) }] },
      /the direction "random.*" has 3 values, but the model has 256 parameters/,
    ],
    ["rounds that are no number", { refine: -1 }, /refine is -1/],
    [
      "statistics of one example",
      { normalization: { examples: { ...examples, count: 1, inputs: examples.inputs.slice(0, 32) } } },
      /on one example; give at least 2/,
    ],
  ])("%s", async (_, changes, message) => {
    await expect(lossSlice({ ...usual, directions: [a, b], grid, ...changes })).rejects.toThrow(message);
  });
});

describe("a grid", () => {
  test("is symmetric, and has 0 and the ends exactly", () => {
    for (const [r, columns] of [
      [1, 51],
      [0.3, 7],
      [1.7, 25],
      [1e-3, 11],
    ]) {
      const { x, y } = evenGrid({ x: [-r, r], columns });
      expect([x[0], x[(columns - 1) / 2], x[columns - 1]]).toEqual([-r, 0, r]);
      for (const [i, value] of x.entries()) expect(value).toBe(-x[columns - 1 - i] + 0);
      expect(y).toEqual(x);
    }
    const { x, y } = evenLine({ x: [-0.5, 1.5], columns: 41 });
    expect([x[0], x[10], x[30], x[40], y]).toEqual([-0.5, 0, 1, 1.5, [0]]);
    expect(evenGrid({ columns: 3, rows: 2, y: [0, 4] }).y).toEqual([0, 4]);
  });

  test.each([
    [{ columns: 1 }, /points along x is 1/],
    [{ rows: 0 }, /points along y is 0/],
    [{ x: [1, -1] as const }, /x goes from 1 to -1/],
    [{ y: [0, Number.POSITIVE_INFINITY] as const }, /y goes from 0 to Infinity/],
  ])("refuses %j", (options, message) => {
    expect(() => evenGrid(options)).toThrow(message);
  });
});

describe("refinement", () => {
  test("puts columns and rows where the surface bends, and nowhere else", () => {
    const x = [0, 1, 2, 3, 4, 5];
    const kink = x.map((value) => 10 + 5 * Math.abs(value - 2));
    expect(refined({ x, y: [0, 1, 2] }, [kink, kink, kink])).toEqual({ x: [0, 1, 1.5, 2, 2.5, 3, 4, 5], y: [0, 1, 2] });
    const columns = x.map((value) => [value, value, value]);
    expect(
      refined(
        { x: [0, 1, 2], y: x },
        columns.map((_, i) => [kink[i], kink[i], kink[i]]),
      ),
    ).toEqual({
      x: [0, 1, 2],
      y: [0, 1, 1.5, 2, 2.5, 3, 4, 5],
    });
  });

  test("measures a bend on uneven grids from the straight line, relative to the value", () => {
    const grid = { x: [0, 1, 4], y: [0] };
    expect(refined(grid, [[1, 2, 5]])).toEqual(grid);
    expect(refined(grid, [[100, 104, 100]])).toEqual(grid);
    expect(refined(grid, [[100, 106, 100]]).x).toEqual([0, 0.5, 1, 2.5, 4]);
    expect(refined(grid, [[1, null, 5]]).x).toEqual([0, 0.5, 1, 2.5, 4]);
    expect(refined(grid, [[null, null, null]])).toEqual(grid);
  });

  test("of a slice goes on round by round, over whole rows and columns", async () => {
    const [a, b] = twoOf(small, w);
    const given = { ...usual, directions: [a, b], grid: evenGrid({ columns: 4, x: [-2, 2] }) };
    const [coarse, once, twice] = [
      await lossSlice(given),
      await lossSlice({ ...given, refine: 1 }),
      await lossSlice({ ...given, refine: 2 }),
    ];
    expect(once.x.length).toBeGreaterThan(coarse.x.length);
    expect(twice.x.length).toBeGreaterThan(once.x.length);
    expect(once.x).toEqual(expect.arrayContaining([...coarse.x]));
    expect(twice.loss.map((row) => row.length)).toEqual(twice.y.map(() => twice.x.length));
    expect(twice.loss.flat().every((loss) => typeof loss === "number")).toBe(true);
    const at = (slice: typeof coarse, x: number, y: number) => slice.loss[slice.y.indexOf(y)][slice.x.indexOf(x)];
    for (const x of coarse.x) for (const y of coarse.y) expect(at(twice, x, y)).toBe(at(coarse, x, y));
  });
});
