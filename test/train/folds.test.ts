import { describe, expect, it } from "vitest";
import { dataset, moons } from "../../src/data/index.ts";
import { mlp } from "../../src/nn/index.ts";
import { adam, schedules } from "../../src/optimizers/index.ts";
import { Random } from "../../src/random/index.ts";
import { newton } from "../../src/solvers/index.ts";
import type { FoldEvent, TrainEvent } from "../../src/train/index.ts";
import { crossValidate } from "../../src/train/node/train.ts";

const device = "reference" as const;
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe("leaving one out", () => {
  const random = new Random(5, "line");
  const x = Array.from({ length: 20 }, (_, i) => i + random.normal());
  const y = x.map((value) => 3 - 2 * value + random.normal());

  it("of a straight line has the errors eᵢ / (1 − hᵢ) of Allen's PRESS statistic (1974)", async () => {
    const [mx, my] = [mean(x), mean(y)];
    const sxx = x.reduce((sum, value) => sum + (value - mx) ** 2, 0);
    const slope = x.reduce((sum, value, i) => sum + (value - mx) * (y[i] - my), 0) / sxx;
    const press = x.map((value, i) => {
      const leverage = 1 / x.length + (value - mx) ** 2 / sxx;
      return Math.abs(y[i] - my - slope * (value - mx)) / (1 - leverage);
    });
    const data = { inputs: x.map((value) => [value]), targets: y };
    const { folds, scores } = await crossValidate({
      data,
      model: "linear",
      optimizer: newton(),
      folds: 20,
      epochs: 20,
      device,
    });
    const found = folds.map((fold) => fold.scores.rmse ?? Number.NaN);
    for (const [i, wanted] of press.toSorted((a, b) => a - b).entries())
      expect(found.toSorted((a, b) => a - b)[i]).toBeCloseTo(wanted, 8);
    expect(scores.rmse?.mean).toBeCloseTo(mean(press), 8);
    const squares = press.reduce((sum, value) => sum + (value - mean(press)) ** 2, 0);
    expect(scores.rmse?.deviation).toBeCloseTo(Math.sqrt(squares / 19), 8);
    expect(scores.mae).toEqual(scores.rmse);
    expect(scores.r2).toBeUndefined(); // one value has no variance
  });
});

const data = moons({ count: 120, seed: 4 });
const plan = { data, model: "mlp:4", optimizer: adam({ lr: 0.05 }), epochs: 3, folds: 3, device } as const;

