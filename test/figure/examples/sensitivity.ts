import { type Figure, figure, line, marker, panel, rule } from "../../../src/figure/index.ts";
import { range } from "./noise.ts";

const methods = [
  ["gradient descent", -0.3, 0.09, 0.55],
  ["momentum", -1.4, 0.05, 0.6],
  ["adagrad", -1.8, 0.07, 0.3],
  ["adam", -2.7, 0.03, 0.4],
] as const;

/** Validation cost against learning rate: where each method is at its best, how wide its valley is, where it diverges. */
export function sensitivity(): Figure {
  const rates = range(13).map((i) => Number(`${i % 2 ? 3 : 1}e${Math.floor(i / 2) - 5}`));
  const marks = methods.flatMap(([label, best, least, width]) => {
    const costs = rates.map((rate) => {
      const off = Math.log10(rate) - best;
      return off > 1.4
        ? Number.POSITIVE_INFINITY
        : Math.min(2.3, least + 0.12 * (off / width) ** 2 * (off > 0 ? 1.8 : 1));
    });
    const bottom = costs.indexOf(Math.min(...costs));
    return [
      line({ x: rates, y: costs, label }),
      marker({ points: [[rates[bottom], costs[bottom]]], label, shape: "circle", size: 9 }),
    ];
  });
  return figure({
    title: "How sensitive each method is to its learning rate",
    description: "Each curve is a valley; adam's lowest point is at 0.001, gradient descent's at 0.3.",
    panels: [
      panel({
        x: { label: "learning rate", scale: "log" },
        y: { label: "validation cost after 10 epochs", scale: "log" },
        marks: [rule({ y: 0.05, text: "target" }), ...marks],
      }),
    ],
  });
}
