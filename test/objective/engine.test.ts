import { describe, expect, it } from "vitest";
import { type Examples, moons, type Source, sourceOf } from "../../src/data/index.ts";
import type { Device } from "../../src/device/device.ts";
import { referenceDevice } from "../../src/device/reference/interpreter.ts";
import { binaryCrossEntropy, initialize, type Model, meanSquaredError, mlp } from "../../src/nn/index.ts";
import { Engine, type RunPlan } from "../../src/objective/index.ts";
import { Random } from "../../src/random/index.ts";

/** An engine's programs as it binds and runs them. */
function watched(): { device: Device; counts: { compiled: number; bound: number; disposed: number } } {
  const counts = { compiled: 0, bound: 0, disposed: 0 };
  const device: Device = {
    ...referenceDevice,
    evaluationBatch: 500,
    prepare: async (outputs, views) => {
      counts.compiled++;
      const runnable = await referenceDevice.prepare(outputs, views);
      return {
        bind: (others) => {
          counts.bound += Object.keys(others).length;
          runnable.bind(others);
        },
        run: (signal) => runnable.run(signal),
        dispose: () => {
          counts.disposed++;
          return runnable.dispose();
        },
      };
    },
  };
  return { device, counts };
}

/** Rows of three numbers and one target, all different. */
function rows(count: number): Examples {
  const random = new Random(2, "rows");
  return {
    count,
    inputs: Float64Array.from({ length: 3 * count }, () => random.normal()),
    targets: Float64Array.from({ length: count }, () => random.normal()),
  };
}

const linear: Model = mlp([3, 1], { loss: meanSquaredError });
const binary: Model = mlp([3, 1], { loss: binaryCrossEntropy });
const planOf = (plan: Partial<RunPlan> = {}): RunPlan => ({ model: linear, dtype: "f64", batchSize: 8, ...plan });
const weights = Float64Array.of(0.5, -1, 0.25, 0.1);

/** ‖x·w + b − y‖² example by example. */
const squares = ({ count, inputs, targets }: Examples, [a, b, c, bias]: Float64Array) =>
  Array.from({ length: count }, (_, i) => {
    const [x, y, z] = inputs.subarray(3 * i, 3 * i + 3);
    return (a * x + b * y + c * z + bias - targets[i]) ** 2;
  });
const mean = (numbers: readonly number[]): number => numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
const all = (count: number): Uint32Array => Uint32Array.from({ length: count }, (_, i) => i);

describe("an evaluation", () => {
  it.each([1, 499, 500, 501, 1000, 1234])("of %d examples is that of a plain loop", async (count) => {
    const examples = rows(count);
    const engine = new Engine(watched().device);
    engine.begin(planOf()).w.set(weights);
    expect((await engine.evaluate(sourceOf(examples))).loss).toBeCloseTo(mean(squares(examples, weights)), 12);
  });

  it("counts the right ones of every chunk", async () => {
    const { train } = moons({ count: 3000, noise: 0.3, seed: 5 });
    const model = mlp([2, 2]);
    const engine = new Engine(watched().device);
    const w = Float64Array.of(0.3, -0.4, 1, -0.2, 0.05, 0);
    engine.begin({ model, dtype: "f64", batchSize: 8 }).w.set(w);
    const right = Array.from({ length: train.count }, (_, i) => {
      const [x, y] = train.inputs.subarray(2 * i, 2 * i + 2);
      const [first, second] = [w[0] * x + w[2] * y + w[4], w[1] * x + w[3] * y + w[5]];
      return Number(Number(second > first) === train.targets[i]);
    });
    expect(mean(right.slice(0, 500))).not.toBe(mean(right));
    expect((await engine.evaluate(sourceOf(train))).accuracy).toBe(mean(right));
  });

  it("binds other weights once, not for each chunk", async () => {
    const { device, counts } = watched();
    const engine = new Engine(device);
    engine.begin(planOf());
    const source = sourceOf(rows(2000));
    await engine.evaluate(source);
    expect(counts).toMatchObject({ compiled: 1, bound: 0 });
    const others = weights.slice();
    for (let k = 0; k < 3; k++) await engine.evaluate(source, others);
    expect(counts).toMatchObject({ compiled: 1, bound: linear.parameters.length });
  });
});

