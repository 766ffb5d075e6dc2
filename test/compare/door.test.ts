import { describe, expect, it, test } from "vitest";
import { compare } from "../../src/compare/node/index.ts";
import { blobs, moons } from "../../src/data/index.ts";
import { binaryCrossEntropy, mlp } from "../../src/nn/index.ts";
import { adam, rule, schedules, withNormClipping, writeRule } from "../../src/optimizers/index.ts";
import { lbfgs } from "../../src/solvers/index.ts";

const data = blobs({ count: 120, seed: 3 });
const request = { data, model: "mlp:4", optimizers: [{ rule: "adam" }], epochs: 1, trials: 0, seeds: [1], workers: 0 };

/** The call of one without types, and what is heard before it is refused. */
async function refusal(change: object): Promise<Error> {
  const onEvent = () => {
    throw new Error("it began");
  };
  const [error] = await Promise.allSettled([Reflect.apply(compare, undefined, [{ ...request, onEvent, ...change }])]);
  if (error.status === "fulfilled" || !(error.reason instanceof Error)) throw new Error("it was not refused");
  return error.reason;
}

const mine = rule({ name: "mine", hyper: { lr: 0.01 }, update: "w = w - lr*g" });

const optimizer = (given: unknown): object => ({ optimizers: [given] });

describe("a comparison that cannot be meant", () => {
  it.each([
    [{ epoch: 3 }, 'compare: option "epoch" is not known; did you mean epochs?'],
    [{ limit: 3 }, "compare: limit is an option of the data"],
    [{ threads: 3 }, 'compare: option "threads" is not known'],
    [{ data: "digits" }, 'data is "digits"; give a data set'],
    [{ data: { ...data, train: { count: 3 } } }, "data: train is {"],
    [{ data: { ...data, train: { ...data.train, count: "3" } } }, "data: train is {"],
    [{ data: { ...data, validation: { ...data.train, inputs: [1, 2] } } }, "data: validation is {"],
    [{ data: { ...data, test: { ...data.train, targets: undefined } } }, "data: test is {"],
    [{ data: { ...data, classes: undefined } }, "data: classes is undefined"],
    [{ model: undefined }, 'model is undefined; give a text such as "mlp:64"'],
    [{ onEvent: 3 }, "compare: onEvent is 3; give a function"],
    [{ signal: 3 }, "compare: signal is 3; give an AbortSignal"],
    [{ workers: "2" }, 'workers is "2"; it must be a whole number'],
    [{ seeds: 3 }, "seeds is 3; give a list, such as [1, 2, 3]"],
    [{ tuningSeeds: 3 }, "tuningSeeds is 3; give a list"],
    [{ fullBatch: "no" }, 'fullBatch is "no"; give true or false'],
    [{ target: {} }, "target is {}; give one of { accuracy: 0.9 }"],
    [{ target: 0.2 }, "target: the options are 0.2; give an object"],
    [{ optimizers: "adam" }, 'optimizers is "adam"; give a list'],
    [optimizer("adam"), 'optimizers[0] is "adam"; a comparison takes update rules as plain data'],
    [optimizer(null), "optimizers[0] is null; a comparison takes"],
    [optimizer(() => 1), "optimizers[0] is a function; a comparison takes update rules as plain data, such as {"],
    [optimizer(adam), 'is a function; a comparison takes update rules as plain data, such as { rule: "adam" }'],
    [
      optimizer(adam()),
      "is an optimizer, ready to step; a comparison takes update rules as plain data, such as { rule",
    ],
    [optimizer(mine), 'such as { rule: "mine", text: writeRule(rule.spec) }, where rule is your own'],
    [optimizer(withNormClipping(mine)()), 'such as { rule: "mine-clip-norm", text: writeRule(rule.spec) }'],
    [optimizer({ rule: mine }), 'rule is a function; give a text, as in { rule: "mine", text: writeRule(rule.spec) }'],
    [optimizer({ rule: withNormClipping(adam) }), 'give a text, as in { rule: "adam+clip-norm" }'],
    [optimizer(lbfgs()), "optimizers[0] is a solver"],
    [optimizer({ solver: "lbfgs" }), "optimizers[0] is a solver"],
    [optimizer({ hyper: { lr: 1 } }), "optimizers[0]: rule is undefined; give a text"],
    [optimizer({ rule: "adam", hypr: { lr: 1 } }), 'optimizers[0]: option "hypr" is not known; did you mean hyper?'],
    [optimizer({ rule: "adam", hyper: "lr=1" }), 'optimizers[0]: hyper is "lr=1"; give numbers by name'],
    [optimizer({ rule: "adam", hyper: { lr: () => 1 } }), 'a schedule as text: schedule: "cosine"'],
    [
      optimizer({ rule: "adam", schedule: schedules.cosine({ lr: 1, steps: 9 }) }),
      "schedule is a function; give a text",
    ],
  ])("%#: %o", async (change, words) => {
    expect((await refusal(change)).message).toContain(words);
  });

  it.each([mine, withNormClipping(mine)])(
    "takes your own rule as the text that a refusal asks for: $spec.name",
    async (own) => {
      const name = own.spec.name.replaceAll("+", "-");
      const { runs } = await compare({ ...request, optimizers: [{ rule: name, text: writeRule(own.spec) }] });
      expect(runs.map(({ optimizer }) => optimizer)).toContain(name);
    },
  );

  it("is refused without any options", async () => {
    await expect(Reflect.apply(compare, undefined, [])).rejects.toThrow("compare: the options are undefined");
  });
});

describe("a comparison whose runs cannot begin is refused before the first of them, as training would refuse it", () => {
  test.each([
    [{ dtype: "float32" }, 'dtype "float32" is not known'],
    [{ l2: Number.NaN }, "l2 is NaN; it must be a number, 0 or more"],
    [{ model: mlp([63, 3]) }, "an example has shape [2], but mlp:63-3 takes [63]"],
    [{ model: mlp([2, 4, 1], { loss: binaryCrossEntropy }) }, "is for 2 classes, but there are 3"],
    [{ model: "mlp:99999999" }, "takes 12.0 GB in one memory, which has 4.29 GB at most; take a smaller model"],
    [{ optimizers: [{ rule: "sgd", schedule: "cosine:warmup=99" }] }, "warmup is 99"],
  ])("%#: %o", async (change, words) => {
    const error = await refusal(change);
    expect(error).toBeInstanceOf(RangeError);
    expect(error.message).toContain(words);
  });

  test("of trials, too", async () => {
    const long = { trials: 1, epochs: 9, optimizers: [{ rule: "sgd", schedule: "cosine:warmup=5" }] };
    expect((await refusal({ ...long, tuningEpochs: 1, data: moons({ count: 40 }) })).message).toContain("warmup is 5");
  });
});
