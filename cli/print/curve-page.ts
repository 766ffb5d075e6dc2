import type { CurvePrediction } from "../../src/curves/index.ts";
import {
  type CurveRecord,
  correlationColumns,
  correlationRows,
  curveFacts,
  curveNotes,
  originWords,
  parameterColumns,
  predictionColumns,
  tableLines,
} from "../../src/report/index.ts";

/** More correlations than these are left to --json. */
const MOST_CORRELATIONS = 8;

/** What `downhill fit` prints: the parameters, how well the curve fits, and predictions where rows were given. */
export function curvePage(record: CurveRecord, predictions: readonly CurvePrediction[] | undefined): string {
  const facts = curveFacts(record);
  const correlated = correlationRows(record);
  const rows = predictions?.map((prediction, i) => ({ ...prediction, row: i + 1 }));
  return [
    record.formula,
    originWords(record),
    "",
    ...tableLines(parameterColumns(record), record.parameters),
    "",
    ...facts.map(([name, value]) => `${name} ${value}`),
    ...(correlated.length === 0 || correlated.length > MOST_CORRELATIONS
      ? []
      : ["", ...tableLines(correlationColumns(record), correlated)]),
    ...curveNotes(record).flatMap((note, i) => (i === 0 ? ["", `note: ${note}`] : [`note: ${note}`])),
    ...(rows === undefined ? [] : ["", ...tableLines(predictionColumns(record), rows)]),
    "",
  ].join("\n");
}
