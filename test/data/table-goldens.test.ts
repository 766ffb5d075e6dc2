import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { csvDataset, type MissingPolicy } from "../../src/data/index.ts";

interface Encoded {
  readonly inputs: readonly (readonly number[])[];
  readonly targets: readonly number[];
}

interface Case {
  readonly missing: MissingPolicy;
  readonly names: readonly string[];
  readonly train: Encoded;
  readonly validation: Encoded;
  readonly test: Encoded;
}

const file = new URL("../goldens/data/tables.json", import.meta.url);
const { text, cases }: { text: string; cases: readonly Case[] } = JSON.parse(readFileSync(file, "utf8"));

describe.each(cases)("a table encoded by pandas and scikit-learn, missing: $missing", (golden) => {
  const columns = ["age", "level", "colour", "member", "joined", "born"];
  const data = csvDataset(text, "csv:goldens.csv", { missing: golden.missing, columns, split: { column: "set" } });

  test("has the same inputs in the same order", () => {
    expect(data.inputNames).toEqual(golden.names);
  });

  test.each(["train", "validation", "test"] as const)("has the same values in the %s set", (set) => {
    expect(data[set].count).toBe(golden[set].targets.length);
    for (const [i, value] of golden[set].inputs.flat().entries())
      expect(data[set].inputs[i], `${golden.names[i % golden.names.length]}`).toBeCloseTo(value, 10);
    for (const [i, value] of golden[set].targets.entries()) expect(data[set].targets[i]).toBeCloseTo(value, 12);
  });
});
