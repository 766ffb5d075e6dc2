import { describe, expect, it } from "vitest";
import * as op from "../../src/expr/index.ts";
import { checkGradient, constant, evaluate, evaluateScalar, grad, hvp, input, jvp } from "../../src/expr/index.ts";

const x = input("x", [2, 3]);
const feeds = { x: [0.3, -1.2, 0.7, 1.9, -0.4, 0.1] };

describe("grad", () => {
  it("agrees with finite differences through every kind of operator", () => {
    const y = op.matmul(op.tanh(x), op.transpose(op.sigmoid(x)));
    const loss = op.add(
      op.sum(op.mul(y, y)),
      op.logSumExp(op.concat([x, op.slice(x, { starts: [0, 1], ends: [1, 3] })].map((part) => op.reshape(part, [-1])))),
    );
    expect(checkGradient(loss, [x], feeds).error).toBeLessThan(1e-8);
  });

  it("gives the Hessian of a quadratic form by Hessian-vector products", () => {
    const w = input("w", [2]);
    const a = constant([
      [3, 1],
      [1, 2],
    ]);
    const loss = op.mul(0.5, op.dot(w, op.matmul(a, w)));
    const [h] = hvp(loss, [w], [constant([1, 0])]);
    expect([...evaluate([h], { w: [5, 7] })[0].data]).toEqual([3, 1]);
  });

  it("differentiates again: the fourth derivative of sin is sin", () => {
    const s = input("s");
    let f = op.sin(s);
    for (let k = 0; k < 4; k++) [f] = grad(f, [s]);
    expect(evaluateScalar(f, { s: 0.7 })).toBeCloseTo(Math.sin(0.7), 14);
  });

  it("pushes a direction forward: jvp of x² along v is 2xv", () => {
    const v = constant(new Float64Array(6).fill(2), "f64", [2, 3]);
    const [out] = evaluate([jvp(op.pow(x, 2), [x], [v])], feeds);
    expect([...out.data]).toEqual(feeds.x.map((value) => 4 * value));
  });
});
