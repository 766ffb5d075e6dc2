import { describe, expect, it } from "vitest";
import { toSvg } from "../../src/figure/index.ts";
import { experiments } from "../../src/lecture/index.ts";
import { givenData } from "./given.ts";

const given = givenData("digits");

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
