import { type CompareResult, labelOf, plainGradientDescent } from "../../compare/index.ts";
import { type Figure, figure, line, panel } from "../../figure/index.ts";
import type { RunRecord } from "../../train/index.ts";
import * as format from "../format.ts";

/** Gradient descent on mini-batches against the full batch, over the same passes: by pass and by step. */
export function fullBatchFigure(result: CompareResult, description: string): Figure | null {
  const full = result.fullBatch?.runs[0];
  const plain = plainGradientDescent(result.settings);
  const mini = result.runs.find(({ optimizer, seed }) => plain && optimizer === labelOf(plain) && seed === full?.seed);
  if (full === undefined || mini === undefined) return null;
  const perPass = mini.epochs[0].steps;
  const batch = `mini-batches of ${format.count(mini.batchSize)}`;
  const whole = `full batch of ${format.count(full.batchSize)}`;
  // A batch's loss is measured before its step.
  const before = ({ batches }: RunRecord): number[] => batches.losses.map((_, i) => i * batches.every);
  const curves = (place: (step: number, perPass: number) => number) => [
    line({
      x: before(mini).map((step) => place(step, perPass)),
      y: mini.batches.losses,
      label: batch,
      series: 0,
      weight: "thin",
    }),
    line({ x: before(full).map((step) => place(step, 1)), y: full.batches.losses, label: whole, series: 1 }),
  ];
  const y = { label: "batch loss", scale: "log" } as const;
  return figure({
    title: "Loss by batch: full batch against mini-batches",
    description,
    legend: "list",
    height: 380,
    panels: [
      panel({
        title: "By pass over the data",
        x: { label: "passes", whole: true },
        y,
        marks: curves((step, per) => step / per),
      }),
      panel({
        title: "By step",
        x: { label: "step", scale: "log", whole: true },
        y,
        marks: curves((step) => step + 1),
      }),
    ],
  });
}
