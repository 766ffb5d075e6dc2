import { describe, expect, it } from "vitest";
import { nearest, swappedUnits } from "../../lecture/experiments/swapped-units.ts";
import { drawRearrangements, rearrange } from "../../src/landscape/index.ts";
import { mlp } from "../../src/nn/index.ts";
import { Random } from "../../src/random/index.ts";
import { answers, parametersOf } from "../landscape/nets.ts";
import { distance } from "../linalg/matrices.ts";
import { givenData } from "./given.ts";

describe("swapped units", () => {
  const model = mlp([3, 12, 2], { activation: "tanh" });
  const w = parametersOf(model);

  it("have no rearrangement nearer than the nearest exchange", () => {
    const random = new Random(1);
    const drawn = Array.from({ length: 500 }, () => rearrange(model, w, drawRearrangements(model, random)));
    const least = Math.min(...drawn.map((point) => Math.hypot(...point.map((x, i) => x - w[i]))));
    expect(nearest(model, w)).toBeGreaterThan(0.1);
    expect(least).toBeGreaterThan(nearest(model, w));
  });

  it("are at one place where two units are the same, but for the sign", () => {
    const twins = w.slice();
    for (let row = 0; row < 4; row++) twins[12 * row + 5] = -twins[12 * row + 2];
    for (let output = 0; output < 2; output++) twins[48 + 2 * 5 + output] = -twins[48 + 2 * 2 + output];
    expect(nearest(model, twins)).toBe(0);
  });

  it("compute something else where the outgoing weights are forgotten", () => {
    const half = w.slice();
    for (let row = 0; row < 4; row++) [half[12 * row], half[12 * row + 1]] = [w[12 * row + 1], w[12 * row]];
    expect(distance(answers(model, half), answers(model, w))).toBeGreaterThan(0.01);
  });

  it("are fewer minima than n!·2ⁿ where the data leave units without a task: then the claim does not hold", async () => {
    const { holds, numbers } = await swappedUnits.run(givenData("moons"));
    expect(numbers.nearestEqualMinimum).toBeLessThan(1e-5);
    expect(numbers.largestDifferencesOfOutputs).toSatisfy((all: number[]) => all.every((x) => x < 1e-12));
    expect(holds).toBe(false);
  });
});
