import { describe, expect, it } from "vitest";
import { drawRearrangements, matchUnits, rearrange } from "../../src/landscape/index.ts";
import { mlp, softmaxRegression } from "../../src/nn/index.ts";
import { Random } from "../../src/random/index.ts";
import { distance } from "../linalg/matrices.ts";
import { answers, parametersOf } from "./nets.ts";

const length = (a: Float64Array, b: Float64Array): number => Math.hypot(...a.map((x, i) => x - b[i]));

describe("matching hidden units", () => {
  it.each([
    ["tanh", mlp([6, 12, 4], { activation: "tanh" })],
    ["ReLU", mlp([6, 12, 4])],
    ["two hidden layers", mlp([6, 10, 8, 4], { activation: "tanh" })],
    ["no hidden layer", softmaxRegression(6, 4)],
  ])("finds back what was rearranged: %s", (_, model) => {
    const w = parametersOf(model);
    const moved = rearrange(model, w, drawRearrangements(model, new Random(4)));
    const match = matchUnits(model, moved, w);
    expect(match.distance).toBe(0);
    expect(match.w).toEqual(w);
    expect(rearrange(model, moved, match.layers)).toEqual(w);
  });

  it("finds the nearest of all 48 equal points, for one hidden layer", () => {
    const model = mlp([2, 3, 2], { activation: "tanh" });
    for (let seed = 1; seed <= 20; seed++) {
      const [w, target] = [parametersOf(model, seed), parametersOf(model, seed + 100)];
      const all = orders.flatMap((from) =>
        [0, 1, 2, 3, 4, 5, 6, 7].map((bits) =>
          length(rearrange(model, w, [{ from, signs: [1, 2, 4].map((bit) => (bits & bit ? -1 : 1)) }]), target),
        ),
      );
      const match = matchUnits(model, w, target);
      expect(match.distance).toBeCloseTo(Math.min(...all), 12);
      expect(match.distance).toBeCloseTo(length(match.w, target), 12);
    }
  });

  it("keeps what the net computes, brings it nearer, and stops where nothing improves", () => {
    const model = mlp([5, 9, 7, 3], { activation: "tanh" });
    const [w, target] = [parametersOf(model, 1), parametersOf(model, 2)];
    const match = matchUnits(model, w, target);
    expect(distance(answers(model, match.w), answers(model, w))).toBeLessThan(1e-14);
    expect(match.distance).toBeLessThan(length(w, target));
    expect(matchUnits(model, match.w, target).w).toEqual(match.w);
  });

  it("flips no sign if that would change the function", () => {
    const model = mlp([5, 9, 3]);
    const { layers } = matchUnits(model, parametersOf(model, 1), parametersOf(model, 2));
    expect(layers[0].signs).toEqual(new Array(9).fill(1));
  });

  it("refuses vectors that are not the model's", () => {
    const model = mlp([2, 3, 2]);
    const w = parametersOf(model);
    expect(() => matchUnits(model, w, w.subarray(1))).toThrow("target has 16 values, but the model has 17 parameters");
    expect(() => matchUnits(model, w.subarray(1), w)).toThrow("w has 16 values, but the model has 17 parameters");
    expect(() =>
      matchUnits(
        model,
        w.map(() => Number.NaN),
        w,
      ),
    ).toThrow("w has NaN at 0; all its numbers must be finite");
  });
});

const orders = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
];
