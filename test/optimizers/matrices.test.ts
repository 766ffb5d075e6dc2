import { describe, expect, it } from "vitest";
import { moons } from "../../src/data/index.ts";
import { nodeDevice } from "../../src/device/node/device.ts";
import type { Layout } from "../../src/expr/layout.ts";
import { svd } from "../../src/linalg/index.ts";
import { mlp } from "../../src/nn/index.ts";
import { createTraining } from "../../src/node/index.ts";
import {
  parseRule,
  type Rule,
  rule,
  withNormClipping,
  withSlowWeights,
  withWeightDecay,
  writePyTorch,
  writeRule,
} from "../../src/optimizers/index.ts";
import { ruleFormulas } from "../../src/optimizers/rule-formulas.ts";

/** Muon (Jordan et al. 2024) as a user writes it: five steps of Newton–Schulz for matrices, momentum for the rest. */
const muon = parseRule(
  `
hyper lr = 0.02
hyper beta = 0.95
slot m

m = beta*m + g

matrices:
x = (g + beta*m) / (norm(g + beta*m) + 1e-7)
${`a = matmul(x, x, transposeB=1)
x = 3.4445*x - 4.775*matmul(a, x) + 2.0315*matmul(a, matmul(a, x))
`.repeat(5)}
w = w - lr*sqrt(max(1, columns/rows))*x

others:
w = w - lr*m
`,
  "muon",
);

const layout: Layout = [
  { name: "wide", shape: [3, 5], offset: 0 },
  { name: "bias", shape: [5], offset: 15 },
  { name: "tall", shape: [6, 2], offset: 20 },
];
const LENGTH = 32;
const filled = (number: (i: number) => number): Float64Array =>
  Float64Array.from({ length: LENGTH }, (_, i) => number(i));

type Rows = number[][];
const rowsOf = (x: ArrayLike<number>, [rows, columns]: readonly number[], offset: number): Rows =>
  Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => x[offset + i * columns + j]));
const times = (a: Rows, b: Rows): Rows =>
  a.map((row) => b[0].map((_, j) => row.reduce((sum, x, k) => sum + x * b[k][j], 0)));
const turned = (a: Rows): Rows => a[0].map((_, j) => a.map((row) => row[j]));

/** Jordan's loop, in which a matrix lies on its long side: X ← aX + (bA + cA²)X with A = XXᵀ. */
function newtonSchulz(g: Rows): Rows {
  if (g.length > g[0].length) return turned(newtonSchulz(turned(g)));
  const length = Math.sqrt(g.flat().reduce((sum, x) => sum + x * x, 0));
  let x = g.map((row) => row.map((each) => each / (length + 1e-7)));
  for (let k = 0; k < 5; k++) {
    const a = times(x, turned(x));
    const aa = times(a, a);
    const b = a.map((row, i) => row.map((each, j) => -4.775 * each + 2.0315 * aa[i][j]));
    const bx = times(b, x);
    x = x.map((row, i) => row.map((each, j) => 3.4445 * each + bx[i][j]));
  }
  return x;
}

/** The w of some steps of Muon, by plain loops. */
function plainMuon(start: Float64Array, gradients: readonly Float64Array[]): Float64Array {
  const [w, m] = [start.slice(), new Float64Array(LENGTH)];
  for (const g of gradients) {
    for (let i = 0; i < LENGTH; i++) m[i] = 0.95 * m[i] + g[i];
    for (const { shape, offset } of layout) {
      const [rows, columns = 0] = shape;
      const ahead = g.map((x, i) => x + 0.95 * m[i]);
      const scale = Math.sqrt(Math.max(1, columns / rows));
      const step =
        columns === 0
          ? Array.from({ length: rows }, (_, i) => m[offset + i])
          : newtonSchulz(rowsOf(ahead, shape, offset)).flatMap((row) => row.map((x) => scale * x));
      for (const [i, x] of step.entries()) w[offset + i] -= 0.02 * x;
    }
  }
  return w;
}

const farthest = (a: Float64Array, b: Float64Array): number => Math.max(...a.map((x, i) => Math.abs(x - b[i])));
const gradients = [1, 2, 3].map((seed) => filled((i) => Math.sin(seed + 7 * i * i)));

