import { rmdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Figure, toSvg } from "../../src/figure/index.ts";
import { makeFolder, writeWhole } from "../../src/files/node/index.ts";
import {
  curvatureCsv,
  curvatureFigure,
  curvatureLines,
  differenceWords,
  landscapeFigure,
  landscapePage,
  sliceCsv,
  sliceVtk,
  trustLines,
} from "../../src/report/index.ts";
import { viewerProgram } from "../../src/report/node/index.ts";
import * as flags from "../flags/index.ts";
import type { Result, Shown } from "../print/landscape-result.ts";
import { jsonText } from "../print/result.ts";
import { digestOfPlain } from "../read/digest.ts";
import type { SourceRun } from "../read/source-run.ts";
import type { Settings } from "../settings.ts";
import { writePage } from "./figure-file.ts";

/** Where files go; undefined if none are wanted. */
export function landscapesFolder(settings: Settings, [{ path }]: readonly SourceRun[]): string | undefined {
  if (settings.get(flags.noOut) === true) return undefined;
  const folder = settings.get(flags.landscapeOut) ?? join(path, "landscapes");
  makeFolder(folder);
  return folder;
}

/** Removes the folder where nothing was written into it. */
export function leaveFolder(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Something is in it.
  }
}

/**
 * Writes the result as JSON, CSV, VTK, pictures and a page, in a folder of its own; what is written depends on what was asked for alone. Where
 * that fails, as on a full disk, a folder that was made for it is removed: what was measured is kept beside it.
 */
export function writeLandscape(folder: string, key: string, result: Result): string {
  const { x, y, curvature, measures } = result;
  const parts = {
    ...{ measures: Object.keys(measures), pairs: measures.pairs?.count ?? 0 },
    ...(curvature && { curvature: curvature.x.length }),
  };
  const asked = digestOfPlain({ key, x, y, ...parts }).slice(0, 8);
  const place = join(folder, `${result.directions[0].kind}-${result.x.length}x${result.y.length}-${asked}`);
  const isNew = makeFolder(place) !== undefined;
  try {
    fill(place, result);
  } catch (error) {
    if (isNew) rmSync(place, { recursive: true, force: true });
    throw error;
  }
  return place;
}

function fill(place: string, result: Result): void {
  writeWhole(join(place, "landscape.json"), jsonText(result));
  writeWhole(join(place, "landscape.csv"), sliceCsv(result));
  writeWhole(join(place, "landscape.vtp"), sliceVtk(result));
  if (result.curvature) writeWhole(join(place, "curvature.csv"), curvatureCsv(result));
  for (const [name, figure] of Object.entries(picturesOf(result)))
    writeWhole(join(place, `${name}.svg`), toSvg(figure));
  writePage(landscapeHtml([result]), join(place, "landscape.html"));
}

/** A plane from the side and from above; a line as curves; and the map of curvature. */
const picturesOf = (result: Result): Readonly<Record<string, Figure>> => ({
  ...(result.y.length === 1
    ? { line: landscapeFigure([result]) }
    : { surface: landscapeFigure([result]), contour: landscapeFigure([result], { view: "contour" }) }),
  ...(result.curvature && { curvature: curvatureFigure(result) }),
});

/** The page, with surfaces that a reader can turn, and how far each can be trusted. */
export function landscapeHtml(shown: Shown): string {
  const program = viewerProgram();
  const measures = shown.map((each) => [...curvatureLines(each), ...trustLines(each.measures)]);
  const verdicts = shown.map((each) => [...differenceWords(each, shown[0]), ...each.verdict]);
  const [{ connection }] = shown;
  return landscapePage(shown, {
    ...{ measures, verdicts },
    ...(connection && { connection }),
    ...(program && { program }),
  });
}
