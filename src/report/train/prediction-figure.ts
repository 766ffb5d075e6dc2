import { type Figure, figure, line, marker, panel, rule } from "../../figure/index.ts";
import type { PredictedValues, RegressionMetrics } from "../../metrics/index.ts";
import * as format from "../format.ts";
import { several } from "../phrases.ts";

/** With more targets the panels would be a wall. */
const MOST_TARGETS = 6;

/** Predicted values against actual ones, for each target; of a single one also the errors. */
export function predictionFigure(predicted: readonly PredictedValues[], description: string): Figure {
  const shown = predicted.slice(0, MOST_TARGETS);
  const panels =
    shown.length === 1 ? [scatter(shown[0], ""), errors(shown[0])] : shown.map((each) => scatter(each, each.name));
  return figure({
    title: "Predicted and actual values",
    description,
    columns: Math.min(panels.length, panels.length === 4 ? 2 : 3),
    legend: "none",
    panels,
  });
}

const DOT = { shape: "circle", size: 5, series: 0 } as const;

/** On the diagonal a prediction is right. */
function scatter({ name, actual, predicted }: PredictedValues, title: string) {
  const all = [...actual, ...predicted];
  const ends = [Math.min(...all), Math.max(...all)];
  return panel({
    ...(title === "" ? {} : { title }),
    x: { label: title === "" ? `actual ${name}` : "actual" },
    y: { label: title === "" ? `predicted ${name}` : "predicted" },
    marks: [line({ x: ends, y: ends, color: "ink", dash: "dashed" }), marker({ x: actual, y: predicted, ...DOT })],
  });
}

function errors({ name, actual, predicted }: PredictedValues) {
  return panel({
    x: { label: `predicted ${name}` },
    y: { label: "actual − predicted" },
    marks: [rule({ y: 0 }), marker({ x: predicted, y: actual.map((y, i) => y - predicted[i]), ...DOT })],
  });
}

/** What the figure shows. */
export function predictionWords({ targets, count }: RegressionMetrics, predicted: readonly PredictedValues[]): string {
  const points = predicted[0]?.actual.length ?? 0;
  const which =
    points < count
      ? `${format.count(points)} of ${several(count, "test example")}`
      : `${several(count, "test example")}`;
  const more =
    targets.length > MOST_TARGETS ? ` The first ${MOST_TARGETS} of ${targets.length} targets are shown.` : "";
  const [{ r2, rmse, baseline }] = targets;
  const explained =
    targets.length > 1
      ? ""
      : ` The root mean squared error, ${format.loss(rmse)}, is ${ratioWords(rmse / baseline.rmse)} that of always predicting the mean${r2 === null ? "" : `; R² is ${format.rSquared(r2)}`}.`;
  return `Each dot is one of ${which}; on the dashed line prediction and actual value agree.${explained}${more}`;
}

/** `15 % of`, `1.3 times`. */
const ratioWords = (ratio: number): string =>
  ratio < 1 ? `${(100 * ratio).toPrecision(2)} % of` : `${ratio.toPrecision(2)} times`;
