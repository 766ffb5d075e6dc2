import { quote } from "../../arguments/index.ts";
import { cell, type Figure, figure, panel } from "../../figure/index.ts";
import type { ClassificationMetrics } from "../../metrics/index.ts";
import * as format from "../format.ts";
import { several } from "../phrases.ts";
import { confusions } from "./metric-tables.ts";

/** With more classes the cells are too small for their counts. */
export const MOST_CLASSES = 20;

/** Pixels of a cell, and beside the matrix. */
const [CELL, ASIDE] = [46, 150];

/** One cell of the matrix. */
interface Cell {
  readonly point: readonly [predicted: string, actual: string];
  readonly count: number;
  /** Of the examples of the actual class. */
  readonly share: number;
  readonly isRight: boolean;
}

/** The confusion matrix: a row for each actual class, a column for each predicted one. */
export function confusionFigure(metrics: ClassificationMetrics, description: string): Figure {
  const cells = cellsOf(metrics);
  const names = metrics.perClass.map((each) => each.class);
  const marksOf = (label: string, series: number, own: readonly Cell[], full: number) =>
    own.length === 0
      ? []
      : [
          cell({
            ...{ label, series },
            points: own.map(({ point }) => point),
            shares: own.map(({ share }) => share / full),
            texts: own.map(({ count }) => format.count(count)),
            titles: own.map(titleOf),
          }),
        ];
  const [right, wrong] = [cells.filter(({ isRight }) => isRight), cells.filter(({ isRight }) => !isRight)];
  const most = Math.max(...wrong.map(({ share }) => share));
  return figure({
    title: "Confusion matrix",
    description,
    width: Math.min(720, Math.max(320, ASIDE + CELL * names.length)),
    panels: [
      panel({
        x: { label: "predicted class", scale: "band", domain: names },
        y: { label: "actual class", scale: "band", domain: names },
        aspect: 1,
        marks: [...marksOf("right", 0, right, 1), ...marksOf("wrong", 1, wrong, most)],
      }),
    ],
  });
}

/** Those that hold an example. */
const cellsOf = ({ confusion, perClass }: ClassificationMetrics): Cell[] =>
  confusion.flatMap((row, i) =>
    row.flatMap((count, j): Cell[] =>
      count === 0
        ? []
        : [
            {
              point: [perClass[j].class, perClass[i].class],
              ...{ count, share: count / perClass[i].support, isRight: i === j },
            },
          ],
    ),
  );

const titleOf = ({ point: [predicted, actual], count, share, isRight }: Cell): string =>
  `${quote(actual)} ${isRight ? "recognised" : `taken for ${quote(predicted)}`}: ${format.count(count)} (${format.percent(share)})`;

/** What the matrix shows. */
export function confusionWords(metrics: ClassificationMetrics): string {
  const { count, confusion } = metrics;
  const right = confusion.reduce((sum, row, i) => sum + row[i], 0);
  const [most, second] = confusions(metrics);
  const all = `Of ${several(count, "test example")} ${format.count(right)} are classified correctly.`;
  if (most === undefined) return all;
  const isAlone = second === undefined || second.count < most.count;
  const worst = `${quote(most.actual)} is taken for ${quote(most.predicted)}, in ${format.count(most.count)} of ${format.count(most.support)} (${format.percent(most.count / most.support)})`;
  return `${all} ${isAlone ? "Most often" : "One of the most frequent errors:"} ${worst}. The stronger a tint, the larger the share of the row; among errors the largest share has the full tint.`;
}
