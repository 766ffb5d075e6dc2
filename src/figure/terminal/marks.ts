import type {
  ArrowMark,
  BarMark,
  ContourMark,
  LineMark,
  Mark,
  MarkerMark,
  MarkerShape,
  RuleMark,
  TextMark,
} from "../description.ts";
import { lastPoint } from "../ends.ts";
import { isolines } from "../isolines.ts";
import { colorOf, shapeOf } from "../palette.ts";
import { seriesColor } from "../series.ts";
import { ansiOf } from "./ansi.ts";
import { cellWidth } from "./cells.ts";
import { type Plot, put, type Spot, spotOf, stroke, write } from "./plot.ts";
import { DOTS } from "./screen.ts";

/** Everything but words, which come last. Bands are left out: at four dots to a line of text they would hide the curves. */
export function drawMark(mark: Mark, plot: Plot): void {
  if (mark.kind === "contour") drawContour(mark, plot);
  else if (mark.kind === "line") drawLine(mark, plot);
  else if (mark.kind === "bar") drawBars(mark, plot);
  else if (mark.kind === "rule") drawRule(mark, plot);
  else if (mark.kind === "arrow") drawArrow(mark, plot);
  else if (mark.kind === "marker") drawMarkers(mark, plot);
}

function drawLine(mark: LineMark, plot: Plot): void {
  const color = ansiOf(seriesColor(mark));
  const spots = mark.points.map((point) => spotOf(point, plot));
  spots.forEach((to, i) => {
    const from = spots[i - 1] ?? to;
    if (from && to) stroke(plot, from, to, color);
  });
  if (mark.diverged) put(plot, spotOf(lastPoint(mark) ?? [null, null], plot), "×", color);
}

/** At most so many contour lines: more would fill the plot. */
const CONTOURS = 6;

/** Contour lines as rows of single dots. The edges along which rings are closed are not drawn. */
function drawContour(mark: ContourMark, plot: Plot): void {
  const every = Math.ceil(mark.levels.length / CONTOURS);
  const grounds = isolines(mark).filter((_, i) => i % every === 0);
  for (const ring of grounds.flatMap(({ rings }) => rings))
    ring.forEach((corner, i) => {
      const [from, to] = [spotOf(ring[Math.max(0, i - 1)], plot), spotOf(corner, plot)];
      if (from && to && !alongEdge(from, to, plot)) stroke(plot, from, to, ansiOf("muted"), 3);
    });
}

const alongEdge = ([x, y]: Spot, to: Spot, { width, height }: Plot): boolean =>
  (x === to[0] && (x < 1 || x > width - 2)) || (y === to[1] && (y < 1 || y > height - 2));

/** Whole cells across, so that all bars are equally thick; lengths are in dots. */
function drawBars(mark: BarMark, plot: Plot): void {
  const { x, y } = plot;
  const color = ansiOf(seriesColor(mark));
  for (const spot of mark.points.map((point) => spotOf(point, plot))) {
    if (spot === null) continue;
    const [along, across] = y.band > 0 ? [0, 1] : [1, 0];
    const [first, end] = wholeCells(spot[across], y.band || x.band || DOTS[0], DOTS[across]);
    const base = y.band > 0 ? x.base : y.base;
    for (let at = first; at < end; at++) {
      const [from, to]: Spot[] =
        y.band > 0
          ? [
              [base, at],
              [spot[along], at],
            ]
          : [
              [at, base],
              [at, spot[along]],
            ];
      stroke(plot, from, to, color);
    }
  }
}

/** The dots of the whole cells about a middle, at least of one. */
function wholeCells(middle: number, width: number, cell: number): readonly [number, number] {
  const count = Math.max(1, Math.round(width / cell));
  const first = Math.floor(middle / cell) - Math.floor((count - 1) / 2);
  return [first * cell, (first + count) * cell];
}

function drawRule(mark: RuleMark, plot: Plot): void {
  const at = (mark.axis === "x" ? plot.x : plot.y).at(mark.at);
  if (at === null) return;
  const [from, to]: Spot[] =
    mark.axis === "x"
      ? [
          [at, 0],
          [at, plot.height],
        ]
      : [
          [0, at],
          [plot.width, at],
        ];
  const color = ansiOf(colorOf(mark, "muted"));
  stroke(plot, from, to, color, 2);
  if (!mark.text) return;
  const room = cellWidth(mark.text) * DOTS[0];
  write(plot, mark.axis === "x" ? [at + 3, 0] : [plot.width - room, at - DOTS[1]], mark.text, color);
}

function drawArrow(mark: ArrowMark, plot: Plot): void {
  const [from, to] = [spotOf(mark.from, plot), spotOf(mark.to, plot)];
  if (from === null || to === null) return;
  const color = ansiOf(colorOf(mark));
  stroke(plot, from, to, color);
  // Eight directions, from the right counter-clockwise; rows grow downwards.
  const eighth = Math.round((Math.atan2(from[1] - to[1], to[0] - from[0]) * 4) / Math.PI) & 7;
  put(plot, to, "→↗↑↖←↙↓↘"[eighth], color);
}

export const SHAPES: Readonly<Record<MarkerShape, string>> = {
  circle: "●",
  square: "■",
  triangle: "▲",
  diamond: "◆",
  plus: "+",
  star: "★",
  times: "×",
  "triangle-down": "▼",
};

function drawMarkers(mark: MarkerMark, plot: Plot): void {
  const { shape = shapeOf(mark), size = 7 } = mark;
  const color = ansiOf(colorOf(mark));
  for (const point of mark.points) {
    const spot = spotOf(point, plot);
    if (spot && size < 6) stroke(plot, spot, spot, color);
    else put(plot, spot, SHAPES[shape], color);
  }
}

export function drawText(mark: TextMark, plot: Plot): void {
  const spot = spotOf(mark.at, plot);
  if (spot === null) return;
  const share = { start: 0, middle: 0.5, end: 1 }[mark.anchor];
  const aside = Math.sign(mark.shift[0]) * DOTS[0];
  write(plot, [spot[0] + aside - share * cellWidth(mark.text) * DOTS[0], spot[1]], mark.text, ansiOf(colorOf(mark)));
}