describe("Muon, written by a user", () => {
  it("takes the steps of a plain loop, and so it does on a device", async () => {
    const optimizer = muon();
    const wanted = plainMuon(filled(Math.cos), gradients);
    const w = filled(Math.cos);
    const state = optimizer.init(w);
    for (const g of gradients) optimizer.step(w, g, state, layout);
    expect(farthest(w, wanted)).toBeLessThan(1e-13);

    const [again, g] = [filled(Math.cos), filled(() => 0)];
    const step = await optimizer.bindOn(await nodeDevice(), again, g, optimizer.init(again), { layout });
    for (const gradient of gradients) {
      g.set(gradient);
      expect(await step?.()).toBe(true);
    }
    await step?.dispose();
    expect(farthest(again, wanted)).toBeLessThan(1e-13);
  });

  it("steps by matrices that are nearly orthogonal, whatever the gradient's lengths", () => {
    const optimizer = muon({ lr: 1 });
    const w = filled(() => 0);
    optimizer.step(
      w,
      filled((i) => 10 ** (i % 4) * Math.sin(i * i)),
      optimizer.init(w),
      layout,
    );
    for (const { shape, offset } of layout.filter((place) => place.shape.length === 2)) {
      const [rows, columns] = shape;
      const matrix = turned(rowsOf(w, shape, offset));
      const flat = Float64Array.from((rows < columns ? matrix : turned(matrix)).flat());
      const scale = Math.sqrt(Math.max(1, columns / rows));
      const { values } = svd(flat, Math.max(rows, columns), Math.min(rows, columns));
      for (const value of values) expect(Math.abs(value / scale - 0.95)).toBeLessThan(0.35);
    }
  });

  it("trains a net, on the device to the interpreter's losses", async () => {
    const data = moons({ count: 120, noise: 0.1, seed: 1 });
    const losses = async (device: "cpu" | "reference"): Promise<number[]> => {
      const net = { model: mlp([2, 8, 6, 2]), data, dtype: "f64", device } as const;
      const found: number[] = [];
      const training = await createTraining({ ...net, optimizer: muon(), epochs: 3, batchSize: 20 });
      for await (const event of training) if (event.kind === "batch") found.push(event.loss);
      return found;
    };
    const [given, expected] = [await losses("cpu"), await losses("reference")];
    expect(given.length).toBeGreaterThan(8);
    given.forEach((loss, i) => {
      expect(Math.abs(loss / expected[i] - 1)).toBeLessThan(1e-12);
    });
    expect(given.at(-1)).toBeLessThan(0.7 * given[0]);
  });
});

/** The w after one step from ones, along a gradient of ones. */
function oneStep(made: Rule, places: Layout | undefined = layout): Float64Array {
  const optimizer = made();
  const w = filled(() => 1);
  optimizer.step(
    w,
    filled(() => 1),
    optimizer.init(w),
    places,
  );
  return w;
}

const halves = parseRule("matrices:\nw = w - rows/columns*g\nothers:\nw = 5*w");

