import { describe, expect, it } from "vitest";
import { firstExamples } from "../../lecture/examples.ts";
import { loadDataset } from "../../src/data/node/index.ts";

const data = await loadDataset("digits");

describe("firstExamples", () => {
  it("are the first, with their targets, or all", () => {
    const { count, inputs, targets } = firstExamples(data, 320);
    expect(count).toBe(320);
    expect(inputs).toEqual(data.train.inputs.slice(0, 320 * 64));
    expect(targets).toEqual(data.train.targets.slice(0, 320));
    expect(firstExamples(data, 1e6).count).toBe(data.train.count);
  });

  it("refuses data with fewer than are needed", () => {
    expect(() => firstExamples(data, 1e6, 1e5)).toThrow(/digits has \d+ training examples; .* needs at least 100000/);
  });
});
