import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { toSvg } from "../../src/figure/index.ts";
import { experiments } from "../../src/lecture/index.ts";

const [, ...rows] = readFileSync(new URL("../../assets/temperatures/seattle-2014.csv", import.meta.url), "utf8")
  .trim()
  .split("\n");
const temperatures = rows.map((row) => {
  const [, high, low] = row.split(",").map(Number);
  return (high + low) / 2;
});

describe.each(experiments.map((experiment) => [experiment.id, experiment] as const))("%s", (_, experiment) => {
  it("supports its claim, and draws it", async () => {
    const { holds, numbers, figure } = await experiment.run({ temperatures });
    expect(holds, JSON.stringify(numbers)).toBe(true);
    const values = Object.values(numbers)
      .flat(2)
      .filter((value) => typeof value === "number");
    expect(values.length).toBeGreaterThan(0);
    expect(values.every(Number.isFinite)).toBe(true);
    expect(toSvg(figure)).not.toMatch(/NaN|Infinity|undefined/);
  });
});
