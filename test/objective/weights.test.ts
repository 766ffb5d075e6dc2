import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Examples, sourceOf } from "../../src/data/index.ts";
import { referenceDevice } from "../../src/device/reference/interpreter.ts";
import { binaryCrossEntropy, type Loss, meanSquaredError, mlp, softmaxCrossEntropy } from "../../src/nn/index.ts";
import { Engine, NetObjective } from "../../src/objective/index.ts";
import { Random } from "../../src/random/index.ts";

const [INPUTS, OUTPUTS] = [2, 3];

/** Losses with targets that they take. */
const sorts: Readonly<Record<string, { readonly loss: Loss; readonly target: (random: Random) => number[] }>> = {
  softmax: { loss: softmaxCrossEntropy, target: (random) => [random.integer(OUTPUTS)] },
  binary: { loss: binaryCrossEntropy, target: (random) => [random.uniform(), random.uniform(), 1] },
  squares: { loss: meanSquaredError, target: (random) => [random.normal(), random.normal(), 2] },
};
const names = Object.keys(sorts);

const netFor = (name: string) => mlp([INPUTS, 4, OUTPUTS], { loss: sorts[name].loss, activation: "tanh" });

/** As many examples as weights, and the same where each whole weight stands for so many equal rows. */
function weightedAndRepeated(name: string, weights: readonly number[]): { weighted: Examples; repeated: Examples } {
  const random = new Random(7, "rows");
  const rows = weights.map(() => ({
    x: Array.from({ length: INPUTS }, () => random.normal()),
    t: sorts[name].target(random),
  }));
  const examplesOf = (all: typeof rows): Examples => ({
    count: all.length,
    inputs: Float64Array.from(all.flatMap(({ x }) => x)),
    targets: Float64Array.from(all.flatMap(({ t }) => t)),
  });
  return {
    weighted: { ...examplesOf(rows), weights: Float64Array.from(weights) },
    repeated: examplesOf(rows.flatMap((row, i) => Array.from({ length: weights[i] }, () => row))),
  };
}

/** Everything that an objective tells at a point, in one list. */
async function toldBy(name: string, examples: Examples, chunk: number): Promise<number[]> {
  const model = netFor(name);
  const objective = new NetObjective({ model, examples, device: referenceDevice, chunk });
  const n = objective.dimension;
  const random = new Random(3, "point");
  const [x, v] = [0, 1].map(() => Float64Array.from({ length: n }, () => random.normal()));
  const [g, hv, gnv] = [0, 1, 2].map(() => new Float64Array(n));
  const value = await objective.value(x);
  await objective.gradient(x, g);
  await objective.hessianProduct(x, v, hv);
  await objective.gaussNewtonProduct(x, v, gnv);
  await objective.dispose();
  return [value, ...g, ...hv, ...gnv];
}

const close = (found: readonly number[], wanted: readonly number[]): void => {
  expect(found.length).toBe(wanted.length);
  for (const [i, value] of found.entries()) expect(Math.abs(value - wanted[i])).toBeLessThan(1e-10);
};

describe.each(names)("weights of examples: %s", (name) => {
  it("that are whole count as so many equal rows: in values, gradients, Hessian and Gauss–Newton products", async () => {
    const whole = fc.array(fc.nat(3), { minLength: 1, maxLength: 7 }).filter((all) => all.some((w) => w > 0));
    await fc.assert(
      fc.asyncProperty(whole, fc.integer({ min: 1, max: 4 }), async (weights, chunk) => {
        const { weighted, repeated } = weightedAndRepeated(name, weights);
        close(await toldBy(name, weighted, chunk), await toldBy(name, repeated, 100));
      }),
      { numRuns: 15 },
    );
  });

  it("count by their ratios only", async () => {
    const { weighted } = weightedAndRepeated(name, [1, 2, 0, 3]);
    const larger = { ...weighted, weights: Float64Array.of(1000, 2000, 0, 3000) };
    close(await toldBy(name, larger, 3), await toldBy(name, weighted, 3));
  });

  it("that are equal count as none", async () => {
    const { weighted, repeated } = weightedAndRepeated(name, [1, 1, 1]);
    close(await toldBy(name, weighted, 2), await toldBy(name, repeated, 2));
  });
});

