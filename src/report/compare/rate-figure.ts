import { type CompareResult, median, type Trial } from "../../compare/index.ts";
import { type Figure, figure, line, type Mark, marker, panel } from "../../figure/index.ts";
import * as format from "../format.ts";
import { completionOf } from "./completion.ts";
import { lossWindow, type Series, seriesOf } from "./curve-figures.ts";

/** The loss of each rate that was tried; crosses at the top: diverged, or above the chart. */
export function sensitivityFigure(result: CompareResult, description: string): Figure | null {
  const all = seriesOf(result).filter(({ trials }) => trials.length > 0);
  const { searched } = completionOf(result);
  const { tuneOn = "validation" } = result.settings;
  const losses = all.flatMap(({ trials }) => trials.flatMap(({ loss }) => (loss !== null && loss > 0 ? [loss] : [])));
  if (losses.length === 0) return null;
  const starts = all.flatMap(({ runs }) => runs.flatMap(({ batches }) => batches.losses[0] ?? []));
  const [lowest, highest] = [Math.min(...losses), Math.max(...losses)];
  const guess = starts.length === 0 ? Number.POSITIVE_INFINITY : 1.5 * median(starts);
  const top = guess > lowest ? Math.min(highest, guess) : highest; // even the best rate can be worse than guessing
  const domain = lossWindow(0.9 * lowest, 1.1 * top);
  return figure({
    title: `${tuneOn === "training" ? "Training" : "Validation"} loss by learning rate`,
    description,
    height: 460,
    legend: "list",
    panels: [
      panel({
        x: { label: "learning rate", scale: "log" },
        y: { label: `${tuneOn} loss`, scale: "log", domain },
        marks: all.flatMap((each) => valley(each, domain?.[1] ?? top, searched.includes(each.label))),
      }),
    ],
  });
}

function valley({ label, series, trials }: Series, top: number, isFinished: boolean): Mark[] {
  const sorted = [...trials].sort((a, b) => a.lr - b.lr);
  const title = ({ lr, loss }: Trial): string =>
    `${label}, lr ${format.setting(lr)}: ${loss === null ? "diverged" : format.loss(loss)}`;
  const best = sorted.reduce((a, b) => ((b.loss ?? Infinity) < (a.loss ?? Infinity) ? b : a));
  const lost = sorted.filter(({ loss }) => loss === null || loss > top);
  const kept = sorted.filter(({ loss }) => loss !== null);
  return [
    line({ x: kept.map(({ lr }) => lr), y: kept.map(({ loss }) => loss), label, series, diverged: false }),
    marker({
      points: kept.map(({ lr, loss }) => [lr, loss] as const),
      series,
      shape: "circle",
      size: 4,
      titles: kept.map(title),
    }),
    marker({
      points: lost.map(({ lr }) => [lr, top] as const),
      series,
      shape: "times",
      size: 8,
      titles: lost.map(title),
    }),
    ...(best.loss === null || !isFinished
      ? []
      : [
          marker({
            points: [[best.lr, best.loss]],
            series,
            shape: "diamond",
            size: 10,
            titles: [`${title(best)}, chosen`],
          }),
        ]),
  ];
}
