import { describe, expect, it } from "vitest";
import { Arena } from "../../src/device/memory.ts";
import { lamb, type Optimizer } from "../../src/optimizers/index.ts";
import { rules } from "../../src/optimizers/registry.ts";
import { withAccumulation, withNormClipping, withSlowWeights } from "../../src/optimizers/wrappers/index.ts";

/** What a wrapper adds may need old values, or totals of its own. */
const wrapped = [withNormClipping(lamb), withAccumulation(lamb, 2), withSlowWeights(lamb)];

const LENGTH = 37;
const layout = [
  { name: "a", shape: [5, 6], offset: 0 },
  { name: "b", shape: [7], offset: 30 },
];

/** w and the slots after some steps, and whether g stayed as it was; `room` is where a step may keep numbers. */
function walk(optimizer: Optimizer, dtype: "f64" | "f32", room: "none" | "g" | "more") {
  const lengths = Array.from({ length: optimizer.slots.length + 3 }, () => ({ dtype, length: LENGTH }));
  const arena = new Arena(Arena.bytesFor(lengths));
  const vector = () => arena.vector(dtype, LENGTH);
  const [w, g, more] = [vector(), vector(), vector()];
  w.forEach((_, i) => {
    w[i] = Math.sin(i + 1);
  });
  const state = optimizer.init(w, vector);
  const spare = { none: undefined, g, more }[room];
  const step = optimizer.bind(w, g, state, { arena, layout, ...(spare === undefined ? {} : { spare }) });
  let kept = true;
  for (let t = 1; t <= 4; t++) {
    const slopes = g.map((_, i) => Math.cos(i * t) / 3);
    g.set(slopes);
    expect(step()).toBe(true);
    kept &&= g.every((slope, i) => slope === slopes[i]);
  }
  return { numbers: [w, ...optimizer.slots.map((slot) => state[slot])], kept };
}

describe("a step with room to spare", () => {
  it.each(["f64", "f32"] as const)("has the same result to the last bit, by every rule (%s)", (dtype) => {
    for (const optimizer of [...rules, ...wrapped].map((rule) => rule())) {
      const { numbers, kept } = walk(optimizer, dtype, "none");
      expect(kept, optimizer.name).toBe(true);
      expect(walk(optimizer, dtype, "more"), optimizer.name).toEqual({ numbers, kept: true });
      expect(walk(optimizer, dtype, "g").numbers, optimizer.name).toEqual(numbers);
    }
  });

  it("uses it: g is gone after LAMB's", () => {
    expect(walk(lamb(), "f64", "g").kept).toBe(false);
  });

  it("refuses room of another length", () => {
    const [w, g] = [new Float64Array(3), new Float64Array(3)];
    const optimizer = lamb();
    expect(() => optimizer.bind(w, g, optimizer.init(w), { spare: new Float64Array(2) })).toThrow("lamb: spare");
  });
});
