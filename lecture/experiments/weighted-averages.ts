import { ewaOf, ewaWeights, lagOf, windowOf } from "../../src/averages/index.ts";
import { line, marker } from "../../src/figure/index.ts";
import { agree, experiment } from "../experiment.ts";
import { plotOf } from "../plots/curves.ts";
import { mean } from "../samples.ts";
import { facts, numberTable } from "../told.ts";

const BETAS = [0.9, 0.98];
const LECTURE = [7.5, 4, 6, 8];

/** The mean change from day to day: what smoothing takes away. */
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

export const weightedAverages = experiment({
  id: "weighted-averages",
  title: "Exponentially weighted averages of a year of temperatures",
  claim:
    "A larger β averages over a longer window, about 1/(1 − β) days: the curve is smoother and lags further behind.",
  subjects: { ewaOf, ewaWeights, windowOf, lagOf },
  measure({ temperatures }, { ewaOf, ewaWeights, windowOf, lagOf }) {
    const averages = BETAS.map((beta) => [...ewaOf(temperatures, { beta })]);
    // Against the longest average itself, daily noise would decide: the lags are read against a centred mean of 15 days.
    const smooth = temperatures.map((_, t) => mean(temperatures.slice(Math.max(0, t - 7), t + 8)));
    const weights = ewaWeights({ beta: 0.9, corrected: false }, 4);
    return {
      numbers: {
        betas: BETAS,
        windows: BETAS.map(windowOf),
        weightAtWindow: BETAS.map((beta) => beta ** windowOf(beta)),
        roughness: [temperatures, ...averages].map(roughness),
        lagDays: averages.map((average) => lagBehind(average, smooth, 90)),
        meanAgeDays: BETAS.map(lagOf),
        lectureTemperatures: LECTURE,
        lectureAverages: [...ewaOf(LECTURE, { beta: 0.9, corrected: false })],
        lectureUnrolled: LECTURE.reduce((total, x, i) => total + x * weights[3 - i], 0),
      },
      ...{ temperatures, averages },
    };
  },
  holds({ numbers, temperatures, averages }) {
    const [rough, ...smooth] = numbers.roughness;
    const [lag, longerLag] = numbers.lagDays;
    return (
      agree(numbers.lectureAverages, [0.75, 1.075, 1.5675, 2.21075]) &&
      agree([numbers.lectureUnrolled], [2.21075]) &&
      averages.every((average, i) => agree(average, averageByHand(temperatures, BETAS[i]), 1e-9)) &&
      agree(
        numbers.windows,
        BETAS.map((beta) => 1 / (1 - beta)),
      ) &&
      // Σ k·(1 − β)βᵏ = β/(1 − β)
      agree(
        numbers.meanAgeDays,
        BETAS.map((beta) => beta / (1 - beta)),
      ) &&
      // −(1 − β) − (1 − β)² ≤ log β ≤ −(1 − β): a value one window old has nearly 1/e of the weight.
      numbers.weightAtWindow.every((weight, i) => weight < Math.exp(-1) && weight > Math.exp(-1 - (1 - BETAS[i]))) &&
      smooth[1] < smooth[0] &&
      smooth[0] < rough &&
      // A slow wave is late by its mean age at most.
      numbers.lagDays.every((days, i) => days > 0 && days <= numbers.meanAgeDays[i]) &&
      longerLag > lag
    );
  },
  told({ numbers }) {
    const [rough, ...smooth] = numbers.roughness;
    return [
      facts({ "mean change of the temperature from day to day, °C": rough }),
      numberTable("By β", {
        β: BETAS,
        "window, 1/(1 − β), days": numbers.windows,
        "weight of a value one window old, relative to the newest": numbers.weightAtWindow,
        "mean change from day to day, °C": smooth,
        "lag behind the temperatures, days": numbers.lagDays,
        "mean age of the values averaged, days": numbers.meanAgeDays,
      }),
      numberTable("The lecture's example, β = 0.9 from 0", {
        day: LECTURE.map((_, i) => i + 1),
        "temperature, °C": LECTURE,
        "average, °C": numbers.lectureAverages,
      }),
      facts({ "last average of the example, as a weighted sum of all days, °C": numbers.lectureUnrolled }),
    ];
  },
  plot({ numbers, temperatures, averages }) {
    const days = temperatures.map((_, i) => i + 1);
    return plotOf({
      title: "A year of daily temperatures and their averages",
      description: `With β = 0.9 the average lags ${numbers.lagDays[0]} days; with β = 0.98 it is smoother and lags ${numbers.lagDays[1]} days.`,
      x: { label: "day of the year" },
      y: { label: "temperature, °C" },
      marks: [
        marker({ x: days, y: temperatures, series: 2, shape: "circle", size: 3 }),
        line({ x: days, y: averages[0], label: "β = 0.9", series: 1, weight: "bold" }),
        line({ x: days, y: averages[1], label: "β = 0.98", series: 0, weight: "bold" }),
      ],
    });
  },
});