describe("the gradient of a batch", () => {
  /** The results of the programs that a training on this model prepares. */
  async function resultsFor(model: Model): Promise<string[]> {
    const results: string[] = [];
    const prepare: Device["prepare"] = (outputs, views) => {
      results.push(...Object.keys(outputs));
      return referenceDevice.prepare(outputs, views);
    };
    const engine = new Engine({ ...referenceDevice, prepare });
    engine.begin(planOf({ model }));
    await engine.prepare([1]);
    return results;
  }

  it("is one result where tensors are small, and one for each parameter where copying would take longer", async () => {
    expect(await resultsFor(linear)).toEqual(["loss", "gradients"]);
    const large = mlp([9000, 1], { loss: meanSquaredError });
    expect(await resultsFor(large)).toEqual(["loss", ...large.parameters.map(({ name }) => `gradient_of_${name}`)]);
  });

  it("lies in the order of the parameters", async () => {
    const examples = rows(5);
    const engine = new Engine(referenceDevice);
    const { w, g } = engine.begin(planOf());
    w.set(weights);
    await engine.gradient(sourceOf(examples), all(5), { step: 1 });
    const step = 1e-6;
    for (const k of weights.keys()) {
      const [up, down] = [step, -step].map((by) =>
        mean(
          squares(
            examples,
            weights.map((x, i) => x + (i === k ? by : 0)),
          ),
        ),
      );
      expect(g[k]).toBeCloseTo((up - down) / (2 * step), 7);
    }
  });
});

describe("a target that the loss does not allow", () => {
  const refused = async (model: Model, targets: readonly number[]): Promise<unknown> => {
    const engine = new Engine(referenceDevice);
    engine.begin(planOf({ model }));
    const { inputs } = rows(targets.length);
    const source = sourceOf({ count: targets.length, inputs, targets: Float64Array.from(targets) });
    return engine.gradient(source, all(targets.length), { step: 1 }).then(
      () => "nothing",
      (error: unknown) => error,
    );
  };

  it.each<[string, Model, readonly number[], string]>([
    ["a class beyond the last", mlp([3, 2]), [0, 1, 2], "example 3 is 2; for softmax cross-entropy it must be a whole"],
    [
      "no whole number",
      mlp([3, 2]),
      [0.5],
      "example 1 is 0.5; for softmax cross-entropy it must be a whole number from",
    ],
    ["no probability", binary, [0, 1.5], "example 2 is 1.5; for binary cross-entropy it must be a number from 0 to 1"],
    ["a negative probability", binary, [-0.1], "example 1 is -0.1; for binary cross-entropy"],
  ])("is refused, since the loss would not notice: %s", async (_, model, targets, words) => {
    const error = await refused(model, targets);
    expect(error).toBeInstanceOf(RangeError);
    expect(String(error)).toContain(`${model.name}: the target of ${words}`);
  });

  it("may be any number for squared errors, and from 0 to 1 for a probability", async () => {
    expect(await refused(linear, [-1, 99, 0.5])).toBe("nothing");
    expect(await refused(binary, [0, 0.5, 1])).toBe("nothing");
  });
});

describe("means over all examples", () => {
  it("are the same whatever the chunks, and at the parameters that are given", async () => {
    const examples = rows(1100);
    for (const chunk of [1100, 600, 7]) {
      const engine = new Engine(watched().device);
      engine.begin({ ...planOf(), chunk });
      const { loss } = await engine.means(
        { name: "loss", build: (pass) => ({ loss: pass.loss }) },
        sourceOf(examples),
        { parameters: weights },
      );
      expect(loss[0]).toBeCloseTo(mean(squares(examples, weights)), 12);
    }
  });
});

describe("dropout", () => {
  const model = mlp([4, 6, 6, 2], { dropout: 0.5, loss: meanSquaredError });
  const count = 40;
  const examples: Examples = {
    count,
    inputs: new Float64Array(4 * count).fill(1),
    targets: new Float64Array(2 * count),
  };
  const plan = { model, dtype: "f64", batchSize: count, targetSize: 2, seed: 3 } as const;

  it("drops other units in each layer", async () => {
    // All units are above 0, so the weights that go out from one have a gradient where it was kept.
    const engine = new Engine(watched().device);
    const { w, g, layout } = engine.begin(plan);
    w.fill(0.1);
    const differences = [];
    for (let i = 0; i < count; i++) {
      await engine.gradient(sourceOf(examples), Uint32Array.of(i), { step: i + 1 });
      const [second, third] = [layout[2], layout[4]].map(({ offset, shape }) => {
        const gradient = g.subarray(offset, offset + shape[0] * shape[1]);
        return Array.from({ length: shape[0] }, (_, unit) =>
          gradient.subarray(unit * shape[1], (unit + 1) * shape[1]).some((x) => x !== 0),
        );
      });
      differences.push(second.some((kept, unit) => kept !== third[unit]));
    }
    // Six units that are dropped alike by chance: once in 64.
    expect(differences.filter(Boolean).length).toBeGreaterThan(count / 2);
  });

  it("is the same for an example whoever computes it: shares of a batch make the whole one's gradient", async () => {
    const engine = new Engine(watched().device);
    const { w, g } = engine.begin(plan);
    initialize(model, w, 1);
    const source = sourceOf(examples);
    const { loss } = await engine.gradient(source, all(count), { step: 5 });
    const whole = g.slice();
    const sum = new Float64Array(g.length);
    let shared = 0;
    for (const [first, last] of [
      [0, 13],
      [13, count],
    ]) {
      const part = await engine.gradient(source, all(count).subarray(first, last), { step: 5, first });
      const share = (last - first) / count;
      shared += share * part.loss;
      for (const [i, x] of g.entries()) sum[i] += share * x;
    }
    expect(shared).toBeCloseTo(loss, 13);
    for (const [i, x] of whole.entries()) expect(sum[i]).toBeCloseTo(x, 13);
    const alone = await engine.gradient(source, all(count).subarray(13), { step: 5 });
    expect(Math.abs(alone.loss - loss)).toBeGreaterThan(1e-6);
  });
});

