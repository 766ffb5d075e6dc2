import { describe, expect, it } from "vitest";
import { csvDataset, dataset } from "../../src/data/index.ts";

const rows = Array.from({ length: 20 }, (_, i) => ({
  code: i % 7,
  same: 3,
  on: i % 2 > 0,
  word: i % 3 ? "a" : "b",
  y: `${i % 4}`,
}));
const split = { validation: 0.1, test: 0.1, seed: 1 };

describe("inputs as they are", () => {
  it("are not standardised, and stay where all are the same", () => {
    const { train, inputNames, standardization } = dataset({ rows, target: "y", split, asIs: true });
    expect(inputNames).toEqual(["code", "same", "on", "word = a", "word = b"]);
    const values = Array.from({ length: train.count }, (_, i) => [...train.inputs.subarray(5 * i, 5 * i + 3)]);
    for (const [code, same, on] of values) {
      expect([0, 1, 2, 3, 4, 5, 6]).toContain(code);
      expect([0, 1]).toContain(on);
      expect(same).toBe(3);
    }
    expect(new Set(values.map(([code]) => code)).size).toBe(7);
    expect(standardization).toEqual({ mean: [0, 0, 0, 0, 0], deviation: [1, 1, 1, 1, 1] });
  });

  it("are the usual ones otherwise: scaled, and constant ones left out", () => {
    const { inputNames, standardization } = dataset({ rows, target: "y", split, asIs: false });
    expect(inputNames).toEqual(["code", "on", "word = a", "word = b"]);
    expect(standardization.deviation[0]).toBeGreaterThan(1.5);
  });

  it("take the mean for a missing cell in their own unit", () => {
    const text = ["x,y", ...rows.map(({ code }, i) => `${i === 5 ? "" : code + 10},${i % 2}`)].join("\n");
    const { train, preprocessing } = csvDataset(text, "csv:t.csv", { asIs: true, missing: "mean", split });
    const [column] = preprocessing?.inputs.kind === "columns" ? preprocessing.inputs.columns : [];
    expect(column).toMatchObject({ kind: "number", mean: 0, deviation: 1 });
    const { fill = 0 } = { fill: 0, ...column };
    expect(fill).toBeGreaterThan(11);
    expect(train.inputs.every((x) => x >= 10 && x <= 16)).toBe(true);
  });

  it("are those of arrays, too, whose targets are as ever", () => {
    const inputs = rows.map(({ code }) => [code, 6 - code]);
    const { train, targetStandardization } = dataset({
      inputs,
      targets: rows.map((_, i) => i * 1.5),
      split,
      asIs: true,
    });
    expect(train.inputs.every((x) => Number.isInteger(x) && x >= 0 && x <= 6)).toBe(true);
    expect(targetStandardization?.deviation[0]).toBeGreaterThan(5);
  });

  it("are refused with the preprocessing of a net, which has decided that, and where it is no yes or no", () => {
    const { preprocessing } = dataset({ rows, target: "y", split });
    expect(() => dataset({ rows, target: "y", asIs: true, ...(preprocessing && { preprocessing }) })).toThrow(
      "asIs: the net's preprocessing has decided that already; leave asIs out",
    );
    const wrong: object = { asIs: "yes" };
    expect(() => dataset({ rows, target: "y", ...wrong })).toThrow('asIs is "yes"; it must be true or false');
  });
});
