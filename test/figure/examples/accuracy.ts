import { bar, type Figure, figure, panel } from "../../../src/figure/index.ts";

/** Bars beside names, and bars above names. */
export function accuracy(): Figure {
  const results = [
    ["adamw", 0.981],
    ["lion", 0.979],
    ["nadam", 0.977],
    ["momentum", 0.969],
    ["adagrad", 0.957],
    ["gradient descent", 0.914],
  ] as const;
  const seconds = results.map(([name], i) => [name, 1.2 + 0.3 * i * i - i] as const);
  return figure({
    title: "Accuracy and time",
    description: "AdamW is the most accurate at 98.1 %, gradient descent the least at 91.4 %.",
    height: 320,
    panels: [
      panel({
        title: "Test accuracy",
        y: { scale: "band" },
        x: { label: "share of right answers" },
        marks: [bar({ points: results.map(([name, share]) => [share, name]), series: 0 })],
      }),
      panel({
        title: "Time to the target",
        x: { scale: "band" },
        y: { label: "seconds more than the median" },
        marks: [bar({ points: seconds, series: 1 })],
      }),
    ],
  });
}
