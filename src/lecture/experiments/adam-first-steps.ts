import { figure, line, panel } from "../../figure/index.ts";
import { adam, adamUncorrected, type Optimizer } from "../../optimizers/index.ts";
import { Random } from "../../random/index.ts";
import type { Experiment } from "../experiment.ts";

const LR = 0.01;
const COUNT = 3000;

/** Steps over lr at a gradient of 1 with a little noise. */
function steps(optimizer: Optimizer): number[] {
  const random = new Random(3, "gradients");
  const w = Float64Array.of(0);
  const state = optimizer.init(w);
  return Array.from({ length: COUNT }, () => {
    const before = w[0];
    optimizer.step(w, Float64Array.of(1 + 0.1 * random.normal()), state);
    return Math.abs(w[0] - before) / LR;
  });
}

export const adamFirstSteps: Experiment = {
  id: "adam-first-steps",
  title: "Adam's first steps, with and without bias correction",
  claim:
    "Corrected, Adam's first step has length lr whatever the gradient; uncorrected it is (1 − β₁)/√(1 − β₂) ≈ 3.2 times that, and steps grow to several times lr before they settle.",
  run: () => {
    const hyper = { lr: LR, eps: 0 };
    const corrected = steps(adam(hyper));
    const plain = steps(adamUncorrected(hyper));
    const settled = (x: readonly number[]): number => x.slice(-100).reduce((total, value) => total + value, 0) / 100;
    const numbers = {
      firstCorrected: corrected[0],
      firstUncorrected: plain[0],
      firstUncorrectedExpected: (1 - 0.9) / Math.sqrt(1 - 0.999),
      largestCorrected: Math.max(...corrected),
      largestUncorrected: Math.max(...plain),
      settled: [settled(corrected), settled(plain)],
    };
    return {
      holds:
        Math.abs(numbers.firstCorrected - 1) < 1e-12 &&
        Math.abs(numbers.firstUncorrected - numbers.firstUncorrectedExpected) < 1e-12 &&
        numbers.largestCorrected < 1.2 &&
        numbers.largestUncorrected > 5,
      numbers,
      figure: figure({
        title: "Adam's first steps",
        description:
          "With correction every step is about lr long; without it the early steps are up to several times longer.",
        panels: [
          panel({
            x: { label: "step", scale: "log" },
            y: { label: "length of the step / lr", scale: "log" },
            marks: [
              line({ x: corrected.map((_, i) => i + 1), y: corrected, label: "corrected", weight: "bold" }),
              line({ x: plain.map((_, i) => i + 1), y: plain, label: "uncorrected", weight: "bold" }),
            ],
          }),
        ],
      }),
    };
  },
};
