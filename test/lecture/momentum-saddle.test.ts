import { describe, expect, it } from "vitest";
import { escapeOf, escapes } from "../../lecture/experiments/momentum-saddle.ts";

describe("momentum-saddle", () => {
  it.each([
    ["gradient descent", 0, 1.05, 0],
    ["momentum", 1, 1.95, 0.9],
    ["Nesterov", 2, 1.995, 0.945],
  ] as const)("%s's escape is that of its recurrence", (_, method, s, p) => {
    // lr·curvature is 0.05: the ridge's curvature is 2.
    const { factor, share } = escapes(0.025, 0.9)[method];
    const y = [1, 1.05];
    for (let k = 1; k < 600; k++) y.push(s * y[k] - p * y[k - 1]);
    expect(y[600] / y[599]).toBeCloseTo(factor, 12);
    expect(y[600] / (share * factor ** 600)).toBeCloseTo(1, 10);
    expect(factor ** 2 - s * factor + p).toBeCloseTo(0, 12);
  });

  it("is known in round numbers", () => {
    // z² − 2.5z + 1 = (z − 2)(z − ½), and y = 1, 2, 4, … needs no part of the other root.
    expect(escapeOf({ s: 2.5, p: 1, a: 1 })).toEqual({ factor: 2, share: 1 });
  });

  it("gains 1/(1 − β) at small rates and less at large ones", () => {
    const speedUp = (lr: number, beta: number): number => {
      const [plain, heavy] = escapes(lr, beta).map(({ factor }) => Math.log(factor));
      return heavy / plain;
    };
    for (const beta of [0.5, 0.9, 0.99]) {
      expect(speedUp(1e-9, beta) * (1 - beta)).toBeCloseTo(1, 3);
      expect(speedUp(0.1, beta) * (1 - beta)).toBeLessThan(1);
    }
  });
});
