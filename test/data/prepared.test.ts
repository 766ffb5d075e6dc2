import { describe, expect, it } from "vitest";
import { csvDataset, loadDataset, meanSquaredError } from "../../src/node/index.ts";
import { dataFacts } from "../../src/train/index.ts";

/** Rows of a table of words and numbers; `shift` moves the numbers. */
function rows(
  count: number,
  { shift = 0, classes = ["no", "yes"], words = ["red", "blue"], missing = -1 } = {},
): string {
  const lines = Array.from({ length: count }, (_, i) => {
    const size = i === missing ? "" : `${shift + (i % 7)}`;
    return [size, words[i % words.length], classes[i % classes.length]].join();
  });
  return ["size,colour,bought", ...lines].join("\n");
}

const old = csvDataset(rows(40), "old.csv", { target: "bought" });
const { preprocessing } = old;

describe("a table read as a trained net takes it", () => {
  it("keeps columns, means, categories and classes, whatever its own are", () => {
    const data = csvDataset(rows(30, { shift: 100 }), "new.csv", { preprocessing });
    expect(data.preprocessing?.inputs).toEqual(preprocessing?.inputs);
    expect(data.preprocessing?.target).toEqual({
      kind: "classes",
      name: "bought",
      classes: ["no", "yes"],
      majority: "no",
    });
    const [mean, deviation] = [old.standardization.mean[0], old.standardization.deviation[0]];
    const sizes = Array.from({ length: data.train.count }, (_, i) => data.train.inputs[3 * i] * deviation + mean);
    for (const size of sizes) expect(size).toBeGreaterThan(99);
    expect(csvDataset(rows(30, { shift: 100 }), "new.csv", { target: "bought" }).standardization.mean[0]).toBeCloseTo(
      103,
      0,
    );
  });

  it("gives the inputs that the net's own table gives", () => {
    const again = csvDataset(rows(40), "old.csv", { preprocessing });
    for (const set of ["train", "validation", "test"] as const) expect(again[set]).toEqual(old[set]);
  });

  it("keeps the order of classes where some are missing, and takes those of the table where one is new", () => {
    const three = csvDataset(rows(45, { classes: ["a", "b", "c"] }), "three.csv", { target: "bought" });
    const two = csvDataset(rows(30, { classes: ["c", "a"] }), "two.csv", { preprocessing: three.preprocessing });
    expect(two.classes).toEqual(["a", "b", "c"]);
    expect([...new Set(two.train.targets)].sort()).toEqual([0, 2]);
    expect(two.outputs).toBe(3);
    const others = csvDataset(rows(30, { classes: ["c", "d"] }), "others.csv", { preprocessing: three.preprocessing });
    expect(others.classes).toEqual(["c", "d"]);
  });

  it("keeps the unit of a regression, and measures that of another target", () => {
    const table = (name: string, shift: number) =>
      [`x,${name}`, ...Array.from({ length: 30 }, (_, i) => `${i},${shift + 3 * i + 0.5}`)].join("\n");
    const first = csvDataset(table("price", 0), "a.csv", { target: "price" });
    const same = csvDataset(table("price", 1000), "b.csv", { preprocessing: first.preprocessing });
    const mean = Array.from(same.train.targets).reduce((sum, y) => sum + y, 0) / same.train.count;
    const scale = {
      mean: first.targetStandardization?.mean[0] ?? 0,
      deviation: first.targetStandardization?.deviation[0] ?? 0,
    };
    // The baseline to beat is the mean of the new training set.
    const baseline = [expect.closeTo(scale.mean + scale.deviation * mean, 8)];
    expect(same.preprocessing?.target).toEqual({ ...first.preprocessing?.target, baseline });
    expect(dataFacts(same, meanSquaredError).target).toMatchObject({ isKept: true });
    expect(dataFacts(first, meanSquaredError).target).not.toHaveProperty("isKept");
    const options = { preprocessing: first.preprocessing, target: "rent" } as const;
    const other = csvDataset(table("rent", 1000), "c.csv", options);
    expect(other.preprocessing?.target).toMatchObject({ names: ["rent"] });
    expect(other.targetStandardization?.mean[0]).toBeGreaterThan(1000);
  });

  it("takes unknown words as the net's does, in any order of the columns", () => {
    const table = "bought,colour,size\n".concat(
      Array.from({ length: 20 }, (_, i) => `${i % 2 ? "yes" : "no"},${i % 3 ? "green" : "red"},${i}`).join("\n"),
    );
    const data = csvDataset(table, "new.csv", { preprocessing });
    expect(data.inputShape).toEqual(old.inputShape);
    expect(data.columns?.map(({ name, role }) => [name, role])).toEqual([
      ["bought", "target"],
      ["colour", "input"],
      ["size", "input"],
    ]);
  });
});

describe("a table that a trained net cannot take", () => {
  it("lacks its columns", () => {
    const table = rows(20).replace("size,colour", "length,colour");
    expect(() => csvDataset(table, "new.csv", { preprocessing })).toThrow(
      'new.csv: there is no column "size", which the net predicts from',
    );
  });

  it("has a missing cell where nothing stands for one, unless such rows are dropped", () => {
    const table = rows(20, { missing: 4 });
    expect(() => csvDataset(table, "new.csv", { preprocessing })).toThrow("the cell is empty");
    expect(csvDataset(table, "new.csv", { preprocessing, missing: "drop" }).dropped).toBe(1);
  });

  it("is asked for another choice of columns", () => {
    for (const options of [{ ignore: ["size"] }, { columns: ["size"] }, { rare: 3 }])
      expect(() => csvDataset(rows(20), "new.csv", { preprocessing, ...options })).toThrow("has decided that already");
    expect(() => csvDataset(rows(20), "new.csv", { preprocessing, missing: "mean" })).toThrow(
      "what stands for a missing cell is in the net's preprocessing",
    );
  });
});

describe("images as a trained net takes them", () => {
  it("keep the net's mean and deviation", async () => {
    const own = await loadDataset("digits");
    const inputs = { kind: "values", shape: own.inputShape, mean: [1], deviation: [2] } as const;
    const target = { kind: "classes", classes: own.classes } as const;
    const data = await loadDataset("digits", { preprocessing: { inputs, target } });
    const [mean, deviation] = [own.standardization.mean[0], own.standardization.deviation[0]];
    for (const i of [0, 20, 300])
      expect(data.train.inputs[i]).toBeCloseTo((own.train.inputs[i] * deviation + mean - 1) / 2, 5);
    expect(data.preprocessing?.inputs).toEqual(inputs);
    expect((await loadDataset("digits", { preprocessing: own.preprocessing })).train).toEqual(own.train);
  });

  it("are refused in another shape, and for a net of columns", async () => {
    await expect(loadDataset("digits", { preprocessing })).rejects.toThrow(
      "the net was trained on the columns of a table",
    );
    const inputs = { kind: "values", shape: [1, 28, 28], mean: [0], deviation: [1] } as const;
    const target = { kind: "classes", classes: ["0", "1"] } as const;
    await expect(loadDataset("digits", { preprocessing: { inputs, target } })).rejects.toThrow(
      "the net takes 1 × 28 × 28",
    );
  });
});