describe("Kronecker factors", () => {
  it("are those of equal rows, for one output, where the signs of the noise do not show", async () => {
    const model = mlp([INPUTS, 1], { loss: binaryCrossEntropy });
    const rows = { inputs: Float64Array.of(1, 2, -1, 0.5), targets: Float64Array.of(1, 0) };
    const factorsOf = async (examples: Examples) => {
      const objective = new NetObjective({ model, examples, device: referenceDevice });
      const [{ a, s }] = await objective.kroneckerFactors(Float64Array.of(0.5, -1, 0.3), 0);
      return [...a, ...s];
    };
    const weighted = { count: 2, ...rows, weights: Float64Array.of(1, 3) };
    const again = (values: Float64Array, size: number) => {
      const last = [...values.subarray(size)];
      return Float64Array.of(...values, ...last, ...last);
    };
    const repeated = { count: 4, inputs: again(rows.inputs, 2), targets: again(rows.targets, 1) };
    close(await factorsOf(weighted), await factorsOf(repeated));
  });
});

describe("an engine", () => {
  const examples: Examples = {
    count: 5,
    inputs: Float64Array.of(0, 1, 2, 3, 4),
    targets: Float64Array.of(1, -1, 2, 0, 5),
    weights: Float64Array.of(1, 0, 4, 2, 3),
  };
  const model = mlp([1, 1], { loss: meanSquaredError });
  const [slope, bias] = [0.5, -0.25];
  const errors = [...examples.inputs].map((x, i) => slope * x + bias - examples.targets[i]);
  const begun = (weighted: boolean) => {
    const engine = new Engine(referenceDevice);
    const workspace = engine.begin({ model, dtype: "f64", batchSize: 3, weighted });
    workspace.w.set([slope, bias]);
    return { engine, ...workspace };
  };

  it("gives a batch's Σwᵢ∇ℓᵢ / batch, with the weights of all examples scaled to mean 1", async () => {
    const { engine, g } = begun(true);
    const batch = Uint32Array.of(2, 1, 4);
    const { loss } = await engine.gradient(sourceOf(examples), batch, { step: 1 });
    const scaled = [4, 0, 3].map((weight) => weight / 2);
    const sum = (of: (i: number) => number) => [...batch].reduce((all, at, i) => all + scaled[i] * of(at), 0) / 3;
    expect(loss).toBeCloseTo(
      sum((i) => errors[i] ** 2),
      12,
    );
    close([...g], [sum((i) => 2 * errors[i] * examples.inputs[i]), sum((i) => 2 * errors[i])]);
  });

  it("evaluates the weighted mean, also where the training set has no weights", async () => {
    const { engine } = begun(false);
    const { loss } = await engine.evaluate(sourceOf(examples));
    const weights = [...(examples.weights ?? [])];
    const total = weights.reduce((a, b) => a + b);
    expect(loss).toBeCloseTo(weights.reduce((all, weight, i) => all + weight * errors[i] ** 2, 0) / total, 12);
  });

  it("counts right answers without weights", async () => {
    const engine = new Engine(referenceDevice);
    const classes = mlp([1, 2]);
    engine.begin({ model: classes, dtype: "f64", batchSize: 3 }).w.set([1, -1, 0, 0]);
    const all = { ...examples, inputs: Float64Array.of(1, 1, 1, -1, 1), targets: Float64Array.of(0, 0, 1, 1, 1) };
    expect((await engine.evaluate(sourceOf(all))).accuracy).toBe(3 / 5);
  });
});
