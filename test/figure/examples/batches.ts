import { type Figure, figure, line, panel } from "../../../src/figure/index.ts";
import { noise, range } from "./noise.ts";

/** The lecture's pair: cost by iteration, smooth for the full batch, noisy for mini-batches. */
export function batches(): Figure {
  const random = noise(3);
  const full = range(400).map((i) => 0.25 + 2 * Math.exp(-i / 90));
  const mini = range(4000).map((i) => (0.15 + 2 * Math.exp(-i / 500)) * Math.exp(0.22 * random()));
  const smooth = average(mini, 0.98);
  return figure({
    title: "Full batch and mini-batches",
    description: "The full batch's cost falls at every step; the mini-batches' cost falls faster, with noise.",
    height: 360,
    panels: [
      panel({
        title: "Full batch",
        x: { label: "step" },
        y: { label: "cost", domain: [0, 3.2] },
        marks: [line({ y: full, series: 0 })],
      }),
      panel({
        title: "Mini-batches of 128",
        x: { label: "step" },
        y: { label: "cost", domain: [0, 3.2] },
        marks: [
          line({ y: mini, label: "each batch", series: 0, weight: "thin" }),
          line({ y: smooth, label: "average, β = 0.98", color: "ink", dash: "solid" }),
        ],
      }),
    ],
  });
}

function average(values: readonly number[], beta: number): number[] {
  let [v, power] = [0, 1];
  return values.map((x) => {
    v = beta * v + (1 - beta) * x;
    power *= beta;
    return v / (1 - power);
  });
}
