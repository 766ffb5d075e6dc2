import { describe, expect, it } from "vitest";
import { autoencoding, variationalAutoencoder } from "../../lecture/autoencoder.ts";
import { evaluateScalar } from "../../src/expr/evaluate.ts";
import { input } from "../../src/expr/node.ts";

const sizes = { pixels: 2, hidden: 3, latents: 1 };
const { loss } = variationalAutoencoder(sizes);
const lossOf = (outputs: number[], targets: number[]): number =>
  evaluateScalar(loss.value(input("o", [1, 4]), input("t", [1, 2])), { o: outputs, t: targets });

const normal = (x: number, mean: number, deviation: number): number =>
  Math.exp(-0.5 * ((x - mean) / deviation) ** 2) / (deviation * Math.sqrt(2 * Math.PI));

/** ∫ q·log(q/p), by the trapezoidal rule. */
function divergence(mean: number, deviation: number): number {
  let total = 0;
  for (let x = -20; x <= 20; x += 0.001) {
    const [q, p] = [normal(x, mean, deviation), normal(x, 0, 1)];
    if (q > 1e-200) total += 0.001 * q * Math.log(q / p);
  }
  return total;
}

describe("the variational bound", () => {
  it("is the pixels' cross-entropy where the code is the prior", () => {
    const p = 1 / (1 + Math.exp(-0.7));
    expect(lossOf([0.7, 0, 0, 0], [1, 0.5])).toBeCloseTo(-Math.log(p) + Math.log(2), 12);
  });

  it.each([
    [0.5, 1],
    [-1.3, 0.4],
    [2, 1.7],
  ])("adds the divergence of N(%d, %d²) from the prior", (mean, deviation) => {
    const extra = lossOf([0, 0, mean, Math.log(deviation ** 2)], [0, 1]) - 2 * Math.log(2);
    expect(extra).toBeCloseTo(divergence(mean, deviation), 8);
  });
});

describe("examples of an autoencoder", () => {
  const inputs = Float32Array.from({ length: 2000 }, (_, i) => (i % 5) - 2);
  const of = autoencoding({ count: 1000, inputs, targets: new Float32Array(1000) }, sizes, 2);
  const noise = (epoch: number): number[] => [...of(epoch).inputs].filter((_, i) => i % 3 === 2);

  it("have pixels from 0 to 1 as inputs and as targets", () => {
    const { inputs: rows, targets } = of(0);
    expect([...targets.subarray(0, 6)]).toEqual([0, 0.25, 0.5, 0.75, 1, 0]);
    expect([...rows].filter((_, i) => i % 3 !== 2)).toEqual([...targets]);
  });

  it("have standard normal noise beside them, new in each epoch and the same in each run", () => {
    const [first, second, again] = [noise(0), noise(1), noise(0)];
    expect(again).toEqual(first);
    expect(second).not.toEqual(first);
    const mean = first.reduce((total, x) => total + x, 0) / 1000;
    const variance = first.reduce((total, x) => total + (x - mean) ** 2, 0) / 1000;
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(1000));
    expect(Math.abs(variance - 1)).toBeLessThan(4 * Math.sqrt(2 / 1000));
  });
});
