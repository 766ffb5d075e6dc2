import { basename } from "node:path";
import { type CurveFit, type CurvePrediction, fitCurve } from "../../src/curves/index.ts";
import { toTerminal } from "../../src/figure/index.ts";
import { curveFigure, curveRecord } from "../../src/report/index.ts";
import { Archive } from "../files/archive.ts";
import { besideFigure, checkStillFile, writeFigure } from "../files/figure-file.ts";
import * as bundles from "../flags/bundles.ts";
import * as flags from "../flags/index.ts";
import { exitCode, type Io, takesColor } from "../io.ts";
import { curvePage } from "../print/curve-page.ts";
import { printResult } from "../print/result.ts";
import { curveTable } from "../read/curve-table.ts";
import type { Settings } from "../settings.ts";
import type { Read } from "./command.ts";

/** `downhill fit`: the parameters of a formula from the data in a file. */
export const read: Read = async (settings, io) => {
  const [formula, file] = settings.words;
  const figure = settings.get(flags.stillFigureFile);
  if (figure !== undefined) checkStillFile(figure);
  // It computes without a pause, so no signal could reach it: the first ends the process.
  // The fit itself tells whether the settings suit the data: a formula may not be finite at a start.
  const fit = fitCurve({
    ...{ formula, data: await curveTable(file, settings) },
    ...settings.options(bundles.curve),
  });
  const at = settings.get(flags.at);
  const predictions = at === undefined ? undefined : fit.predict(await curveTable(at, settings));
  return () => finish({ fit, predictions, figure, file }, settings, io);
};

interface Fitted {
  readonly fit: CurveFit;
  readonly predictions: readonly CurvePrediction[] | undefined;
  /** The file of the figure. */
  readonly figure: string | undefined;
  readonly file: string;
}

async function finish({ fit, predictions, figure, file }: Fitted, settings: Settings, io: Io): Promise<number> {
  const record = curveRecord(fit);
  const archive = new Archive(settings, "fit", basename(file).replace(/\.\w+$/, ""));
  archive.finish({ kind: "fit", result: record });
  const { columns: _, observed: __, fitted: ___, predict: ____, outcome, ...facts } = fit;
  const { kind, reason, iterations } = outcome;
  const result = { ...facts, outcome: kind, reason, iterations };
  const whole = { ...result, ...(predictions && { predictions }), run: archive.path };
  const write = (path: string): Promise<void> => writeFigure(curveFigure(record), path);
  await besideFigure(figure, write, (figureLine) => {
    printResult(io, settings, whole, () => {
      const color = takesColor(io.out, io, settings.get(flags.noColor) !== true);
      const width = Math.min(100, io.out.columns);
      const picture = io.out.isTTY ? `${toTerminal(curveFigure(record), { width, color })}\n\n` : "";
      const report = archive.report === null ? "" : `report: ${archive.report}\n`;
      return `${picture}${curvePage(record, predictions)}${figureLine}${report}`;
    });
  });
  archive.close();
  return exitCode.success;
}
