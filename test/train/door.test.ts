import { describe, expect, it } from "vitest";
import { compare as compareIn } from "../../src/compare/node/compare.ts";
import { moons } from "../../src/data/index.ts";
import { mlp } from "../../src/nn/index.ts";
import { adam } from "../../src/optimizers/index.ts";
import { lbfgs } from "../../src/solvers/index.ts";
import { surfaces } from "../../src/surfaces/index.ts";
import { minimize, minimizeLater } from "../../src/train/index.ts";
import { createTraining, crossValidate, fit as fitNet, lrRange, train } from "../../src/train/node/train.ts";

const run = { model: mlp([2, 4, 2]), data: moons({ count: 40, seed: 1 }), optimizer: adam(), backend: "reference" };

/** The call of one without types. */
const begin = (change: object) => Reflect.apply(createTraining, undefined, [{ ...run, ...change }]);

describe("a run that cannot be meant", () => {
  it.each([
    [{ optimizer: "adam" }, 'optimizer is "adam"; give an update rule with its hyper-parameters, such as adam('],
    [{ optimizer: adam }, "optimizer is adam itself; call it: adam() makes an optimizer of it"],
    [{ optimizer: lbfgs }, "optimizer is lbfgs itself; call it: lbfgs()"],
    [{ optimizer: undefined }, "optimizer is undefined; give an update rule"],
    [{ data: undefined }, "data is undefined; give a data set with train, validation and test"],
    [{ data: "moons" }, 'data is "moons"; give a data set'],
    [
      { data: [{ a: 1, c: "x" }] },
      'data is a list of rows; make a data set of them: data: dataset({ rows, target: "c" })',
    ],
    [{ data: [[1, 2]] }, "data is a list of inputs; make a data set of them: data: dataset({ inputs, targets })"],
    [{ data: { rows: [{ a: 1, c: 2 }], target: "a" } }, 'data: dataset({ rows, target: "a" })'],
    [{ data: { inputs: [[1]], targets: [1] } }, "data is options of dataset; make a data set of them"],
    [
      { data: { rows: 3, columns: [], targets: [0] } },
      "data is a table; make a data set of it: data: tableDataset(table)",
    ],
    [{ data: Promise.resolve(run.data) }, "data is a promise; await it"],
    [{ data: { train: [[1]], validation: [], test: [] } }, "data: train is [[1]]; give a data set, as dataset({"],
    [
      { classWeights: "balanced" },
      "classWeights is an option of the data; give it where they are made: dataset({ …, classWeights })",
    ],
    [{ model: undefined }, "model is undefined; give one such as mlp("],
    [{ model: mlp }, "model is a function; give one such as mlp("],
    [{ target: 0.9 }, "target: the options are 0.9; give an object: target: { accuracy: 0.9 }"],
    [{ target: { acc: 0.9 } }, 'target: option "acc" is not known; did you mean accuracy?'],
    [{ target: { loss: "low" } }, 'target: loss is "low"; it must be a number'],
    [{ target: {} }, "target is {}; give one of { accuracy: 0.9 } and { loss: 0.1 }"],
    [{ epoch: 1 }, 'train: option "epoch" is not known; did you mean epochs?'],
    [{ sampler: "shufled" }, 'sampler "shufled" is not known; did you mean shuffled?'],
    [{ dtype: "f46" }, 'dtype "f46" is not known; did you mean f'],
  ])("%o", async (change, words) => {
    await expect(begin(change)).rejects.toThrow(words);
    const events = Reflect.apply(train, undefined, [{ ...run, ...change }]);
    await expect(events.next()).rejects.toThrow(words);
  });

  it("is refused without any options", async () => {
    await expect(Reflect.apply(createTraining, undefined, [])).rejects.toThrow("train: the options are undefined");
  });
});

describe("the same for what trains in another way", () => {
  const rows = [{ a: 1, c: "x" }];
  const calls = { fit: fitNet, lrRange, compare: compareIn, crossValidate } as const;

  it.each([
    ["fit", { data: rows }, 'dataset({ rows, target: "c" })'],
    ["fit", { data: { rows, target: "c" } }, 'dataset({ rows, target: "c" })'],
    ["fit", { data: run.data, classWeights: "balanced" }, "fit: classWeights is an option of the data"],
    ["fit", undefined, "fit: the options are undefined; give an object: fit({ model"],
    ["lrRange", { ...run, data: rows }, 'dataset({ rows, target: "c" })'],
    ["lrRange", { ...run, missing: "mean" }, "lrRange: missing is an option of the data"],
    ["compare", { model: "mlp:2", data: rows, optimizers: [] }, 'dataset({ rows, target: "c" })'],
    ["compare", { model: "mlp:2", data: run.data, optimizers: [], rare: 1 }, "compare: rare is an option of the data"],
    ["crossValidate", { data: "rows", optimizer: adam() }, 'data is "rows"; give a data set, { table'],
    ["crossValidate", undefined, "crossValidate: the options are undefined; give an object"],
  ] as const)("%s(%o)", async (name, options, words) => {
    const given = options === undefined || name === "compare" ? options : { optimizer: adam(), ...options };
    await expect((async () => Reflect.apply(calls[name], undefined, [given]))()).rejects.toThrow(words);
  });
});

describe("a walk that cannot be meant", () => {
  const walks = [
    [
      (w: number) => w * w,
      { optimizer: adam() },
      "the target is a function; give a surface, such as surfaces.beale or",
    ],
    [surfaces.rosenbrock, { optimizer: adam() }, "surfaces.rosenbrock()"],
    [surfaces.rosenbrock, { optimizer: lbfgs() }, "if it makes a surface, call it: rosenbrock(); else"],
    [{ valueAndGradient: () => 1 }, { optimizer: adam() }, "the target's name is undefined; it must be a text"],
    [
      { name: "mine", valueAndGradient: () => 1 },
      { optimizer: lbfgs() },
      "the target's dimension is undefined; it must be the length of w",
    ],
    ["x^2", { optimizer: lbfgs() }, 'the target is "x^2"; give a surface, such as surfaceFromText("x^2 + y^2")'],
    [surfaces.beale, { optimizer: adam }, "optimizer is adam itself"],
    [surfaces.beale, { optimizer: adam(), step: 5 }, "did you mean steps?"],
    [surfaces.beale, undefined, "minimize: the options are undefined"],
  ] as const;

  it.each(walks)("%#: %s", async (target, options, words) => {
    expect(() => Reflect.apply(minimize, undefined, [target, options])).toThrow(words);
    await expect(Reflect.apply(minimizeLater, undefined, [target, options])).rejects.toThrow(words);
  });
});
