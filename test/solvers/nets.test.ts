import { describe, expect, it } from "vitest";
import { onnxDevice } from "../../src/device/onnx/runtime-device.ts";
import { nodeRuntime } from "../../src/device/onnx-node/index.ts";
import { referenceDevice } from "../../src/device/reference/interpreter.ts";
import { mul } from "../../src/expr/index.ts";
import { dot, norm } from "../../src/linalg/index.ts";
import { initialize, type Loss, losses, meanSquaredError, mlp, parameterCount } from "../../src/nn/index.ts";
import { Random } from "../../src/random/index.ts";
import {
  type Examples,
  findSolver,
  kfac,
  lbfgs,
  NetObjective,
  naturalGradient,
  solveLater,
} from "../../src/solvers/index.ts";
import { golden, matrixOf, smallNet, w } from "./small-net.ts";

const n = w.length;
const furthest = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a, (x, i) => Math.abs(x - b[i])).reduce((most, x) => Math.max(most, x), 0);

describe("a net's loss as an objective", () => {
  it("has PyTorch's value and gradient", async () => {
    const f = smallNet();
    const g = new Float64Array(n);
    expect(await f.value(w)).toBeCloseTo(golden.cost, 14);
    expect(await f.gradient(w, g)).toBeCloseTo(golden.cost, 14);
    expect(furthest(g, golden.gradient)).toBeLessThan(1e-14);
  });

  it("has PyTorch's Hessian and Gauss–Newton matrix", async () => {
    const f = smallNet();
    const hessian = await matrixOf(n, (v, to) => f.hessianProduct(w, v, to));
    const gaussNewton = await matrixOf(n, (v, to) => f.gaussNewtonProduct(w, v, to));
    expect(furthest(hessian, golden.hessian)).toBeLessThan(1e-14);
    expect(furthest(gaussNewton, golden.gaussNewton)).toBeLessThan(1e-14);
  });

  it("is the same by ONNX Runtime, whatever the chunks, and the L2 term is added once", async () => {
    const device = onnxDevice(await nodeRuntime());
    const v = w.map((x, i) => Math.cos(i) + x);
    const ask = async (f: NetObjective) => {
      const [g, hv, gv] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
      const value = await f.gradient(w, g);
      await f.hessianProduct(w, v, hv);
      await f.gaussNewtonProduct(w, v, gv);
      await f.dispose();
      return [value, ...g, ...hv, ...gv];
    };
    const whole = await ask(smallNet({ l2: 0.1 }));
    expect(furthest(await ask(smallNet({ l2: 0.1, chunk: 3 })), whole)).toBeLessThan(1e-14);
    expect(furthest(await ask(smallNet({ l2: 0.1, chunk: 3, device })), whole)).toBeLessThan(1e-13);
    expect(furthest(await ask(smallNet({ l2: 0.1, chunk: 2, device, dtype: "f32" })), whole)).toBeLessThan(1e-5);
    expect(whole[0] - golden.cost).toBeCloseTo(0.05 * dot(w, w), 14);
  });

  it("refuses examples that do not fit", () => {
    const examples = { count: 2, inputs: new Float64Array(5), targets: new Float64Array(2) };
    expect(() => smallNet({ examples })).toThrow(/5 values were given for 2 examples of shape \[3\]; 6 are needed/);
    expect(() => smallNet({ l2: -1 })).toThrow(/l2 is -1/);
    expect(() => smallNet({ chunk: 0 })).toThrow(/chunk is 0/);
  });
});

/** A linear net of 3 inputs and 2 outputs on generated examples. */
function linear(loss: Loss, targets: (random: Random) => number): NetObjective {
  const random = new Random(4, "linear");
  const count = 40;
  const examples: Examples = {
    count,
    inputs: Float64Array.from({ length: 3 * count }, () => random.normal()),
    targets: Float64Array.from({ length: (loss.name === "softmax cross-entropy" ? 1 : 2) * count }, () =>
      targets(random),
    ),
  };
  return new NetObjective({ model: mlp([3, 2], { loss }), examples, device: referenceDevice });
}

