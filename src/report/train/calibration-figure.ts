import { bar, errorBar, type Figure, figure, line, marker, panel } from "../../figure/index.ts";
import { type ClassificationMetrics, wilson } from "../../metrics/index.ts";
import * as format from "../format.ts";
import { several } from "../phrases.ts";

type Bin = ClassificationMetrics["calibration"]["bins"][number];

const inPercent = (fraction: number): number => 100 * fraction;

/** A reliability diagram: how often predictions of each confidence are right, and how many there are. */
export function calibrationFigure({ calibration: { bins } }: ClassificationMetrics, description: string): Figure {
  const x = bins.map(({ confidence }) => inPercent(confidence));
  const intervals = bins.map(({ accuracy, count }) => wilson(accuracy, count));
  const confidence = { label: "confidence (%)", domain: [0, 100] as const };
  const look = { label: "measured", series: 0 };
  return figure({
    title: "Calibration",
    description,
    panels: [
      panel({
        title: "How often it is right",
        x: confidence,
        y: { label: "accuracy (%)", domain: [0, 100] },
        marks: [
          line({ x: [0, 100], y: [0, 100], label: "ideal", color: "ink", dash: "dashed" }),
          errorBar({
            x,
            lo: intervals.map(([low]) => inPercent(low)),
            hi: intervals.map(([, high]) => inPercent(high)),
            ...look,
          }),
          marker({
            x,
            y: bins.map(({ accuracy }) => inPercent(accuracy)),
            shape: "circle",
            titles: bins.map(titleOf),
            ...look,
          }),
        ],
      }),
      panel({
        title: "How many predictions",
        x: confidence,
        y: { label: "examples", whole: true },
        marks: [bar({ x, y: bins.map(({ count }) => count), series: 0 })],
      }),
    ],
  });
}

const titleOf = ({ confidence, accuracy, count }: Bin): string =>
  `confidence ${format.percent(confidence)}, right ${format.percent(accuracy)} of ${several(count, "example")}`;

/** Whether the net's confidence can be trusted. */
export function calibrationWords({
  calibration: { bins, error },
  accuracy,
  interval,
  count,
}: ClassificationMetrics): string {
  const mean = bins.reduce((sum, bin) => sum + bin.confidence * bin.count, 0) / count;
  const [low, high] = interval;
  const verdict =
    mean > high ? "it is overconfident" : mean < low ? "it is underconfident" : "they agree within what chance allows";
  return `The confidence is the probability of the predicted class. On average it is ${format.percent(mean)}, and ${format.percent(accuracy)} are right: ${verdict}. Dots are means over bins of a tenth, bars their 95 % intervals (Wilson); on the dashed line confidence and accuracy agree. The expected calibration error, the mean distance from it, is ${format.percent(error)}.`;
}
