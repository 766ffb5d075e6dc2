import { describe, expect, it } from "vitest";
import { moons } from "../../src/data/index.ts";
import { mlp } from "../../src/nn/index.ts";
import { adam } from "../../src/optimizers/index.ts";
import { lbfgs } from "../../src/solvers/index.ts";
import { surfaces } from "../../src/surfaces/index.ts";
import { minimize, minimizeLater } from "../../src/train/index.ts";
import { createTraining, train } from "../../src/train/node/train.ts";

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
