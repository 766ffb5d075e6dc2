import { hasGround, isInSpace } from "../extent.ts";
import { kindOf } from "../kinds.ts";
import type { Tick } from "../ticks.ts";
import { element, round as place } from "./element.ts";
import { sizes } from "./measure.ts";
import { type PlacedPanel, TITLE_GAP } from "./panel.ts";
import type { Paint } from "./theme.ts";
import { words } from "./words.ts";

/** Grid, axis lines, ticks and names of a panel; coordinates are those of its plot. */
export function drawAxes(placed: PlacedPanel, paint: Paint): string {
  if (isInSpace(placed.panel)) return element("g", { class: "axes" }, heading(placed, paint));
  return element(
    "g",
    { class: "axes", fill: paint("muted"), "font-size": sizes.tick },
    hasGround(placed.panel) ? "" : gridLines(placed, paint),
    ...placed.x.ticks.map((tick) => xTick(placed, tick, paint)),
    ...placed.y.ticks.map((tick) => yTick(placed, tick)),
    names(placed, paint),
  );
}

/** Across the direction in which values are read: horizontal lines, or vertical ones beside names on the y axis. */
function gridLines({ panel, plot, x, y }: PlacedPanel, paint: Paint): string {
  const sideways = panel.y.scale === "band";
  const places = (sideways ? x : y).ticks.map(({ value }) => (sideways ? x : y).at(value) ?? 0);
  const path = places.map((p) =>
    sideways ? `M${place(p)},0V${place(plot.height)}` : `M0,${place(p)}H${place(plot.width)}`,
  );
  if (path.length === 0) return "";
  return element("path", {
    class: "grid",
    d: path.join(""),
    stroke: paint("grid"),
    fill: "none",
    "shape-rendering": "crispEdges",
  });
}

function xTick({ plot, x, slanted }: PlacedPanel, { value, label }: Tick, paint: Paint): string {
  const at = x.at(value) ?? 0;
  const turn = slanted ? `rotate(-40 ${place(at)} ${place(plot.height + 12)})` : undefined;
  const anchor = slanted ? "end" : "middle";
  const word = words({ x: at, y: plot.height + (slanted ? 16 : 18), "text-anchor": anchor, transform: turn }, label);
  if (typeof value === "string") return word;
  return (
    word +
    element("path", { d: `M${place(at)},${place(plot.height)}v4`, stroke: paint("muted"), "stroke-opacity": 0.6 })
  );
}

const yTick = ({ y }: PlacedPanel, { value, label }: Tick): string =>
  words({ x: -8, y: (y.at(value) ?? 0) + 3.8, "text-anchor": "end" }, label);

function heading({ title, note, cell, plot }: PlacedPanel, paint: Paint): string {
  const [x, top] = [cell.x - plot.x, cell.y - plot.y];
  const bold = { fill: paint("ink"), "font-size": sizes.panel, "font-weight": 600 };
  const plain = { fill: paint("muted"), "font-size": sizes.label };
  return [...title.map((line) => ({ line, look: bold })), ...note.map((line) => ({ line, look: plain }))]
    .map(({ line, look }, i) => words({ x, y: top + 12 + TITLE_GAP * i, ...look }, line))
    .join("\n");
}

/** The y axis' name stands level above its numbers, where it can be read without turning the head. */
function names(placed: PlacedPanel, paint: Paint): string {
  const { panel, cell, plot } = placed;
  const left = cell.x - plot.x;
  const bottom = cell.y + cell.height - plot.y;
  const name = { "font-size": sizes.label };
  return [
    heading(placed, paint),
    panel.y.label ? words({ x: left, y: -11, ...name }, panel.y.label) : "",
    panel.x.label ? words({ x: plot.width / 2, y: bottom - 3, "text-anchor": "middle", ...name }, panel.x.label) : "",
  ]
    .filter((word) => word !== "")
    .join("\n");
}

/** The x axis' line; around a mark that covers the plot, a frame. */
export function drawFrame({ panel, plot, y }: PlacedPanel, paint: Paint): string {
  if (isInSpace(panel)) return "";
  const { width, height } = plot;
  const onZero = panel.y.scale === "linear" && panel.marks.some((mark) => kindOf(mark).onZero);
  const foot = onZero ? y.base : height;
  const path = hasGround(panel) ? `M0,0H${place(width)}V${place(height)}H0Z` : `M0,${place(foot)}H${place(width)}`;
  const side = panel.y.scale === "band" ? `M0,0V${place(height)}` : path;
  return element("path", {
    class: "frame",
    d: side,
    stroke: paint("muted"),
    "stroke-opacity": 0.6,
    fill: "none",
    "shape-rendering": "crispEdges",
  });
}
