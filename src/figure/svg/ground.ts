import type { NumberAxis } from "../axis.ts";
import { type Grid, rangeOf } from "../grid.ts";
import { type Corner, isolines } from "../isolines.ts";
import { formatNumber } from "../numbers.ts";
import { rampHex } from "../ramp.ts";
import { domainOf, scaleOf } from "../scale.ts";
import { element } from "./element.ts";
import { labelLines, turned } from "./line-labels.ts";
import { sizes } from "./measure.ts";
import { type Placed, type Spot, written } from "./place.ts";
import { simplify } from "./simplify.ts";
import type { Paint } from "./theme.ts";
import { words } from "./words.ts";

/** Ground that is cut into levels, seen from above. */

/** The ground above a level: rings in pixels. */
export interface Cut {
  readonly level: number;
  readonly rings: readonly (readonly Spot[])[];
}

/** The same from rings in the units of the axes. */
export const cutOn = (level: number, rings: readonly (readonly Corner[])[], { x, y }: Placed): Cut => ({
  level,
  rings: rings.map((ring) => simplify(ring.map(([cx, cy]) => [x.at(cx) ?? 0, y.at(cy) ?? 0]))),
});

const pathOf = ({ rings }: Cut): string => rings.map((ring) => `M${ring.map(written).join("L")}Z`).join("");

/** The highest ground's share of the tint, to which each level adds a part. */
const TINT = 0.62;

/** Each level's ground is laid over the lower ones: the higher, the more tinted, on light and on dark paper. */
export function tintedGround(cut: readonly Cut[], filled: boolean, paint: Paint): string {
  const opacity = 1 - (1 - TINT) ** (1 / cut.length);
  const look = {
    class: "ground",
    fill: filled ? paint("ground") : "none",
    "fill-opacity": opacity.toFixed(4),
    "fill-rule": "evenodd",
    stroke: paint("ink"),
    "stroke-opacity": "0.2",
    "stroke-width": 0.7,
  };
  const paths = cut.map(pathOf).filter((d) => d !== "");
  return element("g", look, ...paths.map((d) => element("path", { d })));
}

/** A surface with the axis whose domain the colours cover. */
interface Colored {
  readonly grid: Grid;
  readonly z: NumberAxis;
}

/** Each level's ground covers the lower ones. Below the first line there is the ground from the lowest value on: all but holes. */
export function coloredGround({ grid, z }: Colored, cut: readonly Cut[], filled: boolean, placed: Placed): string {
  const share = sharesOn(z, grid);
  const { lo, hi } = rangeOf(grid);
  const [lowest] = isolines({ grid, levels: [lo], spacing: "linear" });
  const all = [cutOn(lo, lowest.rings, placed), ...cut];
  const paths = all.map((each, k) => {
    const [from, to] = [share(each.level), share(all[k + 1]?.level ?? hi)];
    const line = { stroke: lineOn(from), "stroke-opacity": k === 0 ? 0 : 0.45 };
    const d = pathOf(each);
    return d === "" ? "" : element("path", { d, fill: filled ? rampHex((from + to) / 2) : "none", ...line });
  });
  const look = { class: "ground", "fill-rule": "evenodd", "stroke-width": 0.8 };
  return element("g", look, ...paths.filter((path) => path !== ""));
}

/** The colour of a line that is seen on the colours around it. */
const lineOn = (share: number): string => (share > 0.62 ? "#2b1030" : "#ffffff");

/** The share of an axis for a height. */
export function sharesOn(z: NumberAxis, grid: Grid): (height: number) => number {
  const scale = scaleOf(z, domainOf(z, grid.values, 0), [0, 1], []);
  return (height) => Math.max(0, Math.min(1, scale.at(height) ?? 0));
}

/** The most levels that get labels, and the pixels of a line that is too short for one. */
const [LABELLED, SHORT] = [9, 60];

/** The levels that get labels: on a log axis the powers of ten, or with so few of them 2 and 5 times them, too; else every k-th. */
function labelled(cut: readonly Cut[], z: NumberAxis | undefined): readonly Cut[] {
  const starting = (digits: string): Cut[] => cut.filter(({ level }) => digits.includes(firstDigit(level)));
  const [powers, fine] = [starting("1"), starting("125")];
  const round = powers.length < FEW ? fine : powers;
  const all = z?.scale === "log" && round.length > 0 ? round : cut;
  return all.filter((_, k) => k % Math.ceil(all.length / LABELLED) === 0);
}

/** Fewer labels than this say too little. */
const FEW = 3;

/** The digit of a number that has one only, as 0.02 has; else "-". */
function firstDigit(level: number): string {
  const [digits] = Math.abs(level).toExponential(11).split("e");
  return Number.isInteger(Number(digits)) ? digits[0] : "-";
}

/** The height on the longest line of some levels. */
export function heightLabels(cut: readonly Cut[], colored: Colored | null, placed: Placed, paint: Paint): string {
  const share = colored && sharesOn(colored.z, colored.grid);
  const lines = labelled(cut, colored?.z).flatMap(({ level, rings }) => {
    const [longest] = rings.flatMap((ring) => withoutEdges(ring, placed)).sort((a, b) => lengthOf(b) - lengthOf(a));
    if (longest === undefined || lengthOf(longest) < SHORT) return [];
    return [{ line: longest, text: formatNumber(level, 3), share: share?.(level) }];
  });
  const texts = labelLines(lines, placed.plot).map((label) => {
    const { share: at, text } = label;
    const [x, y] = label.at;
    const onColors = { fill: lineOn(at ?? 0), stroke: rampHex(at ?? 0) };
    const look = at === undefined ? { fill: paint("ink"), stroke: paint("paper") } : onColors;
    return words({ x, y: y + 3.8, transform: turned(label), ...look }, text);
  });
  const rim = { "stroke-width": 3, "stroke-linejoin": "round", "paint-order": "stroke" };
  const set = { class: "heights", "font-size": sizes.tick, "text-anchor": "middle", ...rim };
  return texts.length === 0 ? "" : element("g", set, ...texts);
}

const lengthOf = (line: readonly Spot[]): number =>
  line.reduce((sum, [x, y], k) => sum + (k === 0 ? 0 : Math.hypot(x - line[k - 1][0], y - line[k - 1][1])), 0);

/** The stretches of a ring that do not run along the edge of the plot. */
function withoutEdges(ring: readonly Spot[], { plot }: Placed): Spot[][] {
  const onEdge = ([x, y]: Spot): boolean => x < 1 || y < 1 || x > plot.width - 1 || y > plot.height - 1;
  const stretches: Spot[][] = [[]];
  for (const spot of ring) {
    if (!onEdge(spot)) stretches[stretches.length - 1].push(spot);
    else if (stretches[stretches.length - 1].length > 0) stretches.push([]);
  }
  return stretches.filter(({ length }) => length > 1);
}
