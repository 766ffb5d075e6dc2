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
import type { Color, MarkerShape } from "../look.ts";
import { element, round } from "./element.ts";
import type { Spot } from "./place.ts";
import type { Paint } from "./theme.ts";

/** Small shapes, not cut off at the edge of the plot. */

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

const symbols: Readonly<Record<MarkerShape, SymbolType>> = {
  circle: symbolCircle,
  square: symbolSquare,
  triangle: symbolTriangle,
  diamond: symbolDiamond2,
  plus: symbolCross,
  star: symbolStar,
  times: symbolTimes,
  "triangle-down": symbolTriangleDown,
};

/** Below this size shapes are dots: a cloud of data in one layer with the lines. */
export const DOT = 6;

interface ShapeLook {
  readonly fill: string;
  readonly stroke?: string;
  readonly "stroke-width"?: number;
  readonly "fill-opacity"?: number;
  readonly "stroke-opacity"?: number;
}

/** A rim of paper sets larger shapes apart from the marks below them; an open one is of paper, with a rim in its colour. */
export function shapeLook(shape: MarkerShape, size: number, color: Color, paint: Paint, open = false): ShapeLook {
  if (shape === "times") return { fill: "none", stroke: paint(color), "stroke-width": 2 };
  if (open) return { fill: paint("paper"), stroke: paint(color), "stroke-width": 2 };
  return size < DOT ? { fill: paint(color) } : { fill: paint(color), stroke: paint("paper"), "stroke-width": 1 };
}

/** A shape at a spot, with an SVG `title` inside, or "". */
export function drawShape(shape: MarkerShape, size: number, [cx, cy]: Spot, look: ShapeLook, title: string): string {
  if (shape === "circle") return element("circle", { class: "marker", cx, cy, r: size / 2, ...look }, title);
  const transform = `translate(${round(cx)} ${round(cy)})`;
  return element("path", { class: "marker", d: shapePath(shape, size), transform, ...look }, title);
}

/** The outline of a shape about the origin; all shapes of one size have the area of a circle of that diameter. */
export const shapePath = (shape: MarkerShape, size: number): string =>
  symbol(symbols[shape], (Math.PI / 4) * size ** 2).digits(1)() ?? "";