describe("lines for matrices and for other tensors", () => {
  it("are taken by each tensor for itself, where numbers are made one by one, too", async () => {
    expect([...oneStep(halves)]).toEqual([...filled((i) => (i < 15 ? 1 - 3 / 5 : i < 20 ? 5 : 1 - 6 / 2))]);
    const w = filled(() => 1);
    const [optimizer, device] = [halves(), await nodeDevice()];
    expect(await optimizer.bindOn(device, w, w.slice(), optimizer.init(w), { layout })).toBeUndefined();
  });

  it("are those for other tensors where w is told to be no more than a vector", () => {
    expect([...oneStep(halves, [{ name: "w", shape: [LENGTH], offset: 0 }])]).toEqual([...filled(() => 5)]);
    const optimizer = halves();
    const w = Float64Array.of(1, 2);
    optimizer.step(w, Float64Array.of(1, 1), optimizer.init(w));
    expect([...w]).toEqual([5, 10]);
  });

  it("are those for other tensors where one has no axes, or more than two", () => {
    const places: Layout = [
      { name: "number", shape: [], offset: 0 },
      { name: "kernels", shape: [3, 2, 2, 2], offset: 1 },
      { name: "weights", shape: [7, 1], offset: 25 },
    ];
    expect([...oneStep(halves, places)]).toEqual([...filled((i) => (i < 25 ? 5 : 1 - 7))]);
  });

  it("leave what wrappers add for all tensors", () => {
    const decayed = withWeightDecay(rule({ ...halves.spec, hyper: { lr: 0.5 } }), 0.5);
    expect([...oneStep(decayed)].map((x) => x.toFixed(12))).toEqual(
      [...filled((i) => (i < 15 ? 0.75 - 3 / 5 : i < 20 ? 3.75 : 0.75 - 6 / 2))].map((x) => x.toFixed(12)),
    );
    const slow = withSlowWeights(halves, { every: 1, pull: 0.5 });
    expect([...oneStep(slow)]).toEqual([...filled((i) => (i < 15 ? 1 - 1.5 / 5 : i < 20 ? 3 : 1 - 3 / 2))]);
  });

  it("see the length of the whole gradient, where matrices alone ask for it", () => {
    const length = Math.sqrt(LENGTH);
    const whole = parseRule("matrices:\nw = w - g/g_norm\nothers:\nw = w");
    expect(
      farthest(
        oneStep(whole),
        filled((i) => (i >= 15 && i < 20 ? 1 : 1 - 1 / length)),
      ),
    ).toBeLessThan(1e-15);
    const clipped = filled((i) => (i < 15 ? 1 - 3 / 5 / length : i < 20 ? 5 : 1 - 6 / 2 / length));
    expect(farthest(oneStep(withNormClipping(halves, 1)), clipped)).toBeLessThan(1e-15);
  });

  it("may leave other tensors as they are, on a device, too", async () => {
    const optimizer = parseRule("matrices:\nw = w - matmul(matmul(g, transpose(g)), g)\nothers:\nw = w")();
    const w = filled(() => 1);
    const step = await optimizer.bindOn(
      await nodeDevice(),
      w,
      filled(() => 1),
      optimizer.init(w),
      { layout },
    );
    expect(await step?.()).toBe(true);
    await step?.dispose();
    // Each element of ggᵀg is the number of the matrix's elements.
    expect([...w]).toEqual([...filled((i) => (i < 15 ? 1 - 15 : i < 20 ? 1 : 1 - 12))]);
  });

  it("are kept by a file, and told in TeX and for PyTorch", () => {
    expect(parseRule(writeRule(muon.spec)).spec).toMatchObject({ hyper: muon.spec.hyper, slots: muon.spec.slots });
    expect(ruleFormulas(halves.spec)).toEqual([
      "\\text{matrices:}",
      expect.stringMatching(/^w \\leftarrow w - .*rows.*columns.* g$/),
      "\\text{others:}",
      "w \\leftarrow 5 w",
    ]);
    expect(writePyTorch(halves.spec)).toContain(
      [
        "                if p.ndim == 2:",
        "                    rows, columns = (number(n) for n in p.shape)",
        "                    w = w - rows / columns*g",
        "                if p.ndim != 2:",
        "                    w = 5*w",
      ].join("\n"),
    );
  });
});

describe("a rule is refused", () => {
  it.each([
    [
      "w = w - matmul(g, g)",
      /^line 1, column 9: for a matrix, here of shape \[2, 3\]: matmul: .* do not multiply: .* below others:/,
    ],
    [
      "x = matmul(g, transpose(g))\nw = w - matmul(x, g)",
      /^line 2, column 9: for a tensor that is not a matrix, here of shape \[2\]: matmul: .* use \* for scalars\. Put lines for .* matrices:/,
    ],
    ["matrices:\nw = matmul(g, transpose(g))\nothers:\nw = w - g", /^line 2, .* w would get the shape \[2, 2\]$/m],
    ["matrices:\nw = w - g", /never assigns w for a tensor that is not a matrix.*assign it below others:/],
    ["others:\nw = w - g", /never assigns w for a matrix.*assign it below matrices:/],
    ["matrix:\nw = w - g", /^line 1, column 1: heading "matrix" is not known \(allowed: all, matrices, others\)/],
    ["w = w - g\n matrices: w = g", /^line 2, column 2: matrices: must stand alone on its line/],
    ["scalar p = 1\nmatrices:\np = 2\nw = w - g\nothers:\nw = g", /^line 3, column 1: p is one number for all tensors/],
    [
      "matrices:\nx = 2*g\nothers:\nw = g\nall:\nw = w - x",
      /^line 6, column 9: x has no value for a tensor that is no/,
    ],
    ["w = w - rows*g", /^line 1, column 9: rows has no value for a tensor that is not a matrix/],
  ])("where it cannot be for every tensor: %j", (text, message) => {
    expect(() => parseRule(text)).toThrow(message);
  });

  it("but a declared name may be called as one of a matrix's numbers", () => {
    expect([...oneStep(parseRule("hyper rows = 0.5\nw = w - rows*g"))]).toEqual([...filled(() => 0.5)]);
  });
});

it.each([
  ["w - g", /g/],
  ["matmul(w, transpose(w))", /has matrix products; a point must be computed element by element/],
])("a point ahead that cannot be computed there is refused when the rule is read: %s", (point, words) => {
  expect(() => parseRule(`hyper lr = 0.1\nlookahead = ${point}\nw = w - lr*g`, "ahead")).toThrow(words);
});