describe("a cross-validation", () => {
  it("tells each fold's training, then its result, and sums them up", async () => {
    const events: [number, (TrainEvent | FoldEvent)["kind"]][] = [];
    const found = await crossValidate({
      ...plan,
      onEvent: ({ kind }, fold) => kind !== "batch" && events.push([fold, kind]),
    });
    const each = ["epoch", "epoch", "epoch", "end", "fold"];
    expect(events).toEqual([1, 2, 3].flatMap((fold) => each.map((kind) => [fold, kind])));
    expect(found).toMatchObject({
      data: "moons",
      task: "classification",
      rows: 102,
      aside: 18,
      planned: 3,
      outcome: "completed",
    });
    expect(found.folds.map(({ counts }) => counts)).toEqual([1, 2, 3].map(() => [68, 0, 34]));
    for (const { scores } of found.folds)
      expect(Object.keys(scores)).toEqual(["loss", "accuracy", "f1", "rocAuc", "baseline"]);
    const accuracies = found.folds.map(({ scores }) => scores.accuracy ?? Number.NaN);
    expect(found.scores.accuracy?.mean).toBeCloseTo(mean(accuracies), 12);
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });

  it("is the same for the same seeds, and other with another", async () => {
    const scores = async (more: object) => (await crossValidate({ ...plan, ...more })).folds.map((fold) => fold.scores);
    const first = await scores({});
    expect(await scores({})).toEqual(first);
    expect(await scores({ foldSeed: 2 })).not.toEqual(first);
    expect(await scores({ seed: 2 })).not.toEqual(first);
  });

  it("takes a model, a function of the data, or an optimizer as plain data", async () => {
    const first = await crossValidate(plan);
    const seen: number[] = [];
    const model = (own: typeof data) => {
      seen.push(own.train.count);
      return mlp([2, 4, 2]);
    };
    expect((await crossValidate({ ...plan, model: mlp([2, 4, 2]) })).scores).toEqual(first.scores);
    expect((await crossValidate({ ...plan, model })).scores).toEqual(first.scores);
    expect(seen).toEqual([68, 68, 68, 68]); // once for its name
    const plain = await crossValidate({ ...plan, optimizer: { rule: "adam", hyper: { lr: 0.05 } } });
    expect(plain).toMatchObject({ scores: first.scores, optimizer: "adam" });
  });

  it("makes a net for each fold, whose inputs may differ", async () => {
    const rows = Array.from({ length: 30 }, (_, i) => ({
      x: i,
      word: i < 2 ? "rare" : i % 2 ? "a" : "b",
      y: i % 3 ? "no" : "yes",
    }));
    const { folds } = await crossValidate({ ...plan, data: { rows, target: "y", rare: 2 }, folds: 5 });
    expect(folds.length).toBe(5);
  });

  it("stops where it is interrupted, with the folds that are done", async () => {
    const abort = new AbortController();
    const onEvent = ({ kind }: TrainEvent | FoldEvent, fold: number) => {
      if (fold === 3 && kind === "epoch") abort.abort();
    };
    const found = await crossValidate({ ...plan, onEvent, signal: abort.signal });
    expect(found.outcome).toBe("interrupted");
    expect(found.folds.map(({ fold }) => fold)).toEqual([1, 2]);
    expect(found.scores.accuracy).toBeDefined();
  });

  it("says where a fold diverged, and has no middle of what is not known", async () => {
    const numbers = dataset({
      inputs: data.train.targets.length ? Array.from(data.train.targets, (t, i) => [i, t]) : [],
      targets: Array.from(data.train.targets, (_, i) => i * 1.5),
    });
    const wild = { ...plan, data: numbers, model: "linear", optimizer: adam({ lr: 1e30 }) };
    const { folds } = await crossValidate(wild);
    expect(folds.length).toBe(3);
    for (const { scores } of folds) expect(scores.loss === null || Number.isFinite(scores.loss)).toBe(true);
  });
});

describe("what watches the validation set", () => {
  it.each([
    ["early stopping", { patience: 1 }],
    ["keeping the best weights", { monitor: "accuracy" } as const],
    ["a schedule", { optimizer: adam({ lr: schedules.reduceOnPlateau({ lr: 0.05 }) }) }],
    ["a schedule as text", { optimizer: { rule: "adam", schedule: "plateau" } }],
  ])("%s never sees the fold", async (_, more) => {
    const { folds } = await crossValidate({ ...plan, ...more });
    // A seventh of 68, to within a row.
    for (const { counts } of folds) expect(counts).toEqual([58, 10, 34]);
  });

  it("nothing does without them", async () => {
    const { folds } = await crossValidate({ ...plan, optimizer: { rule: "adam", schedule: "cosine" } });
    for (const { counts } of folds) expect(counts).toEqual([68, 0, 34]);
  });
});

describe("options that are not allowed", () => {
  it.each([
    [{ folds: 1 }, "folds is 1; it must be a whole number, 2 or more"],
    [{ folds: 103 }, "folds: 103 folds need at least 103 rows, not 102"],
    [{ epoch: 3 }, 'option "epoch" is not known; did you mean epochs?'],
    [
      { data: { inputs: [[1], [2], [3]], targets: [1, 2, 3], split: { validation: 0.4 } } },
      "folds: split: validation is 0.4, but each fold draws what early stopping watches from its own training rows",
    ],
    [{ data: JSON.parse('"moons"') }, 'data is "moons"; give a data set'],
  ])("%j are refused", async (more, words) => {
    await expect(crossValidate({ ...plan, ...more })).rejects.toThrow(words);
  });
});
