import { describe, expect, it } from "vitest";
import { moons } from "../../src/data/index.ts";
import { type DType, type Layout, sizeOf, type Vector } from "../../src/expr/index.ts";
import {
  dense,
  dropout,
  functionModel,
  initialize,
  initializers,
  layoutOf,
  meanSquaredError,
  mlp,
  parameterCount,
  sequential,
  softmaxCrossEntropy,
} from "../../src/nn/index.ts";
import { evaluate, load, lrRange, save } from "../../src/node/index.ts";
import {
  adam,
  gradientDescent,
  rules,
  withAveraging,
  withL2,
  withNormClipping,
  withSlowWeights,
  withWeightDecay,
} from "../../src/optimizers/index.ts";
import { solvers } from "../../src/solvers/index.ts";
import type { SolverTrainOptions, TrainOptions } from "../../src/train/index.ts";
import { createTraining } from "../../src/train/node/train.ts";
import { temporaryFolder } from "../cli/command.ts";
import { centring } from "../nn/running-mean.ts";

const data = moons({ count: 60, seed: 3 });
const model = mlp([2, 6, 5, 2]);
const layout = layoutOf(model);

type Options = Partial<TrainOptions> & { readonly backend?: "onnx" | "reference" };
const create = (options: Options) =>
  createTraining({ model, data, optimizer: adam(), batchSize: 8, epochs: 2, backend: "reference", ...options });

/** All parameters after the run. */
async function trained(options: Options): Promise<Vector> {
  const training = await create(options);
  for await (const _ of training);
  return training.trained.w;
}

function initialOf(dtype: DType = "f32", seed = 1): Vector {
  const w = dtype === "f32" ? new Float32Array(parameterCount(model)) : new Float64Array(parameterCount(model));
  initialize(model, w, seed);
  return w;
}

const of = (w: ArrayLike<number>, layer: string, places: Layout = layout): number[] =>
  places.flatMap(({ name, shape, offset }) =>
    name.startsWith(layer) ? Array.from({ length: sizeOf(shape) }, (_, i) => w[offset + i]) : [],
  );

describe("frozen parameters keep every bit, and the others are trained", () => {
  const wrapped = [
    withWeightDecay(adam, 0.5)(),
    withL2(adam, 0.5)(),
    withAveraging(adam, 0.9)(),
    withSlowWeights(adam)(),
    withNormClipping(adam, 0.1)(),
  ];
  const optimizers = [...rules.map((rule) => rule()), ...wrapped];

  describe.each(["f32", "f64"] as const)("in %s", (dtype) => {
    it.each(optimizers.map((optimizer) => [optimizer.name, optimizer] as const))("by %s", async (_, optimizer) => {
      const before = initialOf(dtype);
      const after = await trained({ optimizer, dtype, l2: 0.1, freeze: ["layer1", "layer2_bias"] });
      expect(after.constructor).toBe(before.constructor);
      for (const still of ["layer1", "layer2_bias"]) expect(of(after, still)).toEqual(of(before, still));
      for (const moved of ["layer2_weight", "layer3_weight", "layer3_bias"])
        expect(of(after, moved)).not.toEqual(of(before, moved));
    });
  });

  it("on ONNX Runtime as by the interpreter", async () => {
    const options = { freeze: ["layer2"], dtype: "f64" } as const;
    const [here, there] = [await trained(options), await trained({ ...options, backend: "onnx" })];
    expect(of(there, "layer2")).toEqual(of(initialOf("f64"), "layer2"));
    for (const [i, x] of here.entries()) expect(Math.abs(x - there[i])).toBeLessThan(1e-12);
  });

  it("as if their learning rate were 0", async () => {
    for (const optimizer of [gradientDescent({ lr: 0.1 }), adam({ lr: 0.05 })]) {
      const frozen = await trained({ optimizer, dtype: "f64", freeze: ["layer1"] });
      const still = optimizer.grouped([{ parameters: "layer1", factors: { lr: 0 } }]);
      const slow = await trained({ optimizer: still, dtype: "f64" });
      for (const [i, x] of frozen.entries()) expect(Math.abs(x - slow[i])).toBeLessThan(1e-12);
    }
  });

  it("by their average, which is theirs", async () => {
    const optimizer = withAveraging(adam, 0.9)({ lr: 0.1 });
    const [all, part] = [await trained({ optimizer }), await trained({ optimizer, freeze: ["layer1"] })];
    expect(of(part, "layer1")).toEqual(of(initialOf(), "layer1"));
    expect(of(part, "layer3")).not.toEqual(of(all, "layer3"));
  });

  it("with early stopping, which restores the best weights", async () => {
    const after = await trained({ optimizer: gradientDescent({ lr: 8 }), patience: 1, epochs: 12, freeze: ["layer2"] });
    expect(of(after, "layer2")).toEqual(of(initialOf(), "layer2"));
  });

  it("in a run that diverges", async () => {
    const after = await trained({ optimizer: gradientDescent({ lr: 1e30 }), freeze: ["layer2"] });
    expect(of(after, "layer2")).toEqual(of(initialOf(), "layer2"));
    expect(after.every(Number.isFinite)).toBe(true);
  });

  it.each(solvers.map((make) => [make.spec.name, make] as const))("by the solver %s", async (_, make) => {
    const options: SolverTrainOptions = { model, data, optimizer: make(), epochs: 3, l2: 0.01, freeze: ["layer1"] };
    const training = await createTraining({ ...options, backend: "reference" });
    const losses: number[] = [];
    for await (const event of training) if (event.kind === "batch") losses.push(event.loss);
    const { w } = training.trained;
    expect(of(w, "layer1")).toEqual(of(initialOf("f64"), "layer1"));
    expect(of(w, "layer2_weight")).not.toEqual(of(initialOf("f64"), "layer2_weight"));
    if (make.spec.name !== "pure-newton") expect(losses[losses.length - 1]).toBeLessThan(losses[0]);
  });
});

