import { ewaOf } from "../../src/averages/index.ts";
import { figure, line, marker, panel } from "../../src/figure/index.ts";
import { about, agree } from "../experiment.ts";
import { facts, numberTable } from "../told.ts";

const BETA = 0.98;
const DAYS = 120;

/** The days whose divisors are told. */
const TOLD = [1, 10, 50, DAYS];

/** (1 − β)·Σ βᵏ·x, k days back: the average from 0, from its definition. */
const averageByHand = (x: readonly number[]): number[] =>
  x.map((_, t) => x.slice(0, t + 1).reduce((sum, value, i) => sum + (1 - BETA) * BETA ** (t - i) * value, 0));

const subjects = { ewaOf };

export const biasCorrection = about(subjects, {
  id: "bias-correction",
  title: "Bias correction of an average that starts at 0",
  claim:
    "An average that starts at 0 is far too small at first; divided by 1 − βᵗ it is right from the first day on, and later the two agree.",
  run: ({ temperatures }, { ewaOf }) => {
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
      divisors: TOLD.map((t) => 1 - BETA ** t),
      relativeGapAtYearsEnd: gap,
    };
    const byHand = averageByHand(data);
    const holds =
      agree(plain, byHand) &&
      agree(
        corrected,
        byHand.map((v, t) => v / (1 - BETA ** (t + 1))),
      ) &&
      Math.abs(corrected[0] - data[0]) <= 1e-12 * Math.max(1, Math.abs(data[0])) &&
      Math.abs(plain[0] - (1 - BETA) * data[0]) <= 1e-12 * Math.max(1, Math.abs(data[0])) &&
      // At the year's end the correction's divisor differs from 1 by βᵗ.
      Math.abs(gap - BETA ** temperatures.length) < 1e-9;
    return {
      holds,
      numbers,
      told: [
        facts({
          β: BETA,
          "temperature of the first day, °C": data[0],
          "average of the first day, uncorrected, °C": plain[0],
          "average of the first day, corrected, °C": corrected[0],
          "difference of the two at the end of the data, relative": gap,
        }),
        numberTable("What the average is divided by", {
          "day, t": TOLD,
          "1 − βᵗ": numbers.divisors,
          "uncorrected, °C": TOLD.map((t) => plain[t - 1] ?? "–"),
          "corrected, °C": TOLD.map((t) => corrected[t - 1] ?? "–"),
        }),
      ],
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
});
