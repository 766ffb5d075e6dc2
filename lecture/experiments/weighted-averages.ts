import { ewaOf, ewaWeights, lagOf, windowOf } from "../../src/averages/index.ts";
import { figure, line, marker, panel } from "../../src/figure/index.ts";
import { about, agree } from "../experiment.ts";
import { mean } from "../samples.ts";
import { facts, numberTable } from "../told.ts";

const LECTURE = [7.5, 4, 6, 8];

/** The mean |step| from day to day: what smoothing takes away. */
const roughness = (x: ArrayLike<number>): number => {
  let total = 0;
  for (let i = 1; i < x.length; i++) total += Math.abs(x[i] - x[i - 1]);
  return total / (x.length - 1);
};

/** The corrected average after each day, from its definition: a mean with the weights βᵏ, k days back. */
const averageByHand = (x: readonly number[], beta: number): number[] =>
  x.map((_, t) => {
    const weights = Array.from({ length: t + 1 }, (_, i) => beta ** (t - i));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return weights.reduce((sum, weight, i) => sum + weight * x[i], 0) / total;
  });

/** The shift, in days, at which the average follows the data best: where their correlation is largest. */
function lagBehind(average: ArrayLike<number>, data: ArrayLike<number>, most: number): number {
  const distance = (shift: number): number => {
    let total = 0;
    for (let t = most; t < data.length; t++) total += (average[t] - data[t - shift]) ** 2;
    return total;
  };
  const shifts = Array.from({ length: most + 1 }, (_, shift) => shift);
  return shifts.reduce((best, shift) => (distance(shift) < distance(best) ? shift : best), 0);
}

const subjects = { ewaOf, ewaWeights, windowOf, lagOf };

export const weightedAverages = about(subjects, {
  id: "weighted-averages",
  title: "Exponentially weighted averages of a year of temperatures",
  claim:
    "A larger β averages over a longer window, about 1/(1 − β) days: the curve is smoother and lags further behind.",
  run: ({ temperatures }, { ewaOf, ewaWeights, windowOf, lagOf }) => {
    const betas = [0.9, 0.98];
    const averages = betas.map((beta) => ewaOf(temperatures, { beta }));
    const byHand = ewaOf(LECTURE, { beta: 0.9, corrected: false });
    const rough = averages.map(roughness);
    // Against the longest average itself, daily noise would decide: the lags are read against a centred mean of 15 days.
    const smooth = temperatures.map((_, t) => mean(temperatures.slice(Math.max(0, t - 7), t + 8)));
    const lags = averages.map((average) => lagBehind(average, smooth, 90));
    const weights = ewaWeights({ beta: 0.9, corrected: false }, 4);
    const unrolled = LECTURE.reduce((total, x, i) => total + x * weights[3 - i], 0);
    const numbers = {
      betas,
      windows: betas.map(windowOf),
      weightAtWindow: betas.map((beta) => beta ** windowOf(beta)),
      roughness: [roughness(temperatures), ...rough],
      lagDays: lags,
      meanAgeDays: betas.map(lagOf),
      lectureTemperatures: LECTURE,
      lectureAverages: [...byHand],
      lectureUnrolled: unrolled,
    };
    const holds =
      agree(byHand, [0.75, 1.075, 1.5675, 2.21075]) &&
      agree([unrolled], [2.21075]) &&
      averages.every((average, i) => agree(average, averageByHand(temperatures, betas[i]), 1e-9)) &&
      agree(
        numbers.windows,
        betas.map((beta) => 1 / (1 - beta)),
      ) &&
      // Σ k·(1 − β)βᵏ = β/(1 − β)
      agree(
        numbers.meanAgeDays,
        betas.map((beta) => beta / (1 - beta)),
      ) &&
      // −(1 − β) − (1 − β)² ≤ log β ≤ −(1 − β): a value one window old has nearly 1/e of the weight.
      numbers.weightAtWindow.every((weight, i) => weight < Math.exp(-1) && weight > Math.exp(-1 - (1 - betas[i]))) &&
      rough[1] < rough[0] &&
      rough[0] < roughness(temperatures) &&
      // A slow wave is late by its mean age at most.
      lags.every((lag, i) => lag > 0 && lag <= numbers.meanAgeDays[i]) &&
      lags[1] > lags[0];
    return {
      holds,
      numbers,
      told: [
        facts({ "mean change from day to day of the temperatures, °C": numbers.roughness[0] }),
        numberTable("By β", {
          β: betas,
          "window, 1/(1 − β), days": numbers.windows,
          "weight of a value one window old, of the newest one's": numbers.weightAtWindow,
          "mean change from day to day, °C": rough,
          "lag behind the temperatures, days": lags,
          "mean age of what it averages, days": numbers.meanAgeDays,
        }),
        numberTable("The lecture's example, β = 0.9 from 0", {
          day: LECTURE.map((_, i) => i + 1),
          "temperature, °C": LECTURE,
          "average, °C": numbers.lectureAverages,
        }),
        facts({ "its last average as a sum over all days, °C": unrolled }),
      ],
      figure: figure({
        title: "A year of daily temperatures and their averages",
        description: `With β = 0.9 the average lags ${lags[0]} days; with β = 0.98 it is smoother and lags ${lags[1]} days.`,
        panels: [
          panel({
            x: { label: "day of the year" },
            y: { label: "temperature, °C" },
            marks: [
              marker({ y: temperatures, series: 2, shape: "circle", size: 3 }),
              line({ y: [...averages[0]], label: "β = 0.9", series: 1, weight: "bold" }),
              line({ y: [...averages[1]], label: "β = 0.98", series: 0, weight: "bold" }),
            ],
          }),
        ],
      }),
    };
  },
});
