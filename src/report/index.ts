export { bestWords } from "./compare/best-words.ts";
export { rankingNotes } from "./compare/notes.ts";
export { rankingColumns } from "./compare/ranking.ts";
export { curveFigure } from "./curve/curve-figure.ts";
export { type CurveRecord, curveRecord } from "./curve/curve-record.ts";
export {
  correlationColumns,
  correlationRows,
  curveFacts,
  curveNotes,
  originWords,
  parameterColumns,
  predictionColumns,
} from "./curve/curve-words.ts";
export type {
  Environment,
  MetricsLine,
  MinimizeRecord,
  RunConfig,
  RunFolder,
  RunKind,
  RunPlan,
  Summary,
} from "./folder/folder.ts";
export { isRunRecord } from "./folder/run-schema.ts";
export { foldColumns, foldRows } from "./folds/fold-columns.ts";
export { dividedWords, foldsNotes, foldsTitle } from "./folds/fold-words.ts";
export * as format from "./format.ts";
export { curvatureCsv, sliceCsv } from "./landscape/csv.ts";
export { curvatureFigure } from "./landscape/curvature-figure.ts";
export { curvatureLines } from "./landscape/curvature-lines.ts";
export { differenceWords } from "./landscape/difference-words.ts";
export { type Coloring, heightWords } from "./landscape/height-words.ts";
export { type LandscapeOptions, landscapeFigure } from "./landscape/landscape-figure.ts";
export { type LandscapePageOptions, landscapePage } from "./landscape/landscape-page.ts";
export { type LiveLandscape, type LiveSlice, liveLandscape } from "./landscape/live-landscape.ts";
export { type MarkedPlace, type PlaceKind, signs } from "./landscape/places.ts";
export { parseSlice, type TrustedSlice } from "./landscape/slice-schema.ts";
export { centreWords, examplesWords, measuredWords, rangeWords } from "./landscape/slice-words.ts";
export { trustLines } from "./landscape/trust-lines.ts";
export { alignmentSchema } from "./landscape/trust-schema.ts";
export type { MeasureLine } from "./landscape/trust-sections.ts";
export { verdictLines } from "./landscape/trust-verdict.ts";
export { sliceVtk, type VtkOptions } from "./landscape/vtk.ts";
export { alwaysWords, dataName, goalWords, groupWords, listedShort, several } from "./phrases.ts";
export { reportHtml } from "./report.ts";
export type { ReproductionRecord } from "./reproduction/reproduction-record.ts";
export { verdictWords } from "./reproduction/reproduction-sections.ts";
export {
  type Cell,
  type Column,
  cellText,
  numberColumn,
  rowPrinter,
  tableBlock,
  tableLines,
  textColumn,
} from "./table.ts";
export { epochColumns, epochsShown } from "./train/epochs.ts";
export { classColumns, targetColumns } from "./train/metric-tables.ts";
export { areaWords } from "./train/metric-words.ts";
export { targetWords, testNotes, testWords, weighingWords, weightsWords } from "./train/run-words.ts";
export { fitOf } from "./walk/fit.ts";
export { fitColumns, fitRows } from "./walk/fit-table.ts";
export { hiddenWords, stepColumns, stepsShown } from "./walk/steps.ts";
export { hasStars, isDrawable, walkAnimation, walkFigure } from "./walk/walk-figure.ts";
export { minimumWords } from "./walk/walk-words.ts";
