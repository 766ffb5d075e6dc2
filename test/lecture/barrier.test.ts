import { describe, expect, it } from "vitest";
import { pairOf } from "../../lecture/net-pairs.ts";
import { referenceDevice } from "../../src/device/reference/interpreter.ts";
import { barrier, rearrange } from "../../src/landscape/index.ts";
import { meanSquaredError, mlp, softmaxRegression } from "../../src/nn/index.ts";
import { Random } from "../../src/random/index.ts";
import { NetObjective } from "../../src/solvers/index.ts";
import { answers, examplesFor, parametersOf } from "../landscape/nets.ts";

describe("the barrier between two nets", () => {
  it("is none where the loss is convex: softmax regression", async () => {
    const model = softmaxRegression(3, 2);
    const random = new Random(1, "labels");
    const targets = Float64Array.from({ length: 20 }, () => random.integer(2));
    const examples = { count: 20, inputs: examplesFor(model, 20), targets };
    const loss = new NetObjective({ model, examples, device: referenceDevice });
    for (let seed = 1; seed <= 5; seed++) {
      const [a, b] = [1, 2].map((which) => parametersOf(model, 10 * seed + which).map((x) => 20 * x));
      const { before, after, distances } = await pairOf(model, loss, a, b);
      expect(barrier(before)).toBe(0);
      // No hidden units: there is nothing to match.
      expect(after).toEqual(before);
      expect(distances[1]).toBeCloseTo(distances[0], 12);
    }
  });

  it("is the mean square of the targets, halfway to the net with all signs turned, where all outputs are 0", async () => {
    const model = mlp([3, 4, 2], { activation: "tanh", loss: meanSquaredError });
    const w = parametersOf(model).fill(0, 24); // the last biases are 0
    const inputs = examplesFor(model, 20);
    const targets = answers(model, w, inputs);
    const loss = new NetObjective({ model, examples: { count: 20, inputs, targets }, device: referenceDevice });
    const turned = rearrange(model, w, [{ from: [0, 1, 2, 3], signs: [-1, -1, -1, -1] }]);
    const { before, after, distances } = await pairOf(model, loss, w, turned);
    expect(barrier(before)).toBeCloseTo(targets.reduce((sum, y) => sum + y * y, 0) / targets.length, 12);
    expect(distances[1]).toBe(0);
    expect(barrier(after)).toBeLessThan(1e-30);
  });
});
