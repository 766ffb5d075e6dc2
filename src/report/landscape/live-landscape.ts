import { curvatureRatio, type Grid, type GridValues, type LossSlice, type PlanePath } from "../../landscape/index.ts";
import { type HeightOptions, type Heights, heightsOf } from "./heights.ts";
import { mostCurved } from "./most-curved.ts";
import { type MarkedPlace, placesOf } from "./places.ts";
import { rangesWords } from "./slice-words.ts";

/** A slice as the viewer on a page has it. */
export interface LiveSlice extends Grid {
  readonly title: string;
  readonly loss: GridValues;
  readonly accuracy?: GridValues;
  /** |λmin ÷ λmax| of the Hessian: near 0 where the loss is nearly convex (Li et al. 2017, section 6). */
  readonly curvature?: Grid & { readonly ratio: GridValues };
  /** The names of the axes. */
  readonly axes: readonly string[];
  readonly paths: readonly Pick<PlanePath, "name" | "x" | "y" | "loss" | "onPlane">[];
  /** The nets, and both ends of each way. */
  readonly places: readonly MarkedPlace[];
}

/** Slices that a reader can turn: plain data for the page's program. */
export interface LiveLandscape {
  readonly slices: readonly LiveSlice[];
  /** The scale that is shown first. */
  readonly scale: "linear" | "log";
  readonly linear: Heights;
  /** Null where no loss is positive. */
  readonly log: Heights | null;
  /** The |λmin ÷ λmax| that has the last colour. */
  readonly mostCurved: number;
  /** How low and how high the losses are, in words. */
  readonly range: string;
}

export function liveLandscape(slices: readonly LossSlice[], options: HeightOptions = {}): LiveLandscape {
  const { ceiling } = options;
  const positive = slices.some(({ loss }) => loss.flat().some((value) => value !== null && value > 0));
  const of = (scale: "linear" | "log"): Heights =>
    heightsOf(slices, { scale, ...(ceiling !== undefined && { ceiling }) });
  return {
    slices: slices.map(liveSlice),
    scale: heightsOf(slices, options).scale,
    linear: of("linear"),
    log: positive ? of("log") : null,
    mostCurved: mostCurved(slices),
    range: rangesWords(slices),
  };
}

function liveSlice(slice: LossSlice): LiveSlice {
  const { title, x, y, loss, accuracy, directions, curvature, paths = [] } = slice;
  return {
    ...{ title, x: x.map(short), y: y.map(short), loss: rounded(loss) },
    ...(accuracy && { accuracy: rounded(accuracy) }),
    ...(curvature && { curvature: { x: curvature.x, y: curvature.y, ratio: rounded(curvatureRatio(curvature)) } }),
    axes: directions.map(({ label }) => label),
    paths: paths.map((path) => ({
      name: path.name,
      ...{ x: path.x.map(short), y: path.y.map(short) },
      ...{ loss: path.loss.map(shortOrNull), onPlane: path.onPlane.map(shortOrNull) },
    })),
    places: placesOf(slice).map((place) => ({ ...place, x: short(place.x), y: short(place.y) })),
  };
}

/** Six digits: more would not be seen, and would make a page of two fine grids twice as long. */
const short = (value: number): number => Number(value.toPrecision(6));
const shortOrNull = (value: number | null): number | null => (value === null ? null : short(value));
const rounded = (values: GridValues): (number | null)[][] => values.map((row) => row.map(shortOrNull));
