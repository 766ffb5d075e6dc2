import { describe, expect, it } from "vitest";
import { moons, sourceOf } from "../../src/data/index.ts";
import { referenceDevice } from "../../src/device/reference/interpreter.ts";
import { connect, curveShares, highestLoss, pathsOn, weightsMeter } from "../../src/landscape/index.ts";
import { curveSource } from "../../src/landscape/journeys/curve-source.ts";
import { batchNorm, dense, mlp, sequential, softmaxCrossEntropy } from "../../src/nn/index.ts";
import { Engine } from "../../src/objective/index.ts";
import { adam, gradientDescent, momentum, nesterov } from "../../src/optimizers/index.ts";
import { Random } from "../../src/random/index.ts";
import { Training, type TrainOptions } from "../../src/train/index.ts";
import { parametersOf } from "./nets.ts";

const device = referenceDevice;
const data = moons({ count: 200, seed: 3 });
const model = mlp([2, 8, 2], { activation: "tanh" });

async function trained(options: Partial<TrainOptions>): Promise<Training> {
  const plan = { model, data, optimizer: adam({ lr: 0.03 }), batchSize: 28, epochs: 25, dtype: "f64" } as const;
  const run = new Training({ ...plan, ...options }, new Engine(device));
  for await (const _ of run);
  return run;
}

describe("the shares of a curve's points", () => {
  it("are the formula's, sum to 1, and end in the ends", () => {
    for (const t of [0, 0.1, 0.25, 0.5, 0.7, 1]) {
      const [a, b, c] = curveShares("bezier", t);
      expect([a, b, c]).toEqual([(1 - t) * (1 - t), 2 * t * (1 - t), t * t]);
      for (const shape of ["bezier", "chain"] as const)
        expect(curveShares(shape, t).reduce((sum, x) => sum + x)).toBeCloseTo(1, 15);
    }
    for (const shape of ["bezier", "chain"] as const) {
      expect(curveShares(shape, 0)).toEqual([1, 0, 0]);
      expect(curveShares(shape, 1)).toEqual([0, 0, 1]);
    }
    expect(curveShares("chain", 0.5)).toEqual([0, 1, 0]);
    expect(curveShares("chain", 0.25)).toEqual([0.5, 0.5, 0]);
  });
});

describe.each(["bezier", "chain"] as const)("the gradient by the bend of a %s curve", (shape) => {
  it.each([
    ["a rule", false],
    ["a rule that looks ahead", true],
  ])("is that of finite differences, for %s", async (_, lookahead) => {
    const ends = [parametersOf(model, 1), parametersOf(model, 2)] as const;
    const curve = curveSource(new Engine(device), { shape, ends, seed: 7 });
    const count = 20;
    const run = curve.begin({ model, dtype: "f64", batchSize: count, vectors: 1, lookahead, l2: 0.1 });
    const bend = parametersOf(model, 3);
    const at = run.point;
    at.set(bend);
    const indices = Uint32Array.from({ length: count }, (_, i) => i);
    const examples = { ...data.train, count: 140 };
    const loss = async (): Promise<number> => (await curve.gradient(sourceOf(examples), indices, { step: 5 })).loss;
    await loss();
    const g = run.g.slice();
    expect(Math.hypot(...g)).toBeGreaterThan(1e-3);
    const random = new Random(1, "direction");
    const direction = bend.map(() => random.normal());
    const h = 1e-6;
    const along: number[] = [];
    for (const step of [-h, h]) {
      at.set(bend.map((x, i) => x + step * direction[i]));
      along.push(await loss());
    }
    const expected = (along[1] - along[0]) / (2 * h);
    expect(direction.reduce((sum, d, i) => sum + d * g[i], 0)).toBeCloseTo(expected, 5);
    await curve.dispose();
  });
});

