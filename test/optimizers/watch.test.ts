import { describe, expect, it } from "vitest";
import { Arena } from "../../src/device/memory.ts";
import type { Vector } from "../../src/expr/index.ts";
import { norm } from "../../src/linalg/index.ts";
import { adam, rules, type State, withNormClipping } from "../../src/optimizers/index.ts";

const LENGTH = 23;
/** Numbers of different sizes, without a rule that an optimizer could use. */
const wave = (seed: number): Float64Array =>
  Float64Array.from({ length: LENGTH }, (_, i) => Math.sin(seed + 7 * i * i));

const optimizers = [...rules.map((rule) => rule()), withNormClipping(adam, 0.5)(), adam({ eps: 0 })];

/** Some steps with a watch or without, in an arena's vectors or in ordinary ones. */
function walk(
  optimizer: (typeof optimizers)[number],
  dtype: "f32" | "f64",
  { watched, inArena = true }: { watched: boolean; inArena?: boolean },
) {
  const arena = new Arena(Arena.bytesFor(Array.from({ length: 12 }, () => ({ dtype, length: LENGTH }))));
  const vector = (): Vector =>
    inArena ? arena.vector(dtype, LENGTH) : dtype === "f32" ? new Float32Array(LENGTH) : new Float64Array(LENGTH);
  const [w, g, before] = [vector(), vector(), vector()];
  w.set(wave(1));
  const state: State = optimizer.init(w, vector);
  const watch = { before, gradientNorm: Number.NaN };
  const step = optimizer.bind(w, g, state, { arena, ...(watched ? { watch } : {}) });
  const seen = [2, 3, 4].map((seed) => {
    g.set(wave(seed));
    const old = w.slice();
    const sound = step();
    return { old, before: before.slice(), length: watch.gradientNorm, wanted: norm(Float64Array.from(g)), sound };
  });
  return { w, state, seen };
}

describe.each(["f32", "f64"] as const)("a step that is watched, in %s", (dtype) => {
  it.each(optimizers.map((optimizer) => [optimizer.name, optimizer] as const))("of %s", (_, optimizer) => {
    const plain = walk(optimizer, dtype, { watched: false });
    for (const inArena of [true, false]) {
      const { w, state, seen } = walk(optimizer, dtype, { watched: true, inArena });
      expect([w, state]).toEqual([plain.w, plain.state]);
      for (const { old, before, length, wanted, sound } of seen) {
        expect(before).toEqual(old);
        expect(Math.abs(length / wanted - 1)).toBeLessThan(1e-14);
        expect(sound).toBe(true);
      }
    }
  });
});

it("needs a vector like w", () => {
  const [w, g] = [new Float64Array(3), new Float64Array(3)];
  const optimizer = adam();
  const watch = { before: new Float64Array(2), gradientNorm: 0 };
  expect(() => optimizer.bind(w, g, optimizer.init(w), { watch })).toThrow("watch.before");
});