describe("what is frozen", () => {
  it("is no part of the state's w, the gradient's norm and the update", async () => {
    const training = await create({ freeze: ["layer1"], maxSteps: 1 });
    const count = of(initialOf(), "layer2").length + of(initialOf(), "layer3").length;
    expect(training.state.w).toHaveLength(count);
    expect(training.parameters).toBe(parameterCount(model));
    const norms: number[] = [];
    for await (const event of training) if (event.kind === "batch") norms.push(event.gradientNorm);
    const all = await create({ maxSteps: 1 });
    for await (const event of all) if (event.kind === "batch") expect(norms[0]).toBeLessThan(event.gradientNorm);
  });

  it("may be the biases", async () => {
    const after = await trained({ freeze: ["biases"], optimizer: gradientDescent({ lr: 0.1 }) });
    for (const bias of ["layer1_bias", "layer2_bias", "layer3_bias"])
      expect(of(after, bias)).toEqual(of(initialOf(), bias));
    expect(of(after, "layer1_weight")).not.toEqual(of(initialOf(), "layer1_weight"));
  });

  it("keeps dropout, which acts on what is trained", async () => {
    const dropping = sequential([2], [dense(6, { activation: "relu" }), dropout(0.5), dense(2)], {
      loss: softmaxCrossEntropy,
    });
    const plain = sequential([2], [dense(6, { activation: "relu" }), dropout(0), dense(2)], {
      loss: softmaxCrossEntropy,
    });
    const options = { freeze: ["layer1"], dtype: "f64" } as const;
    const [a, b] = [await trained({ model: dropping, ...options }), await trained({ model: plain, ...options })];
    const places = layoutOf(dropping);
    expect(of(a, "layer1", places)).toEqual(of(b, "layer1", places));
    expect(of(a, "layer3", places)).not.toEqual(of(b, "layer3", places));
  });

  it("keeps its state as it is, and no other", async () => {
    const centred = sequential([2], [centring.with({}), dense(3), centring.with({}), dense(2)]);
    const training = await create({ model: centred, freeze: ["layer1", "layer2"] });
    const before = training.state.s.slice();
    for await (const _ of training);
    const { s } = training.state;
    expect([...s.slice(0, 2)]).toEqual([...before.slice(0, 2)]);
    expect([...s.slice(2)]).not.toEqual([...before.slice(2)]);
  });

  it("may be a parameter of one's own function", async () => {
    const line = functionModel({
      inputShape: [2],
      parameters: [
        { name: "slope", shape: [2, 1], initialize: initializers.constant(2) },
        { name: "level", shape: [1], initialize: initializers.constant(1) },
      ],
      loss: meanSquaredError,
      predict: ({ slope, level }, x) =>
        dense(1).build([2], "line").forward({ line_weight: slope, line_bias: level }, {}, x, still).outputs,
    });
    const own = { ...data, task: "regression", outputs: 1 } as const;
    const training = await createTraining({ model: line, data: own, optimizer: adam(), epochs: 1, freeze: ["slope"] });
    for await (const _ of training);
    expect([...training.trained.w.slice(0, 2)]).toEqual([2, 2]);
    expect(training.trained.w[2]).not.toBe(1);
  });

  it("is saved with the rest, and predicts", async () => {
    const training = await create({ freeze: ["layer1"] });
    let tested = Number.NaN;
    for await (const event of training) if (event.kind === "end") tested = event.test.loss;
    const folder = await temporaryFolder();
    await save(training.trained, folder);
    const net = await load(folder);
    expect(net.w).toEqual(training.trained.w);
    expect(await evaluate(net, data)).toMatchObject({ logLoss: expect.closeTo(tested, 5) });
  });

  it("is left out of a learning rate range test", async () => {
    const options = { model, data, optimizer: adam(), steps: 20 };
    const [all, part] = [await lrRange(options), await lrRange({ ...options, freeze: ["layer1"] })];
    expect(part.points[0].loss).toBeCloseTo(all.points[0].loss, 5);
    expect(part.points[15].loss).not.toBeCloseTo(all.points[15].loss, 5);
  });
});