describe("a source", () => {
  const examples = rows(64);
  const late: Source = {
    ...sourceOf(examples),
    gather: async (indices, inputs, targets) => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      await sourceOf(examples).gather(indices, inputs, targets);
    },
  };

  it("that takes its time gives the same numbers", async () => {
    const results = [];
    for (const source of [sourceOf(examples), late]) {
      const engine = new Engine(referenceDevice);
      const { w, g } = engine.begin(planOf({ batchSize: 16 }));
      w.set(weights);
      const { loss } = await engine.gradient(source, Uint32Array.of(60, 3, 3, 21), { step: 1 });
      results.push([loss, ...g, (await engine.evaluate(source)).loss]);
    }
    expect(results[1]).toEqual(results[0]);
  });
});

describe("one run after the other", () => {
  const source = sourceOf(rows(30));

  async function runOn(engine: Engine, plan: Partial<RunPlan>, asked: number): Promise<number[]> {
    const { w, g, vector } = engine.begin(planOf({ ...plan, vectors: asked }));
    for (let k = 0; k < asked; k++) {
      const more = vector();
      expect([...more]).toEqual([0, 0, 0, 0]);
      more.fill(7);
    }
    w.set(weights);
    const { loss } = await engine.gradient(source, all(8), { step: 1 });
    return [loss, ...g];
  }

  it("uses the programs of the one before, whatever room it wants", async () => {
    const { device, counts } = watched();
    const engine = new Engine(device);
    const first = await runOn(engine, {}, 1);
    expect(await runOn(engine, {}, 1)).toEqual(first);
    expect(counts.bound).toBe(0);
    // More vectors than there is room for: another memory, to which the program is bound.
    expect(await runOn(engine, {}, 5)).toEqual(first);
    expect(counts.bound).toBeGreaterThan(0);
    expect(await runOn(engine, { batchSize: 20 }, 2)).toEqual(first);
    expect(counts.compiled).toBe(1);
    expect(await runOn(engine, { l2: 0.5 }, 0)).not.toEqual(first);
    expect(counts.compiled).toBe(2);
    expect(await runOn(engine, {}, 0)).toEqual(first);
    expect(counts.compiled).toBe(2);
  });

  it("keeps what is compiled for the next where the engine is lent, and releases it in the end", async () => {
    const { device, counts } = watched();
    const engine = new Engine(device);
    for (let k = 0; k < 3; k++) {
      const lent = engine.lend();
      lent.begin(planOf());
      await lent.prepare([8, 3, 8]);
      await lent.dispose();
    }
    expect(counts).toMatchObject({ compiled: 2, disposed: 0 });
    await engine.dispose();
    expect(counts.disposed).toBe(2);
  });

  it("keeps no more than 16 programs, the latest used", async () => {
    const { device, counts } = watched();
    const engine = new Engine(device);
    engine.begin(planOf({ batchSize: 30 }));
    await engine.prepare(Array.from({ length: 16 }, (_, i) => i + 1));
    await engine.prepare([1]);
    await engine.prepare([17]);
    expect(counts).toMatchObject({ compiled: 17, disposed: 1 });
    await engine.prepare([1]);
    expect(counts.compiled).toBe(17);
    await engine.prepare([2]);
    expect(counts.compiled).toBe(18);
  });

  it("takes as many vectors as it asked for", () => {
    const { vector } = new Engine(referenceDevice).begin(planOf({ vectors: 2 }));
    expect(vector()).not.toBe(vector());
    expect(vector).toThrow(/the run's plan asks for 2 vectors, and the run takes one more/);
  });

  it("has to begin", async () => {
    await expect(new Engine(referenceDevice).evaluate(source)).rejects.toThrow(/no run has begun; call begin first/);
  });
});
