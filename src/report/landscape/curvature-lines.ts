import { curvatureRatio, type LossSlice } from "../../landscape/index.ts";
import * as format from "../format.ts";
import { several } from "../phrases.ts";
import type { MeasureLine } from "./trust-sections.ts";

type CurvatureMap = NonNullable<LossSlice["curvature"]>;

/** A smaller |λmin/λmax| is next to nothing. */
const NEXT_TO_NOTHING = 0.01;

/** What a map of curvature shows; none where a slice has no map. */
export function curvatureLines({ curvature }: Pick<LossSlice, "curvature">): MeasureLine[] {
  if (curvature === undefined) return [];
  const places = placesOf(curvature);
  const [first, ...others] = places;
  const label = "|λmin/λmax|";
  if (first === undefined)
    return [{ label, value: "–", sentence: `At none of ${sizeOf(curvature)} is the Hessian finite.` }];
  const greatest = others.reduce((most, each) => (each.ratio > most.ratio ? each : most), first);
  return [
    {
      label,
      value: `up to ${format.percent(greatest.ratio)}`,
      sentence: [
        `The greatest of ${sizeOf(curvature)} is at ${format.point(placeOf(curvature, greatest))}; ${lowWords(places)}.`,
        ...signWords(places),
        ...missingWords(curvature, places.length),
        ...roughWords(curvature),
      ].join(" "),
    },
  ];
}

/** A point at which both eigenvalues are known. */
interface Place {
  readonly x: number;
  readonly y: number;
  readonly ratio: number;
  readonly smallest: number;
}

function placesOf(curvature: CurvatureMap): Place[] {
  const { x, y, smallest } = curvature;
  return curvatureRatio(curvature).flatMap((row, i) =>
    row.flatMap((ratio, j) => {
      const bottom = smallest[i][j];
      return ratio === null || bottom === null ? [] : [{ x: x[j], y: y[i], ratio, smallest: bottom }];
    }),
  );
}

const placeOf = ({ y: rows }: CurvatureMap, { x, y }: Place): number[] => (rows.length === 1 ? [x] : [x, y]);

/** "9 × 9 points, on 256 of the examples," */
function sizeOf({ x, y, examples }: CurvatureMap): string {
  const size = y.length === 1 ? several(x.length, "point") : `${x.length} × ${y.length} points`;
  return examples === undefined ? size : `${size}, on ${format.count(examples)} of the examples,`;
}

/** Where it is next to nothing, the loss is nearly convex. */
function lowWords(places: readonly Place[]): string {
  const low = places.filter(({ ratio }) => ratio < NEXT_TO_NOTHING).length;
  if (low === 0) return "none of them has less than 1 %";
  return low === places.length
    ? "all of them have less than 1 %"
    : `${format.percent(low / places.length)} of them have less than 1 %`;
}

/** The ratio has no sign; a search may miss a λmin just below 0, but finds none where there is none. */
function signWords(places: readonly Place[]): string[] {
  const upward = places.filter(({ smallest }) => smallest >= 0).length;
  if (upward === 0) return ["At each the loss bends downward in some direction."];
  if (upward === places.length) return ["At none of them was a direction found in which the loss bends downward."];
  return [`At ${format.count(places.length - upward)} of them a direction was found in which the loss bends downward.`];
}

function missingWords({ x, y }: CurvatureMap, known: number): string[] {
  const missing = x.length * y.length - known;
  return missing === 0 ? [] : [`At ${format.count(missing)} the ratio is not known.`];
}

/** An error of |λmin/λmax| above this is worth a mark: by so much the smallest ratios are told from nothing. */
const ROUGH = 0.01;

/** Whether the products at a point did not suffice: the ratio may be off by more than 1 %. */
export function isRough({ largest, smallest, error }: CurvatureMap, i: number, j: number): boolean {
  const size = Math.max(Math.abs(largest[i][j] ?? 0), Math.abs(smallest[i][j] ?? 0));
  return (error?.[i][j] ?? 0) > ROUGH * size;
}

function roughWords(curvature: CurvatureMap): string[] {
  const rough = curvature.largest.flatMap((row, i) => row.filter((_, j) => isRough(curvature, i, j))).length;
  return rough === 0 ? [] : [`At ${format.count(rough)}, marked by ≈, the search ended before it was known to 1 %.`];
}