describe("a curve between two solutions", async () => {
  const [first, last] = await Promise.all([1, 2].map(async (seed) => (await trained({ seed })).trained.w));
  const ends = [first, last] as const;
  const common = { model, data, ends, device, batchSize: 28, epochs: 60, points: 21 };

  it.each(["bezier", "chain"] as const)("has no barrier where the straight line has one: %s", async (shape) => {
    const found = await connect({ ...common, shape, optimizer: adam({ lr: 0.03 }) });
    const { curve, line, positions, path, plane, outcome } = found;
    expect(outcome.kind).toBe("completed");
    expect(positions).toHaveLength(21);
    // Both begin and end in the same nets.
    for (const end of [0, 20]) expect(curve[end]).toEqual(line[end]);
    expect(highestLoss(curve)).toBeLessThan(0.5 * highestLoss(line));
    // The curve in its plane: the first end at (0, 0), the last on the x axis.
    expect(path[0]).toEqual([0, 0]);
    expect(path[20][1]).toBeCloseTo(0, 9);
    expect(path[20][0]).toBeCloseTo(Math.hypot(...last.map((x, i) => x - first[i])), 9);
    expect(Math.max(...path.map(([, y]) => y))).toBeGreaterThan(0);
    expect(plane.origin).toEqual(Float64Array.from(first));
  });

  it("is the same to the bit when it is made again, and another with another seed", async () => {
    const short = { ...common, epochs: 2, optimizer: momentum({ lr: 0.05 }) };
    const again = async (seed?: number) => (await connect({ ...short, ...(seed && { seed }) })).bend;
    expect(await again()).toEqual(await again());
    expect(await again(2)).not.toEqual(await again());
  });

  it("is trained by a rule that looks ahead, and in float32", async () => {
    const single = [Float32Array.from(first), Float32Array.from(last)] as const;
    const found = await connect({ ...common, ends: single, optimizer: nesterov({ lr: 0.1 }) });
    expect(found.bend).toBeInstanceOf(Float32Array);
    expect(highestLoss(found.curve)).toBeLessThan(highestLoss(found.line));
  });

  it("is not trained to its end once the signal is aborted", async () => {
    const controller = new AbortController();
    const onEvent = () => controller.abort(new Error("enough"));
    await expect(connect({ ...common, optimizer: adam(), signal: controller.signal, onEvent })).rejects.toThrow(
      "enough",
    );
  });

  it("says that its training diverged, with the last finite bend, or as an error where that is still on the line", async () => {
    const relu = mlp([2, 8, 2]);
    const plan = { ...common, model: relu, ends: [parametersOf(relu, 1), parametersOf(relu, 2)] as const, epochs: 60 };
    const far = await connect({ ...plan, optimizer: gradientDescent({ lr: 1e20 }) });
    expect(far.outcome).toMatchObject({ kind: "diverged", reason: expect.stringMatching(/ at step \d/) });
    expect(far.bend.every(Number.isFinite)).toBe(true);
    expect(far.curve.every(({ loss }) => loss === null || Number.isFinite(loss))).toBe(true);
    expect(highestLoss(far.curve)).toBeGreaterThan(1e6);
    await expect(connect({ ...plan, optimizer: gradientDescent({ lr: 1e300 }) })).rejects.toThrow(
      /the training of the curve diverged, and left the bend on the straight line: .* at step \d.*; give a smaller learning rate$/,
    );
  });

  it.each([
    [{ ends: [first, first] }, "connect: both ends are the same net"],
    [{ ends: [first, last.subarray(1)] }, "mlp:2-8-2: an end has 41 values, but the model has 42 parameters"],
    [{ ends: [first, Float32Array.from(last)] }, "one end is in float32 and the other in float64"],
    [{ points: 2 }, "connect: points is 2"],
    [{ shape: "circle" }, 'connect: shape "circle" is not known (allowed: bezier, chain)'],
    [{ epochs: 0 }, "the three points lie on one line"],
  ])("is refused for what it cannot be: case %#", async (wrong, words) => {
    const options: object = { ...common, optimizer: gradientDescent(), ...wrong };
    await expect(Reflect.apply(connect, undefined, [options])).rejects.toThrow(words);
  });
});

describe("a net with batch normalisation", async () => {
  const normed = sequential([2], [dense(6), batchNorm(), dense(2)], { loss: softmaxCrossEntropy });
  const runs = await Promise.all([1, 2].map((seed) => trained({ model: normed, seed, epochs: 10 })));
  const [first, last] = runs.map((run) => run.trained);

  it("has its statistics measured anew at each place of a curve", async () => {
    const ends = [first.w, last.w] as const;
    const plan = { model: normed, data, ends, device, batchSize: 28, epochs: 3, points: 5 };
    const { curve } = await connect({ ...plan, optimizer: adam({ lr: 0.03 }) });
    const normalization = { examples: data.train };
    const meter = weightsMeter({ net: { model: normed, w: first.w }, examples: data.train, device, normalization });
    expect(curve[4]).toEqual(await meter.measure(Float64Array.from(last.w)));
    await meter.dispose();
    expect(curve[4].loss).not.toBeNull();
  });

  it("is measured with the state that comes with a point, else with the net's own, whatever came before", async () => {
    const meter = weightsMeter({ net: first, examples: data.train, device });
    const own = await meter.measure(Float64Array.from(first.w));
    const borrowed = await meter.measure(Float64Array.from(first.w), last.s);
    expect(borrowed).not.toEqual(own);
    expect(await meter.measure(Float64Array.from(first.w))).toEqual(own);
    expect(await meter.measure(Float64Array.from(first.w), first.s)).toEqual(own);
    await expect(meter.measure(new Float64Array(3))).rejects.toThrow("w has 3 values; 44 are needed");
    await meter.dispose();
  });
});

describe("ways in a plane", () => {
  it("have the true loss of their points, the plane's at their projections, and the distance between", async () => {
    const bowl = {
      measure: (w: Float64Array, s?: ArrayLike<number>) => ({
        loss: w[0] ** 2 + 2 * w[1] ** 2 + 3 * w[2] ** 2 + (s?.[0] ?? 0),
      }),
    };
    const plane = {
      origin: Float64Array.of(0, 0, 1),
      directions: [{ vector: Float64Array.of(2, 0, 0) }, { vector: Float64Array.of(1, 1, 0) }],
    } as const;
    const points = [
      { step: 0, w: Float64Array.of(3, 1, 3), s: Float64Array.of(0.5) },
      { step: 10, w: Float32Array.of(0, 0, 1) },
    ];
    const told: number[][] = [];
    const [path] = await pathsOn(plane, [{ name: "adam", points }], bowl, { onPoint: (...at) => told.push(at) });
    expect(path).toEqual({
      name: "adam",
      x: [1, 0],
      y: [1, 0],
      steps: [0, 10],
      loss: [9 + 2 + 27 + 0.5, 3],
      onPlane: [9 + 2 + 3, 3],
      distance: [2, 0],
    });
    expect(told).toEqual([
      [1, 2],
      [2, 2],
    ]);
    const aborted = AbortSignal.abort(new Error("enough"));
    await expect(pathsOn(plane, [{ name: "adam", points }], bowl, { signal: aborted })).rejects.toThrow("enough");
  });
});
