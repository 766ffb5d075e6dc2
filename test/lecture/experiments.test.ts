import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { loadDataset } from "../../src/data/node/index.ts";
import { toSvg } from "../../src/figure/index.ts";
import { experiments, type Given } from "../../src/lecture/index.ts";
import { nodeMeans } from "../../src/train/node/means.ts";

const [, ...rows] = readFileSync(new URL("../../assets/temperatures/seattle-2014.csv", import.meta.url), "utf8")
  .trim()
  .split("\n");
const temperatures = rows.map((row) => {
  const [, high, low] = row.split(",").map(Number);
  return (high + low) / 2;
});

const given: Given = { temperatures, data: () => loadDataset("digits"), means: () => nodeMeans() };

describe.each(experiments.map((experiment) => [experiment.id, experiment] as const))("%s", (_, experiment) => {
  it("supports its claim, and draws it", async () => {
    const { holds, numbers, figure } = await experiment.run(given);
    expect(holds, JSON.stringify(numbers)).toBe(true);
    const values = Object.values(numbers)
      .flat(2)
      .filter((value) => typeof value === "number");
    expect(values.length).toBeGreaterThan(0);
    expect(values.every(Number.isFinite)).toBe(true);
    expect(toSvg(figure)).not.toMatch(/NaN|Infinity|undefined/);
  });
});
