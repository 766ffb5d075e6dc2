import {
  type Direction,
  evenGrid,
  evenLine,
  type Grid,
  type Interval,
  type RandomKind,
} from "../../src/landscape/index.ts";
import * as flags from "../flags/index.ts";
import { UsageError } from "../mistakes/failure.ts";
import type { Settings } from "../settings.ts";
import type { SourceRun } from "./source-run.ts";

/** What of a slice the command line decides, before anything is computed. */
export interface SliceShape {
  readonly kind: Direction["facts"]["kind"];
  readonly grid: Grid;
  readonly isLine: boolean;
}

/** Whether directions are drawn at random. */
export const isRandom = (kind: SliceShape["kind"]): kind is RandomKind =>
  kind === "filter" || kind === "layer" || kind === "gaussian";

/** The range between nets, and elsewhere. */
const [BETWEEN, AROUND]: readonly Interval[] = [
  [-0.5, 1.5],
  [-1, 1],
];

/** Points along each axis of a plane, and along a line; between nets such that both are among them. */
const [OF_PLANE, OF_LINE, OF_LINE_BETWEEN] = [25, 51, 41];

/** Reads the grid and the kind of directions. Throws a UsageError for flags that contradict each other. */
export function sliceShape(settings: Settings, runs: readonly SourceRun[]): SliceShape {
  const [columns, rows] = settings.get(flags.grid) ?? [undefined, undefined];
  const named = settings.get(flags.directions);
  const isJourney = named === "trajectory";
  const isBetween = runs.length > 1 && !isJourney;
  if (isBetween && runs.length > 3)
    throw new UsageError(`${runs.length} runs do not lie in a plane; give one, two or three`);
  if (isBetween && named !== undefined)
    throw new UsageError(`--directions ${named}: ${runs.length} runs decide the directions; leave the flag out`);
  const kind = isBetween ? "between" : (named ?? "filter");
  const wantsLine = settings.get(flags.line) === true;
  if (wantsLine && rows !== undefined)
    throw new UsageError(
      `--grid ${columns}x${rows}: a line has no rows; give the number of points, or leave --line out`,
    );
  if (wantsLine && isBetween && runs.length > 2)
    throw new UsageError("--line: three runs make a plane; give two, or leave the flag out");
  const isCurve = settings.get(flags.connect) === true;
  const isLine = wantsLine || (isBetween && runs.length === 2 && rows === undefined && !isCurve);
  const x = settings.get(flags.range) ?? (isBetween ? BETWEEN : AROUND);
  const grid = isLine
    ? evenLine({ x, columns: columns ?? (isBetween ? OF_LINE_BETWEEN : OF_LINE) })
    : evenGrid({ x, columns: columns ?? OF_PLANE, ...(rows !== undefined && { rows }) });
  return { kind, grid, isLine };
}
