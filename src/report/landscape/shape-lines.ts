import type { SliceMeasures, SliceTrust, SpreadMeasure } from "../../landscape/index.ts";
import * as format from "../format.ts";
import { several } from "../phrases.ts";
import { digits } from "./alignment-lines.ts";
import type { MeasureLine } from "./trust-sections.ts";

/** How the measures differ along other directions, if that was looked at. */
type Pairs = NonNullable<SliceTrust["pairs"]>;

/** What a slice shows by itself; what cannot be measured is left out. */
export function shapeLines(slice: SliceMeasures, pairs?: Pairs): MeasureLine[] {
  const { basin, barrier, sharpness, lossAtRadius, nonConvex, minima, quadraticResidual, notFinite } = slice;
  const line = (
    label: string,
    value: number | null,
    write: (value: number) => string,
    sentence: string,
  ): MeasureLine[] => (value === null ? [] : [{ label, value: write(value), sentence }]);
  const also = (measure: SpreadMeasure, write: (value: number) => string): string => spreadWords(pairs, measure, write);
  const radius = digits(slice.radius);
  return [
    ...line(
      "basin",
      basin,
      format.percent,
      `The share of the window with a loss below ${format.loss(slice.level)}.${also("basin", format.percent)}`,
    ),
    ...line("barrier", barrier, format.loss, `${barrierWords(slice)}${also("barrier", format.loss)}`),
    ...line(
      "sharpness",
      sharpness,
      format.loss,
      `The most by which the loss rises within ${radius} of the centre, divided by 1 + the loss at the centre.${also("sharpness", format.loss)}`,
    ),
    ...line(
      "loss at the radius",
      lossAtRadius,
      format.loss,
      `${radiusWords(slice)}${also("lossAtRadius", format.loss)}`,
    ),
    ...line("not convex", nonConvex, format.percent, `${convexWords(slice)}${also("nonConvex", format.percent)}`),
    ...line("strict minima", minima, format.count, `${minimaWords(minima)}${also("minima", format.count)}`),
    ...line(
      "not quadratic",
      quadraticResidual,
      format.percent,
      `The part of the loss's variation that no quadratic function explains.${also("quadraticResidual", format.percent)}`,
    ),
    ...(notFinite === 0
      ? []
      : line("not finite", notFinite, format.percent, "The share of the points without a finite loss.")),
  ];
}

function barrierWords({ barrier, barrierAlong }: SliceMeasures): string {
  if (barrierAlong === "between")
    return barrier === 0
      ? "On the straight way from one net to the other the loss is nowhere above its even change from the loss of the one to that of the other."
      : "On the straight way from one net to the other the loss rises by at most this above its even change from the loss of the one to that of the other.";
  return barrier === 0
    ? "On no straight way out from the centre does the loss rise and fall again."
    : "The height of the highest ridge on a straight way out from the centre: above the centre, and above what lies beyond it.";
}

const radiusWords = ({ radius, lowestAtRadius, highestAtRadius }: SliceMeasures): string =>
  `The mean at ${digits(radius)} from the centre; the lowest there is ${format.loss(lowestAtRadius)}, the highest ${format.loss(highestAtRadius)}.`;

const convexWords = ({ nonConvexInBasin }: SliceMeasures): string =>
  `The share of the window in which the slice bends downward in some direction${
    nonConvexInBasin === null ? "." : `; of the basin ${format.percent(nonConvexInBasin)}.`
  }`;

const minimaWords = (minima: number): string =>
  minima === 0
    ? "No point within the border is below all its neighbours."
    : minima === 1
      ? "One point within the border is below all its neighbours."
      : `${several(minima, "point")} within the border are below all their neighbours.`;

/**
 * " Along 5 pairs of directions: 17.0 % to 22.0 %."; where they were measured on fewer points than the slice, what it has on these, too, since
 * its own value need not lie between theirs: " Along 5 pairs of directions, on 9 × 9 points each: 17.0 % to 22.0 %; this slice has 19.0 % there."
 */
function spreadWords(pairs: Pairs | undefined, measure: SpreadMeasure, write: (value: number) => string): string {
  const found = pairs?.spread.find((each) => each.measure === measure);
  if (pairs === undefined || found === undefined || found.count < 2) return "";
  const [least, most] = [write(found.least), write(found.most)];
  const { coarser } = pairs;
  const own = coarser?.slice[measure] ?? null;
  const where = coarser === undefined ? "" : `, on ${pointsWords(coarser)} each`;
  const range = least === most ? least : `${least} to ${most}`;
  const there = own === null || least === most ? "" : `; this slice has ${write(own)} there`;
  return ` Along ${several(pairs.count, "pair")} of directions${where}: ${range}${there}.`;
}

/** "9 × 9 points", "9 points" of a line */
const pointsWords = ({ columns, rows }: NonNullable<Pairs["coarser"]>): string =>
  rows === 1 ? several(columns, "point") : `${columns} × ${rows} points`;
