import { band, type Figure, figure, line, panel } from "../../../src/figure/index.ts";
import { noise, range } from "./noise.ts";

/** How fast each method's made-up cost falls, and to which floor. */
const methods: readonly (readonly [name: string, rate: number, floor: number])[] = [
  ["gradient descent", 0.12, 0.3],
  ["momentum", 0.35, 0.06],
  ["nesterov", 0.4, 0.05],
  ["adagrad", 0.3, 0.11],
  ["rmsprop", 0.5, 0.03],
  ["adadelta", 0.25, 0.15],
  ["adam", 0.55, 0.012],
  ["adamax", 0.45, 0.025],
  ["nadam", 0.6, 0.01],
  ["amsgrad", 0.5, 0.016],
  ["adamw", 0.55, 0.008],
  ["radam", 0.42, 0.02],
  ["lion", 0.52, 0.0045],
  ["rprop", 0.3, 0.08],
];

/** The main picture of a comparison: fourteen methods, the spread over seeds, a logarithmic cost, one that diverges. */
export function comparison(): Figure {
  const marks = methods.flatMap(([label, rate, floor], m) => {
    const random = noise(m + 1);
    const epochs = range(label === "rprop" ? 9 : 21);
    const cost = epochs.map((e) => (2.3 * Math.exp(-rate * e) + floor) * Math.exp(0.04 * random()));
    const spread = epochs.map((e) => Math.exp(0.02 * e ** 0.8));
    const y = label === "rprop" ? [...cost, Number.NaN] : cost;
    return [
      band({ lo: cost.map((c, e) => c / spread[e]), hi: cost.map((c, e) => c * spread[e]), label }),
      line({ y, label }),
    ];
  });
  return figure({
    title: "Cost by epoch, fourteen optimizers",
    description:
      "On a logarithmic axis lion and adamw end lowest, below 0.01; gradient descent is at 0.5; rprop diverges.",
    height: 440,
    panels: [
      panel({
        x: { label: "epoch" },
        y: { label: "training cost (median and range of 5 seeds)", scale: "log" },
        marks,
      }),
    ],
  });
}
