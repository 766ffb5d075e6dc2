import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Expr, Feeds, Input } from "../../src/expr/index.ts";
import {
  checkGradient,
  constant,
  evaluate,
  evaluateScalar,
  grad,
  hvp,
  jvp,
  sizeOf,
  vjp,
} from "../../src/expr/index.ts";
import { add, dot, mul } from "../../src/expr/operators/index.ts";
import { operatorNames, type Sample, samples, weighed } from "./samples.ts";

const RUNS = { numRuns: 30 };

/** A fixed direction of the input's shape, none of its numbers like another. */
const direction = (x: Input, phase: number): Expr =>
  constant(
    Float64Array.from({ length: sizeOf(x.shape) }, (_, i) => Math.cos(phase + 1.7 * i)),
    x.dtype,
    x.shape,
  );

/** The scalar Σ aᵢ·bᵢ over blocks. */
const along = (a: readonly Expr[], b: readonly Expr[]): Expr => a.map((x, i) => dot(x, b[i])).reduce(add);

/** The feeds moved by h along the directions. */
function moved({ feeds, wrt }: Sample, v: readonly Expr[], h: number): Feeds {
  const steps = evaluate(v);
  const shifted = wrt.map((x, k) => {
    const { shape, data } = feeds[x.name];
    return [x.name, { shape, data: data.map((value, i) => value + h * steps[k].data[i]) }];
  });
  return { ...feeds, ...Object.fromEntries(shifted) };
}

const near = (a: number, b: number, tolerance: number): void =>
  expect(Math.abs(a - b) / Math.max(1, Math.abs(a), Math.abs(b)), `${a} against ${b}`).toBeLessThan(tolerance);

/** Runs a law on samples that have something to differentiate by. */
function holds(name: keyof typeof samples, law: (sample: Sample) => void): void {
  const differentiable = fc.property(samples[name], (sample) => {
    if (sample.wrt.length > 0) law(sample);
  });
  fc.assert(differentiable, RUNS);
}

describe.each(operatorNames)("%s", (name) => {
  it("has the derivative that central differences give", () => {
    holds(name, ({ expr, feeds, wrt }) => {
      expect(checkGradient(weighed(expr), wrt, feeds).error).toBeLessThan(1e-7);
    });
  });

  it("has the second derivative that central differences of the first give", () => {
    holds(name, ({ expr, feeds, wrt }) => {
      const slope = grad(weighed(expr), wrt).map(weighed).reduce(add);
      expect(checkGradient(slope, wrt, feeds).error).toBeLessThan(1e-6);
    });
  });

  it("has Jacobian-vector products that are differences along v, and u·(Jv) = (Jᵀu)·v", () => {
    holds(name, (sample) => {
      const { expr, feeds, wrt } = sample;
      const v = wrt.map((x, i) => direction(x, i));
      const push = jvp(expr, wrt, v);
      const h = 1e-6;
      const [ahead] = evaluate([expr], moved(sample, v, h));
      const [behind] = evaluate([expr], moved(sample, v, -h));
      const [pushed] = evaluate([push], feeds);
      expect(pushed.shape).toEqual(expr.shape);
      for (const [i, slope] of pushed.data.entries()) near(slope, (ahead.data[i] - behind.data[i]) / (2 * h), 1e-6);

      const u = constant(
        pushed.data.map((_, i) => Math.sin(1 + i)),
        expr.dtype,
        expr.shape,
      );
      near(evaluateScalar(dot(u, push), feeds), evaluateScalar(along(vjp(expr, u, wrt), v), feeds), 1e-11);
    });
  });

  it("has Hessian-vector products that are differences of the gradient, and u·(Hv) = v·(Hu)", () => {
    holds(name, (sample) => {
      const { expr, feeds, wrt } = sample;
      const loss = weighed(mul(expr, expr));
      const [u, v] = [1, 2].map((phase) => wrt.map((x, i) => direction(x, phase + i)));
      const product = hvp(loss, wrt, v);
      const h = 1e-6;
      const gradient = grad(loss, wrt);
      const ahead = evaluate(gradient, moved(sample, v, h));
      const behind = evaluate(gradient, moved(sample, v, -h));
      for (const [k, { data }] of evaluate(product, feeds).entries())
        for (const [i, value] of data.entries()) near(value, (ahead[k].data[i] - behind[k].data[i]) / (2 * h), 1e-5);
      near(evaluateScalar(along(u, product), feeds), evaluateScalar(along(v, hvp(loss, wrt, u)), feeds), 1e-10);
    });
  });
});
