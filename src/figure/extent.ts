import type { Coordinate, Mark, Panel } from "./description.ts";
import { type Domain, domainOf } from "./scale.ts";

/** The domains of a panel's axes: those it names, or such that all its marks fit. */
export function domainsOf(panel: Panel): { x: Domain; y: Domain } {
  const surface = panel.marks.some((mark) => mark.kind === "contour");
  const points = panel.marks.some((mark) => mark.kind === "marker" || mark.kind === "text");
  const x = panel.marks.flatMap((mark) => reach(mark, "x", panel));
  const y = panel.marks.flatMap((mark) => reach(mark, "y", panel));
  return {
    x: domainOf(panel.x, x, surface ? 0 : points ? 0.03 : 0),
    y: domainOf(panel.y, y, surface ? 0 : 0.05),
  };
}

/** The places along one axis that a mark wants to be seen. */
function reach(mark: Mark, axis: "x" | "y", panel: Panel): readonly Coordinate[] {
  const i = axis === "x" ? 0 : 1;
  switch (mark.kind) {
    case "line":
    case "marker":
      return mark.points.map((point) => point[i]);
    case "bar": {
      const lengths = panel[axis].scale === "linear" ? [0] : [];
      return [...lengths, ...mark.points.map((point) => point[i])];
    }
    case "band":
      return axis === "x" ? mark.points.map((point) => point[0]) : mark.points.flatMap(([, lo, hi]) => [lo, hi]);
    case "contour":
      return mark.grid[axis];
    case "arrow":
      return [mark.from[i], mark.to[i]];
    case "text":
      return [mark.at[i]];
    case "rule":
      return mark.axis === axis ? [mark.at] : [];
  }
}
