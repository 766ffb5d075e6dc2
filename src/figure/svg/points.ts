import {
  type SymbolType,
  symbol,
  symbolCircle,
  symbolCross,
  symbolDiamond2,
  symbolSquare,
  symbolStar,
  symbolTimes,
  symbolTriangle,
} from "d3-shape";
import type { LineMark, MarkerMark, MarkerShape, Point } from "../description.ts";
import { lastPoint } from "../ends.ts";
import { escapeText } from "../escape.ts";
import { type Color, colorOf, shapeOf } from "../palette.ts";
import { seriesColor } from "../series.ts";
import { placeOf } from "./curves.ts";
import { element, round } from "./element.ts";
import type { PlacedPanel } from "./panel.ts";
import type { Paint } from "./theme.ts";

/** Small shapes, not cut off at the edge of the plot. What lies outside it is left out. */

/** d3's triangle on its head. */
const symbolTriangleDown: SymbolType = {
  draw: (path, area) => {
    const height = Math.sqrt(area / (3 * Math.sqrt(3)));
    path.moveTo(0, 2 * height);
    path.lineTo(Math.sqrt(3) * height, -height);
    path.lineTo(-Math.sqrt(3) * height, -height);
    path.closePath();
  },
};

const symbols = {
  circle: symbolCircle,
  square: symbolSquare,
  triangle: symbolTriangle,
  diamond: symbolDiamond2,
  plus: symbolCross,
  star: symbolStar,
  times: symbolTimes,
  "triangle-down": symbolTriangleDown,
} as const;

/** Below this size markers are dots: a cloud of data in one layer with the lines. */
const DOT = 6;
const SIZE = 7;

/** The mark, where it is of the layer that is being drawn. */
export function drawMarkers(mark: MarkerMark, placed: PlacedPanel, paint: Paint, layer: "dots" | "shapes"): string {
  const { size = SIZE, shape = shapeOf(mark) } = mark;
  if (layer !== (size < DOT ? "dots" : "shapes")) return "";
  const titles = mark.titles?.map((title) => element("title", {}, escapeText(title)));
  const look = lookOf(shape, size, colorOf(mark), paint);
  return mark.points.map((point, i) => drawShape(shape, size, point, placed, look, titles?.[i] ?? "")).join("");
}

/** A cross where a run diverged. */
export function drawCross(mark: LineMark, placed: PlacedPanel, paint: Paint): string {
  const end = mark.diverged ? lastPoint(mark) : undefined;
  return end ? drawShape("times", 8, end, placed, lookOf("times", 8, seriesColor(mark), paint), "") : "";
}

interface ShapeLook {
  readonly fill: string;
  readonly stroke?: string;
  readonly "stroke-width"?: number;
}

/** Larger shapes are set apart from what is below them by a rim of paper. */
export function lookOf(shape: MarkerShape, size: number, color: Color, paint: Paint): ShapeLook {
  if (shape === "times") return { fill: "none", stroke: paint(color), "stroke-width": 2 };
  return size < DOT ? { fill: paint(color) } : { fill: paint(color), stroke: paint("paper"), "stroke-width": 1 };
}

function drawShape(
  shape: MarkerShape,
  size: number,
  point: Point,
  placed: PlacedPanel,
  look: ShapeLook,
  title: string,
): string {
  const place = inside(point, placed);
  if (place === null) return "";
  const [cx, cy] = place;
  if (shape === "circle") return element("circle", { class: "marker", cx, cy, r: size / 2, ...look }, title);
  const transform = `translate(${round(cx)} ${round(cy)})`;
  return element("path", { class: "marker", d: shapePath(shape, size), transform, ...look }, title);
}

/** The outline of a shape about the origin; all shapes of one size have the area of a circle of that diameter. */
export const shapePath = (shape: MarkerShape, size: number): string =>
  symbol(symbols[shape], (Math.PI / 4) * size ** 2).digits(1)() ?? "";

export function inside(point: Point, { x, y }: PlacedPanel): readonly [number, number] | null {
  return x.within(point[0]) && y.within(point[1]) ? placeOf(point, x, y) : null;
}
