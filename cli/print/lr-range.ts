import { type Figure, figure, line, type Mark, marker, panel } from "../../src/figure/index.ts";
import { dataName, format, numberColumn, several, tableLines } from "../../src/report/index.ts";
import type { LrRange, LrRangePoint } from "../../src/train/index.ts";

/** What came of a test of learning rates, and what was tested. */
export interface RangeTest extends LrRange {
  readonly data: string;
  readonly model: string;
  readonly loss: string;
  readonly optimizer: string;
  readonly device: string;
  readonly hyper: Readonly<Record<string, number | string>>;
  readonly from: number;
  readonly to: number;
  readonly steps: number;
}

/** Rows of the table, some of the points. */
const ROWS = 12;

const columns = [
  numberColumn("lr", ({ lr }: LrRangePoint) => lr, rate),
  numberColumn("loss", ({ loss }: LrRangePoint) => loss, format.loss),
  numberColumn("smoothed", ({ smoothed }: LrRangePoint) => smoothed, format.loss),
];

export function rangeLines(test: RangeTest): string {
  const { optimizer, data, model, loss, hyper, points } = test;
  const every = Math.ceil(points.length / ROWS);
  const shown = points.filter((_, i) => (points.length - 1 - i) % every === 0);
  const set = format.settings(hyper);
  return [
    `${optimizer} on ${dataName(data)}: ${model}, ${loss}${set === "" ? "" : `; ${set}`}`,
    "",
    ...(shown.length === 0 ? [] : [...tableLines(columns, shown), ""]),
    ...rangeWords(test),
    "",
  ].join("\n");
}

/** The result of the test, in sentences. */
function rangeWords(test: RangeTest): string[] {
  const { steepest, lowest, tenth, points } = test;
  const [first, last] = [points[0], points[points.length - 1]];
  if (first === undefined) return [endWords(test), ...adviceWords(test)];
  const tried = `${several(points.length, "learning rate")} from ${rate(first.lr)} to ${rate(last.lr)}`;
  if (steepest === null || lowest === null)
    return [`${tried}: the loss never fell.`, endWords(test), ...adviceWords(test)];
  return [
    `${tried}. ${endWords(test)}`,
    `The smoothed loss falls fastest at ${rate(steepest.lr)}, and is lowest at ${rate(lowest.lr)}; a tenth of that is ${rate(tenth ?? 0)}.`,
    `To start with: --lr ${rate(steepest.lr)}`,
  ];
}

function endWords({ outcome, blowUpAt, to }: RangeTest): string {
  if (outcome === "interrupted") return "The test was interrupted.";
  if (outcome === "completed") return `The loss did not blow up, up to ${rate(to)}.`;
  const how = outcome === "diverged" ? "became infinite or NaN" : "blew up";
  return blowUpAt === null ? "The loss is not finite at the initial weights." : `The loss ${how} at ${rate(blowUpAt)}.`;
}

/**
 * If this range shows nothing, another may: beyond it, or from below it up to where the loss blew up. At the initial weights
 * no rate has had an effect yet.
 */
function adviceWords({ outcome, from, to, blowUpAt }: RangeTest): string[] {
  if (outcome === "completed") return range("larger", to, 100 * to);
  return blowUpAt === null ? [] : range("smaller", from / 1000, blowUpAt);
}

const range = (which: string, from: number, to: number): string[] =>
  from > 0 && Number.isFinite(to) ? [`Try ${which} ones: --lr-range ${rate(from)},${rate(to)}`] : [];

/** Such a test is accurate to two digits at best. */
function rate(lr: number): string {
  return format.setting(Number(lr.toPrecision(2)));
}

/** The loss over the learning rate, up to where it blew up. Null where nothing was measured. */
export function rangeFigure(test: RangeTest): Figure | null {
  const { points, steepest, lowest, optimizer, data } = test;
  if (points.length < 2) return null;
  const x = points.map(({ lr }) => lr);
  const smoothed = points.map((each) => each.smoothed);
  const losses = points.map(({ loss }) => loss);
  const isPositive = [...smoothed, ...losses].every((value) => value > 0);
  const marks: Mark[] = [
    line({ x, y: losses, label: "each batch", series: 1 }),
    line({ x, y: smoothed, label: "smoothed", series: 0 }),
    ...marked(steepest, "falls fastest", "diamond"),
    ...marked(lowest, "lowest", "star"),
  ];
  const top = Math.max(...smoothed);
  return figure({
    title: `Loss by learning rate: ${optimizer} on ${dataName(data)}`,
    description: rangeWords(test).join(" "),
    legend: "list",
    panels: [
      panel({
        x: { label: "learning rate", scale: "log" },
        y: {
          label: "training loss",
          scale: isPositive ? "log" : "linear",
          domain: [Math.min(...losses, ...smoothed), 1.05 * top],
        },
        marks,
      }),
    ],
  });
}

const marked = (point: LrRangePoint | null, label: string, shape: "diamond" | "star"): Mark[] =>
  point === null
    ? []
    : [
        marker({
          points: [[point.lr, point.smoothed]],
          label: `${label}: ${rate(point.lr)}`,
          shape,
          size: 10,
          titles: [`${label}: ${rate(point.lr)}, smoothed loss ${format.loss(point.smoothed)}`],
        }),
      ];