const still = {
  training: false,
  mask: () => {
    throw new Error("no mask");
  },
};

describe("initial weights of a trained net", () => {
  it("are its weights and its state", async () => {
    const centred = sequential([2], [centring.with({}), dense(2)]);
    const first = await create({ model: centred });
    for await (const _ of first);
    const second = await create({ model: centred, initial: first.trained });
    expect(second.state.w).toEqual(first.trained.w);
    expect(second.state.s).toEqual(first.trained.s);
  });

  it("are refused with all differences where they do not fit", async () => {
    const first = await create({ model: mlp([2, 3, 2]), epochs: 0 });
    await expect(create({ initial: first.trained })).rejects.toThrow(
      new RangeError(
        'initial: the weights of mlp:2-3-2 do not fit mlp:2-6-5-2: "layer1_weight" has shape [2, 3], expected [2, 6], "layer1_bias" has shape [3], expected [6], "layer2_weight" has shape [3, 2], expected [6, 5], "layer2_bias" has shape [2], expected [5], "layer3_weight" is missing, … 6 in all',
      ),
    );
  });

  it("are refused where they are too few, or not finite", async () => {
    await expect(create({ initial: [1, 2] })).rejects.toThrow(
      "initial: 2 values were given; the model has 65 parameters",
    );
    const w = initialOf().fill(Number.NaN);
    await expect(create({ initial: { w } })).rejects.toThrow("initial[0] is NaN; all weights must be finite");
    await expect(create({ initial: { w: initialOf(), s: [1] } })).rejects.toThrow(
      "initial: s: 1 values were given; the model has 0 values in its state",
    );
  });
});

describe("freeze is refused", () => {
  it("for a name that the model lacks, with the nearest", async () => {
    await expect(create({ freeze: ["layr1"] })).rejects.toThrow(
      'freeze: layer or parameter "layr1" is not known; did you mean layer1?',
    );
  });

  it("for all parameters", async () => {
    await expect(create({ freeze: ["layer1", "layer2", "layer3"] })).rejects.toThrow(
      "freeze: it names all parameters of mlp:2-6-5-2, so there would be nothing to train",
    );
  });

  it("for K-FAC, where a layer is frozen in part", async () => {
    const [kfac] = solvers.filter(({ spec }) => spec.name === "kfac");
    const training = await createTraining({ model, data, optimizer: kfac(), freeze: ["layer1_bias"] });
    await expect(training[Symbol.asyncIterator]().next()).rejects.toThrow("use natural-gradient");
  });

  it("for a saved run that froze others", async () => {
    const training = await create({ freeze: ["layer1"], maxSteps: 2 });
    for await (const _ of training);
    const from = training.save();
    for (const freeze of [["layer2"], []])
      await expect(create({ from, freeze })).rejects.toThrow("it froze other parameters; give the same freeze");
    const whole = await create({ maxSteps: 2 });
    for await (const _ of whole);
    await expect(create({ from: whole.save(), freeze: ["layer1"] })).rejects.toThrow("it froze other parameters");
  });
});
