import { figure, line, panel } from "../../figure/index.ts";
import { adadelta, adagrad, type Optimizer, rmsprop } from "../../optimizers/index.ts";
import { isVector } from "../../optimizers/state.ts";
import { agree, type Experiment } from "../experiment.ts";

const GRADIENTS = [
  [-2, -10],
  [-1.5, -10],
  [-1.25, -9],
  [-1, 9],
] as const;

/** The size of each of `count` steps at a constant gradient of 1. */
function stepSizes(optimizer: Optimizer, count: number): number[] {
  const w = Float64Array.of(0);
  const g = Float64Array.of(1);
  const state = optimizer.init(w);
  return Array.from({ length: count }, () => {
    const before = w[0];
    optimizer.step(w, g, state);
    return Math.abs(w[0] - before);
  });
}

export const adagradByHand: Experiment = {
  id: "adagrad-by-hand",
  title: "Adagrad by hand",
  claim:
    "Adagrad divides by the root of a sum that only grows, so its steps shrink as 1/√t; RMSProp and Adadelta forget, and keep their pace.",
  run: () => {
    const lr = 0.1;
    const optimizer = adagrad({ lr, eps: 0 });
    const w = Float64Array.of(0, 0);
    const state = optimizer.init(w);
    const sums: number[][] = [];
    let step = [0, 0];
    for (const gradient of GRADIENTS) {
      const before = [...w];
      optimizer.step(w, Float64Array.from(gradient), state);
      sums.push(isVector(state.s) ? [...state.s] : []);
      step = [w[0] - before[0], w[1] - before[1]];
    }
    const count = 1000;
    const sizes = {
      Adagrad: stepSizes(adagrad({ lr, eps: 0 }), count),
      RMSProp: stepSizes(rmsprop({ lr: 0.01 }), count),
      Adadelta: stepSizes(adadelta(), count),
    };
    const late = Object.values(sizes).map((s) => s[count - 1] / s[99]);
    const expected = [(-lr * -1) / Math.sqrt(8.8125), (-lr * 9) / Math.sqrt(362)];
    const numbers = { sums, lastStep: step, stepFromFormula: expected, stepAt1000OverStepAt100: late };
    const holds =
      agree(
        sums.map(([first]) => first),
        [4, 6.25, 7.8125, 8.8125],
      ) &&
      agree(
        sums.map(([, second]) => second),
        [100, 200, 281, 362],
      ) &&
      agree(step, expected) &&
      Math.abs(late[0] - Math.sqrt(100 / 1000)) < 1e-9 &&
      late[1] > 0.95 &&
      late[2] > 0.95;
    return {
      holds,
      numbers,
      figure: figure({
        title: "Step sizes at a constant gradient",
        description: "Adagrad's steps fall as one over the root of the step count; RMSProp's and Adadelta's do not.",
        panels: [
          panel({
            x: { label: "step", scale: "log" },
            y: { label: "size of the step", scale: "log" },
            marks: Object.entries(sizes).map(([label, y]) =>
              line({ x: y.map((_, i) => i + 1), y, label, weight: "bold" }),
            ),
          }),
        ],
      }),
    };
  },
};
