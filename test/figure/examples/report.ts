import { type Cell, chart, code, details, facts, page, prose, section, table } from "../../../src/figure/index.ts";
import { batches } from "./batches.ts";
import { bealeContours } from "./beale.ts";
import { comparison } from "./comparison.ts";
import { sensitivity } from "./sensitivity.ts";

const results: readonly (readonly [name: string, series: number, ...cells: readonly Cell[]])[] = [
  ["lion", 12, { value: 0.0049, text: "0.0049 ± 0.0004" }, 0.9789, 610, 3.1, "1e-4"],
  ["adamw", 10, { value: 0.0082, text: "0.0082 ± 0.0006" }, 0.9811, 560, 2.9, "3e-3"],
  ["nadam", 8, { value: 0.0101, text: "0.0101 ± 0.0009" }, 0.9767, 520, 2.7, "3e-3"],
  ["adam", 6, { value: 0.0124, text: "0.0124 ± 0.0008" }, 0.9778, 580, 3, "3e-3"],
  ["momentum", 1, { value: 0.0613, text: "0.0613 ± 0.0071" }, 0.9689, 980, 4.4, "1e-1"],
  ["gradient descent", 0, { value: 0.541, text: "0.5410 ± 0.0680" }, 0.9144, null, null, "3e-1"],
  ["rprop", 13, null, null, null, null, "1e-3"],
];

/** The report of a comparison, as the command writes it. */
export function report(): string {
  return page({
    title: "Fourteen optimizers on handwritten digits",
    lead: "**lion** reached the lowest training cost, 0.0049 after 20 epochs; **adamw** is the most accurate on the test set, 98.1 %. One method diverged.",
    blocks: [
      facts({
        data: "UCI digits, 1,797 images",
        model: "64-100-10, ReLU",
        parameters: "7,510",
        "batch size": "128",
        epochs: "20",
        seeds: "5",
        "learning rates tried": "9 for each",
        machine: "2 cores, Node 20.20",
      }),
    ],
    sections: [
      section("Results", [
        prose(
          "Every method started from the same weights, saw the same batches in the same order and had the same budget to find its learning rate. Ranked by the median of the final training cost.",
        ),
        table({
          caption: "Ranking",
          columns: [
            "optimizer",
            { name: "final cost", best: "min" },
            { name: "test accuracy", best: "max" },
            { name: "steps to 0.1", best: "min" },
            { name: "seconds to 0.1", best: "min", decimals: 1 },
            "learning rate",
          ],
          rows: results.map(([label, series, ...cells]) => ({ label, series, cells: [label, ...cells] })),
        }),
      ]),
      section("Down the hill", [
        chart(comparison(), "Lines are medians, bands the range over five seeds. A cross marks where a run diverged."),
        chart(batches(), "The cost of each batch is noisy; its average falls faster than the full batch's cost."),
      ]),
      section("Learning rates", [
        chart(sensitivity(), "Dots mark the rate that was chosen by validation cost."),
        chart(bealeContours(), "Beale's function from (1, 1.6), 200 steps."),
      ]),
      section("Again", [
        code(
          "npx downhill compare --data digits --model mlp:100 \\\n  --epochs 20 --seeds 5 --out runs/digits",
          "The same comparison, to the last bit on the same machine:",
        ),
        details("All settings", [
          table({
            caption: "Settings",
            columns: ["setting", "value"],
            rows: [
              ["data", "digits (UCI, CC BY 4.0)"],
              ["split", "1,078 / 359 / 360"],
              ["initialiser", "He normal, seed 1"],
              ["schedule", "constant"],
            ],
          }),
        ]),
      ]),
    ],
    footer:
      "Made by `downhill` 0.1.0. Data: E. Alpaydin and C. Kaynak, [Optical Recognition of Handwritten Digits](https://archive.ics.uci.edu/dataset/80), CC BY 4.0.",
  });
}
