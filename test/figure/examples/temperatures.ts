import { type Figure, figure, line, marker, panel } from "../../../src/figure/index.ts";
import { noise, range } from "./noise.ts";

/** A made-up year of daily temperatures and its exponentially weighted averages. */
export function temperatures(): Figure {
  const random = noise(7);
  const days = range(365);
  let drift = 0;
  const daily = days.map((day) => {
    drift = 0.7 * drift + 1.6 * random();
    return 11 - 8 * Math.cos((2 * Math.PI * (day - 20)) / 365) + drift;
  });
  const average = (beta: number) => {
    let v = 0;
    return daily.map((x, t) => {
      v = beta * v + (1 - beta) * x;
      return v / (1 - beta ** (t + 1));
    });
  };
  return figure({
    title: "A year of daily temperatures",
    description: "With β = 0.9 the average follows the days closely; with β = 0.98 it is smooth and some weeks late.",
    panels: [
      panel({
        x: { label: "day of the year" },
        y: { label: "temperature, °C" },
        marks: [
          marker({ y: daily, series: 2, shape: "circle", size: 3.5 }),
          line({ y: average(0.9), label: "β = 0.9", series: 1, weight: "bold" }),
          line({ y: average(0.98), label: "β = 0.98", series: 0, weight: "bold", dash: "solid" }),
        ],
      }),
    ],
  });
}
