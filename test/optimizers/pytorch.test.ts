import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  findRule,
  rule,
  rules,
  withAccumulation,
  withAveraging,
  withNormClipping,
} from "../../src/optimizers/index.ts";
import { writePyTorch } from "../../src/optimizers/pytorch.ts";
import { layoutOf } from "./descents.ts";

/** Written by scripts/goldens/optimizers_copied.py, which runs the classes that are kept beside it. */
const golden: {
  readonly sizes: readonly number[];
  readonly start: readonly number[];
  readonly a: readonly number[];
  readonly b: readonly number[];
  readonly paths: Readonly<Partial<Record<string, readonly (readonly number[])[]>>>;
} = JSON.parse(readFileSync(new URL("../goldens/optimizers/pytorch/paths.json", import.meta.url), "utf8"));

/** Of Σ aᵢ·(1 − cos wᵢ) + ½(b·w)². */
function gradient(w: ArrayLike<number>): Float64Array {
  const along = golden.b.reduce((sum, b, i) => sum + b * w[i], 0);
  return Float64Array.from(golden.a, (a, i) => a * Math.sin(w[i]) + golden.b[i] * along);
}

describe.each([...rules.map(({ spec }) => spec.name), "adam+clip-norm"])("%s for PyTorch", (name) => {
  const made = name === "adam+clip-norm" ? withNormClipping(findRule("adam"), 0.5) : findRule(name);

  it("is written as the class that was run", async () => {
    await expect(writePyTorch(made.spec)).toMatchFileSnapshot(`../goldens/optimizers/pytorch/${name}.py`);
  });

  const path = golden.paths[name];

  it.skipIf(path === undefined)("walked there as it does here", () => {
    const optimizer = made();
    const w = Float64Array.from(golden.start);
    const state = optimizer.init(w);
    const layout = layoutOf(golden.sizes);
    for (const there of path ?? []) {
      optimizer.step(w, gradient(optimizer.lookahead?.at(w, state) ?? w), state, layout);
      for (const [i, x] of there.entries()) expect(Math.abs(w[i] - x)).toBeLessThan(1e-12 * (1 + Math.abs(x)));
    }
  });
});

it("keeps Python's own words, and refuses what it cannot say", () => {
  const odd = rule({ name: "odd one", hyper: { lambda: 0.1 }, update: "w = w - lambda*max(g, -1)^2*inf" });
  const text = writePyTorch(odd.spec);
  expect(text).toContain("class OddOne(torch.optim.Optimizer):");
  expect(text).toContain("w = w - lambda_*torch.maximum(g, number(-1))**2*math.inf");
  expect(text).toMatch(/^import math\n/);
  expect(() => writePyTorch(withAveraging(findRule("adam")).spec)).toThrow(/without its wrappers/);
  expect(() => writePyTorch(withAccumulation(findRule("adam")).spec)).toThrow(/without its wrappers/);
  const strange = rule({ name: "strange", hyper: { lr: 1 }, update: "w = w - lr*softmax(g)" });
  expect(() => writePyTorch(strange.spec)).toThrow(/softmax with these arguments has no known counterpart/);
});
