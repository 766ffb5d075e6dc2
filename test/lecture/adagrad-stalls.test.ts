import { describe, expect, it } from "vitest";
import { walksOf } from "../../lecture/experiments/adagrad-stalls.ts";
import { adagrad, rmsprop } from "../../src/optimizers/index.ts";

const growth = ([short, long]: readonly number[]): number => long / short;

describe("a wall before a plain", () => {
  it("is forgotten by RMSProp in a time that goes with its window", () => {
    const delays = [0.9, 0.98].map((rho) => walksOf("RMSProp", rmsprop({ lr: 0.1, rho, eps: 0 })).delays);
    for (const each of delays) expect(growth(each)).toBeLessThan(1.1);
    const [short, long] = delays.map(([, onLongPlain]) => onLongPlain);
    expect(Math.abs((long / short) * (Math.log(0.98) / Math.log(0.9)) - 1)).toBeLessThan(0.1);
  });

  it("is not forgotten by Adagrad, nor by an RMSProp whose window is longer than the walk", () => {
    expect(growth(walksOf("Adagrad", adagrad({ lr: 0.5, eps: 0 }), 60_000).delays)).toBeGreaterThan(3.5);
    const endless = rmsprop({ lr: 0.002, rho: 1 - 1e-7, eps: 0 });
    expect(growth(walksOf("RMSProp", endless, 60_000).delays)).toBeGreaterThan(3);
  });
});
