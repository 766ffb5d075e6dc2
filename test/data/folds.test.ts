import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { drawFolds, type Foldable, foldableOf, foldSplits, wholeSplit } from "../../src/data/folds/index.ts";
import { loadTable } from "../../src/data/node/index.ts";
import { csvTable, type Dataset, dataset, loadDataset, moons } from "../../src/node/index.ts";

const untyped = (json: string) => JSON.parse(json);
const labels = fc.array(fc.nat(3), { minLength: 2, maxLength: 60 });
const plan = fc.record({ folds: fc.integer({ min: 2, max: 7 }), seed: fc.nat(1000) });

/** How many rows are in each fold, of all or of one label. */
const sizes = (folds: Uint32Array, count: number, isCounted = (_: number): boolean => true): number[] =>
  Array.from({ length: count }, (_, fold) => folds.filter((each, i) => each === fold && isCounted(i)).length);
const range = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);

describe("folds of rows", () => {
  it("have each row once, and sizes and shares of every class that differ by one row at most", () => {
    fc.assert(
      fc.property(labels, plan, (given, { folds, seed }) => {
        fc.pre(given.length >= folds);
        const found = drawFolds({ labels: given }, { folds, seed });
        expect(found.length).toBe(given.length);
        expect(Math.max(...found)).toBeLessThan(folds);
        expect(range(sizes(found, folds))).toBeLessThanOrEqual(1);
        for (const label of new Set(given))
          expect(range(sizes(found, folds, (i) => given[i] === label))).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("are the same for the same seed, and others for another", () => {
    const rows = { labels: new Uint8Array(50) };
    const draw = (seed?: number) => drawFolds(rows, { folds: 5, ...(seed !== undefined && { seed }) });
    expect(draw(3)).toEqual(draw(3));
    expect(draw()).toEqual(draw());
    expect(draw(3)).not.toEqual(draw(4));
    expect(new Set(draw(3).subarray(0, 10)).size).toBeGreaterThan(1);
  });

  it("keep a group together, and differ in size by the largest group at most", () => {
    fc.assert(
      fc.property(labels, plan, (given, { folds, seed }) => {
        const groups = given.map((label, i) => label * 100 + (i % 4));
        const all = new Set(groups);
        fc.pre(all.size >= folds);
        const found = drawFolds({ labels: given, groups }, { folds, seed });
        for (const group of all) expect(new Set(found.filter((_, i) => groups[i] === group)).size).toBe(1);
        const largest = Math.max(...[...all].map((group) => groups.filter((each) => each === group).length));
        expect(range(sizes(found, folds))).toBeLessThanOrEqual(largest);
        expect(Math.min(...sizes(found, folds))).toBeGreaterThan(0);
      }),
    );
  });

  test.each([
    [{ labels: [0, 1, 0] }, 1, "folds is 1; it must be a whole number, 2 or more"],
    [{ labels: [0, 1, 0] }, 2.5, "folds is 2.5"],
    [{ labels: [0, 1, 0] }, 4, "folds: 4 folds need at least 4 rows, not 3"],
    [{ labels: [0, 1, 0], groups: [1, 2, 1] }, 3, "folds: 3 folds need at least 3 groups of rows, not 2"],
  ])("of %j into %d are refused", (rows, folds, words) => {
    expect(() => drawFolds(rows, { folds })).toThrow(words);
  });
});

/** A table whose rows say who they are. */
const rows = Array.from({ length: 60 }, (_, i) => ({
  id: i,
  city: ["Rome", "Oslo", "Bern"][i % 3],
  who: `p${Math.floor(i / 4)}`,
  w: 1 + (i % 2),
  y: i % 5 ? "no" : "yes",
}));
const use = { target: "y", ignore: ["w"], groups: "who" } as const;

/** The ids of the rows in a set, read back from its standardised inputs. */
function idsIn({ standardization, inputShape }: Dataset, { inputs, count }: Dataset["train"]): number[] {
  return Array.from({ length: count }, (_, i) =>
    Math.round(inputs[i * inputShape[0]] * standardization.deviation[0] + standardization.mean[0]),
  );
}
const sorted = (values: Iterable<number>): number[] => [...values].sort((a, b) => a - b);
const all = rows.map(({ id }) => id);

describe.each([true, false])("splits into folds, watched: %s", (watched) => {
  const foldable = foldableOf({ rows, ...use });
  const splits = foldSplits(foldable, { folds: 5, seed: 1, watched });
  const sets = splits.map((split) => foldable.build(split));

  it("hold each row out once", () => {
    expect(sorted(sets.flatMap((data) => idsIn(data, data.test)))).toEqual(all);
  });

  it("train on all rows that are neither held out nor watched, and never on others", () => {
    for (const data of sets) {
      const [train, validation, test] = [data.train, data.validation, data.test].map((set) => idsIn(data, set));
      expect(sorted(new Set([...train, ...validation, ...test]))).toEqual(all);
      expect(train.filter((id) => test.includes(id) || validation.includes(id))).toEqual([]);
      if (watched) expect(validation.filter((id) => test.includes(id))).toEqual([]);
      else expect(validation).toEqual(test);
    }
  });

  it("keep groups together in all three sets", () => {
    const groupsOf = (ids: readonly number[]) => new Set(ids.map((id) => rows[id].who));
    for (const data of sets) {
      const [train, validation, test] = [data.train, data.validation, data.test].map((set) =>
        groupsOf(idsIn(data, set)),
      );
      expect([...train].filter((who) => test.has(who))).toEqual([]);
      if (watched) expect([...validation].filter((who) => train.has(who) || test.has(who))).toEqual([]);
    }
  });
});

describe("what is measured in a fold", () => {
  it("does not depend on the rows that are held out or watched", () => {
    const numbers = rows.map(({ id, city }) => ({ id, city, x: id % 7 ? id * 1.5 : null, y: id * 2 }));
    const options = { target: "y", missing: "mean", task: "regression" } as const;
    const foldable = foldableOf({ rows: numbers, ...options });
    for (const split of foldSplits(foldable, { folds: 4, watched: true })) {
      const unseen = new Set([...split.validation, ...split.test]);
      const other = numbers.map((row, i) => (unseen.has(i) ? { id: 1e6, city: "Lima", x: -5, y: 1e9 } : row));
      const [a, b] = [foldable.build(split), foldableOf({ rows: other, ...options }).build(split)];
      expect(b.preprocessing).toEqual(a.preprocessing);
      expect(b.train).toEqual(a.train);
      expect(b.test).not.toEqual(a.test);
    }
  });

  it("are class weights, too", () => {
    const foldable = foldableOf({ rows, target: "y", weights: "w", ignore: ["who"], classWeights: "balanced" });
    for (const split of foldSplits(foldable, { folds: 3, watched: false })) {
      const { train, test } = foldable.build(split);
      const total = (label: number) =>
        Array.from(train.weights ?? []).reduce((sum, weight, i) => sum + (train.targets[i] === label ? weight : 0), 0);
      expect(total(0)).toBeCloseTo(total(1), 9);
      expect(new Set(test.weights)).toEqual(new Set([1, 2]));
    }
  });

  it("is the same for a data set as for the rows that it was made of", () => {
    const inputs = rows.map(({ id }) => [id, id ** 2]);
    const targets = rows.map(({ id }) => Math.sin(id));
    const arrays = { inputs, targets, split: { test: 0.15 } };
    const [raw, made] = [foldableOf(arrays), foldableOf(dataset(arrays))];
    expect([made.rows.length, made.aside.length]).toEqual([raw.rows.length, raw.aside.length]);
    const ready = dataset(arrays);
    // Where each row of the data set is in the arrays.
    const places = [ready.train, ready.validation, ready.test].flatMap((set) => idsIn(ready, set));
    for (const split of foldSplits(made, { folds: 4, watched: true })) {
      const inArrays = (some: Uint32Array) => some.map((row) => places[row]);
      const { train, validation, test } = split;
      const wanted = raw.build({ train: inArrays(train), validation: inArrays(validation), test: inArrays(test) });
      const found = made.build(split);
      for (const set of ["train", "validation", "test"] as const)
        for (const part of ["inputs", "targets"] as const)
          for (const [i, value] of wanted[set][part].entries()) expect(found[set][part][i]).toBeCloseTo(value, 9);
      const near = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 9));
      expect(found.standardization.mean).toEqual(near(wanted.standardization.mean));
      expect(found.standardization.deviation).toEqual(near(wanted.standardization.deviation));
      expect(found.targetStandardization?.mean).toEqual(near(wanted.targetStandardization?.mean ?? []));
      expect(found.preprocessing?.inputs).toMatchObject({
        columns: [{ mean: expect.closeTo(wanted.standardization.mean[0], 9) }, {}],
      });
    }
  });
});

describe("a table that is larger than memory", () => {
  it("is divided and measured as one in memory, to the bit", async () => {
    const path = join(await mkdtemp(join(tmpdir(), "downhill-folds-")), "t.csv");
    const lines = rows.map((row) => Object.values(row).join());
    await writeFile(path, [Object.keys(rows[0]).join(), ...lines].join("\n"));
    const options = { weights: "w", groups: "who", classWeights: "balanced" } as const;
    const [kept, inMemory] = await Promise.all([1, 1e9].map((mostInMemory) => loadTable(path, { mostInMemory })));
    if (kept === undefined || inMemory === undefined) throw new Error("no table");
    expect([kept.kept === undefined, inMemory.kept === undefined]).toEqual([false, true]);
    const [a, b] = [kept, inMemory].map((table) => foldableOf({ table, ...options }));
    for (const split of foldSplits(b, { folds: 3, watched: true }))
      for (const set of ["train", "validation", "test"] as const) {
        const [found, wanted] = [a.build(split)[set], b.build(split)[set]];
        expect([found.inputs, found.targets, found.weights]).toEqual([wanted.inputs, wanted.targets, wanted.weights]);
      }
    kept.kept?.close();
  });
});

describe("rows that stay aside", () => {
  const counts = ({ rows: own, aside }: Foldable) => [own.length, aside.length];
  const text = ["x,set,y", ...all.map((i) => `${i},${["train", "test", "val"][i % 3]},${i / 2}`)].join("\n");
  const table = csvTable(text, "t.csv");

  it("are none of a table, unless a test set is asked for", () => {
    expect(counts(foldableOf({ rows, ...use }))).toEqual([60, 0]);
    expect(counts(foldableOf({ rows, ...use, split: { test: 0.25 } }))).toEqual([45, 15]);
    expect(counts(foldableOf({ table, split: { column: "set" } }))).toEqual([40, 20]);
  });

  it("are those of a data set's own test set", async () => {
    expect(counts(foldableOf(moons()))).toEqual([850, 150]);
    expect(counts(foldableOf(await loadDataset("digits")))).toEqual([1497, 300]);
  });

  it("test a net that is trained on all others", () => {
    const foldable = foldableOf({ rows, ...use, split: { test: 0.25 } });
    const data = foldable.build(wholeSplit(foldable, { watched: false }));
    expect([data.train.count, data.validation.count, data.test.count]).toEqual([45, 0, 15]);
    const watched = foldable.build(wholeSplit(foldable, { watched: true }));
    expect(watched.train.count + watched.validation.count).toBe(45);
    expect(watched.validation.count).toBeGreaterThan(3);
    const none = foldableOf({ rows, ...use });
    expect(none.build(wholeSplit(none, { watched: false })).test.count).toBe(0);
  });
});

describe("data that cannot be divided", () => {
  const text = (group: string) => ["x,g,y", ...all.map((i) => `${i},${i === 3 ? group : i % 8},${i / 2}`)].join("\n");

  it("are data sets with categories or fills of their own, and weighted classes", () => {
    expect(() => foldableOf(dataset({ rows, ...use }))).toThrow("give the rows themselves, or the table");
    const weighted = dataset({
      inputs: all.map((i) => [i]),
      targets: rows.map(({ y }) => y),
      classWeights: "balanced",
    });
    expect(() => foldableOf(weighted)).toThrow("give classWeights there");
    const plain = dataset({ inputs: all.map((i) => [i]), targets: rows.map(({ y }) => y) });
    const foldable = foldableOf({ dataset: plain, classWeights: { yes: 4 } });
    const [split] = foldSplits(foldable, { folds: 3, watched: false });
    expect(foldable.build(split).classWeights).toEqual([1, 4]);
  });

  it("are rows without a group", () => {
    expect(() => foldableOf({ table: csvTable(text(""), "t.csv"), groups: "g" })).toThrow(
      't.csv: line 5, column 2 ("g"): the row\'s group is missing',
    );
    expect(() => foldableOf({ table: csvTable(text("1"), "t.csv"), groups: "y" })).toThrow("is the target");
  });

  it("are tables with a validation set of their own, which would be divided, too", async () => {
    const folder = await mkdtemp(join(tmpdir(), "downhill-folds-"));
    const [path, validationFile] = ["t.csv", "v.csv"].map((name) => join(folder, name));
    await Promise.all([path, validationFile].map((file) => writeFile(file, text("1"))));
    const table = await loadTable(path, { validationFile });
    if (table === undefined) throw new Error("no table");
    expect(() => foldableOf({ table })).toThrow(/^folds: the validation set is ".*v\.csv", but each fold draws/);
    expect(() => foldableOf({ rows, ...use, split: { validation: 0.3 } })).toThrow("split: validation is 0.3, but");
  });

  it.each([
    [
      { rows: rows.map((row, i) => ({ ...row, who: i % 2 })), ...use },
      "there is one group to train on, so no group is left",
    ],
    [{ inputs: [[1], [2]], targets: [1, 2.5] }, "there is one row to train on, so no row is left"],
  ])("are those with nothing left to watch", (data, words) => {
    const foldable = foldableOf(data);
    expect(foldSplits(foldable, { folds: 2, watched: false }).length).toBe(2);
    expect(() => foldSplits(foldable, { folds: 2, watched: true })).toThrow(words);
  });

  it("are no data at all", () => {
    expect(() => foldableOf(untyped('"digits"'))).toThrow('data is "digits"; give a data set');
  });
});
