import { ewaOf } from "../../src/averages/index.ts";
import { line, marker } from "../../src/figure/index.ts";
import { agree, experiment } from "../experiment.ts";
import { plotOf } from "../plots/curves.ts";
import { facts, numberTable } from "../told.ts";

const BETA = 0.98;
const DAYS = 120;

/** The days whose divisors are shown. */
const TOLD = [1, 10, 50, DAYS];

/** (1 − β)·Σ βᵏ·x, k days back: the average from 0, from its definition. */
const averageByHand = (x: readonly number[]): number[] =>
  x.map((_, t) => x.slice(0, t + 1).reduce((sum, value, i) => sum + (1 - BETA) * BETA ** (t - i) * value, 0));

const subjects = { ewaOf };

export const biasCorrection = experiment({
  id: "bias-correction",
  title: "Bias correction of an average that starts at 0",
  claim:
    "An average that starts at 0 is far too small at first; divided by 1 − βᵗ, it is a true weighted average from the first day, and later the two agree.",
  subjects,
  measure({ temperatures }, { ewaOf }) {
    const data = temperatures.slice(0, DAYS);
    const plain = [...ewaOf(data, { beta: BETA, corrected: false })];
    const corrected = [...ewaOf(data, { beta: BETA })];
    const year = [false, true].map((on) => ewaOf(temperatures, { beta: BETA, corrected: on }).at(-1) ?? Number.NaN);
    return {
      numbers: {
        beta: BETA,
        firstDay: data[0],
        firstUncorrected: plain[0],
        firstCorrected: corrected[0],
        divisors: TOLD.map((t) => 1 - BETA ** t),
        relativeGapAtYearsEnd: Math.abs(year[0] - year[1]) / Math.max(1e-9, Math.abs(year[1])),
      },
      ...{ data, plain, corrected },
      days: temperatures.length,
    };
  },
  holds({ numbers, data, plain, corrected, days }) {
    const byHand = averageByHand(data);
    const rounding = 1e-12 * Math.max(1, Math.abs(data[0]));
    return (
      agree(plain, byHand) &&
      agree(
        corrected,
        byHand.map((v, t) => v / (1 - BETA ** (t + 1))),
      ) &&
      Math.abs(corrected[0] - data[0]) <= rounding &&
      Math.abs(plain[0] - (1 - BETA) * data[0]) <= rounding &&
      // At the year's end the correction's divisor differs from 1 by βᵗ.
      Math.abs(numbers.relativeGapAtYearsEnd - BETA ** days) < 1e-9
    );
  },
  told: ({ numbers, plain, corrected }) => [
    facts({
      β: BETA,
      "temperature of the first day, °C": numbers.firstDay,
      "average on the first day, uncorrected, °C": numbers.firstUncorrected,
      "average on the first day, corrected, °C": numbers.firstCorrected,
      "relative difference of the two at the end of the data": numbers.relativeGapAtYearsEnd,
    }),
    numberTable("What the average is divided by", {
      "day, t": TOLD,
      "1 − βᵗ": numbers.divisors,
      "uncorrected, °C": TOLD.map((t) => plain[t - 1] ?? "–"),
      "corrected, °C": TOLD.map((t) => corrected[t - 1] ?? "–"),
    }),
  ],
  plot({ data, plain, corrected }) {
    const days = data.map((_, i) => i + 1);
    return plotOf({
      title: "Bias correction",
      description: `Uncorrected, the average on the first day is ${plain[0].toFixed(2)} °C; corrected, it is that day's ${data[0]} °C.`,
      x: { label: "day of the year" },
      y: { label: "temperature, °C" },
      marks: [
        marker({ x: days, y: data, series: 2, shape: "circle", size: 3 }),
        line({ x: days, y: plain, label: "from 0", series: 3, weight: "bold" }),
        line({ x: days, y: corrected, label: "corrected", series: 0, weight: "bold" }),
      ],
    });
  },
});
