import { ewaOf } from "../../averages/index.ts";
import { figure, line, marker, panel } from "../../figure/index.ts";
import type { Experiment } from "../experiment.ts";

const BETA = 0.98;
const DAYS = 120;

export const biasCorrection: Experiment = {
  id: "bias-correction",
  title: "Bias correction",
  claim:
    "Started at 0, an average is far too low at first; divided by 1 − βᵗ it is right from the first day on, and later both agree.",
  run: ({ temperatures }) => {
    const data = temperatures.slice(0, DAYS);
    const plain = ewaOf(data, { beta: BETA, corrected: false });
    const corrected = ewaOf(data, { beta: BETA });
    const year = [false, true].map((on) => ewaOf(temperatures, { beta: BETA, corrected: on }).at(-1) ?? Number.NaN);
    const gap = Math.abs(year[0] - year[1]) / Math.max(1e-9, Math.abs(year[1]));
    const numbers = {
      beta: BETA,
      firstDay: data[0],
      firstUncorrected: plain[0],
      firstCorrected: corrected[0],
      divisors: [1, 10, 50, DAYS].map((t) => 1 - BETA ** t),
      relativeGapAtYearsEnd: gap,
    };
    const holds =
      Math.abs(corrected[0] - data[0]) <= 1e-12 * Math.max(1, Math.abs(data[0])) &&
      Math.abs(plain[0] - (1 - BETA) * data[0]) <= 1e-12 * Math.max(1, Math.abs(data[0])) &&
      // At the year's end the correction's divisor differs from 1 by βᵗ.
      Math.abs(gap - BETA ** temperatures.length) < 1e-9;
    return {
      holds,
      numbers,
      figure: figure({
        title: "Bias correction",
        description: `Uncorrected, the average of the first day is ${plain[0].toFixed(2)} °C; corrected, it is that day's ${data[0]} °C.`,
        panels: [
          panel({
            x: { label: "day of the year" },
            y: { label: "temperature, °C" },
            marks: [
              marker({ y: data, series: 2, shape: "circle", size: 3 }),
              line({ y: [...plain], label: "from 0", series: 3, weight: "bold" }),
              line({ y: [...corrected], label: "corrected", series: 0, weight: "bold" }),
            ],
          }),
        ],
      }),
    };
  },
};
