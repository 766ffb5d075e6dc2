import { chart, code, facts, prose, type Section, section } from "../../figure/index.ts";
import { tableBlock } from "../table.ts";
import { curveFigure } from "./curve-figure.ts";
import type { CurveRecord } from "./curve-record.ts";
import {
  correlationColumns,
  correlationRows,
  curveFacts,
  curveNotes,
  figureWords,
  originWords,
  parameterColumns,
} from "./curve-words.ts";

/** A fitted curve as a figure and tables. */
export function curveSections(record: CurveRecord): Section[] {
  const rows = correlationRows(record);
  const caption = "The fitted parameters";
  return [
    section("The fit", [
      code(record.formula),
      ...curveNotes(record).map((words) => prose(`Note: ${words}.`)),
      tableBlock({ caption, columns: parameterColumns(record), rows: record.parameters }),
      facts([...curveFacts(record)]),
      chart(curveFigure(record), figureWords(record)),
      ...(rows.length === 0
        ? []
        : [tableBlock({ caption: "Correlations of the parameters", columns: correlationColumns(record), rows })]),
    ]),
  ];
}

export const curveTitle = ({ formula }: CurveRecord): string => formula;

export const curveLead = (record: CurveRecord): string => `${originWords(record)}.`;