describe("Kronecker factors", () => {
  it("are exact for least squares: one step without damping is Newton's, and lands at the minimum", async () => {
    const f = linear(meanSquaredError, (random) => random.normal());
    const { path, gradientNorm } = await solveLater(f, {
      solver: kfac({ damping: 1e-12 }),
      start: new Float64Array(8).fill(0.5),
      maxIterations: 1,
      path: true,
    });
    expect(path?.values).toHaveLength(2);
    // S is estimated from random signs: its expectation is the identity, which 40 examples come near to.
    expect(gradientNorm).toBeLessThan(0.15);
    expect((await solveLater(f, { solver: kfac(), start: new Float64Array(8).fill(0.5) })).outcome).toBe("converged");
  });

  it.each([
    [losses["softmax-cross-entropy"], (random: Random) => random.integer(2)],
    [losses["binary-cross-entropy"], (random: Random) => random.integer(2)],
    [losses["mean-squared-error"], (random: Random) => random.normal()],
  ] as const)("are on average those of the Gauss–Newton matrix: $name", async (loss, targets) => {
    const f = linear(loss, targets);
    const x = Float64Array.from({ length: 8 }, (_, i) => 0.3 * Math.sin(i));
    const exact = await matrixOf(8, (v, to) => f.gaussNewtonProduct(x, v, to));
    // The biases' block is E[ggᵀ] itself; its mean over many draws is compared.
    const draws = 400;
    const mean = new Float64Array(4);
    for (let k = 0; k < draws; k++) {
      const [{ s, a, inputs, units, biases }] = await f.kroneckerFactors(x);
      expect([inputs, units, biases, a.length]).toEqual([3, 2, 6, 16]);
      expect(a[15]).toBeCloseTo(1, 14);
      for (let i = 0; i < 4; i++) mean[i] += s[i] / draws;
    }
    const wanted = [exact[6 * 8 + 6], exact[6 * 8 + 7], exact[7 * 8 + 6], exact[7 * 8 + 7]];
    expect(furthest(mean, wanted)).toBeLessThan(0.02 * Math.max(...wanted));
  });

  it("know their limits", async () => {
    const { value } = meanSquaredError;
    const own: Loss = { ...meanSquaredError, name: "my loss", value: (z, y) => mul(2, value(z, y)) };
    await expect(linear(own, () => 0).kroneckerFactors(new Float64Array(8))).rejects.toThrow(
      /the Fisher matrix of the loss, which my loss does not define; losses that do: softmax cross-entropy/,
    );
  });
});

describe("methods on a net", () => {
  const steps = 15;
  const start = (): Float64Array => {
    const model = mlp(golden.sizes, { activation: "tanh" });
    const w = new Float64Array(parameterCount(model));
    initialize(model, w, 3);
    return w;
  };
  const costAfter = async (name: string): Promise<number> =>
    (await solveLater(smallNet({ l2: 1e-3 }), { solver: findSolver(name)(), start: start(), maxIterations: steps }))
      .value;

  it("the natural gradient and K-FAC get further per step than steepest descent with the best length", async () => {
    const [steepest, natural, factored] = await Promise.all(
      ["steepest-descent", "natural-gradient", "kfac"].map(costAfter),
    );
    expect(natural).toBeLessThan(0.9 * steepest);
    expect(factored).toBeLessThan(0.9 * steepest);
  });

  it.each(["lbfgs", "newton-cg", "conjugate-gradient", "newton", "levenberg-marquardt", "gauss-newton"])(
    "%s reaches a minimum",
    async (name) => {
      const f = smallNet({ l2: 1e-2 });
      const { outcome, x, gradientNorm } = await solveLater(f, { solver: findSolver(name)(), start: start() });
      expect(outcome).toBe("converged");
      const g = new Float64Array(n);
      await f.gradient(x, g);
      expect(norm(g)).toBeLessThan(1e-8);
      expect(gradientNorm).toBeLessThan(1e-8);
    },
  );

  it("only a small net's whole Hessian is assembled", async () => {
    const small = await solveLater(smallNet(), {
      solver: findSolver("newton-trust-region")(),
      start: w,
      maxIterations: 1,
    });
    expect(small.evaluations.product).toBe(2 * n);
    const large = new NetObjective({
      model: mlp([60, 10]),
      examples: { count: 1, inputs: new Float64Array(60), targets: new Float64Array(1) },
      device: referenceDevice,
    });
    await expect(
      solveLater(large, { solver: findSolver("saddle-free-newton")(), start: new Float64Array(610) }),
    ).rejects.toThrow(/a Hessian of 610 variables is too large to assemble \(500 at most\); use newton-cg/);
  });

  it("the natural gradient lowers the loss at each step, and L-BFGS too", async () => {
    for (const solver of [naturalGradient(), lbfgs()]) {
      const { path } = await solveLater(smallNet(), { solver, start: start(), maxIterations: 10, path: true });
      const values = [...(path?.values ?? [])];
      expect(values.every((value, k) => k === 0 || value < values[k - 1])).toBe(true);
    }
  });
});
