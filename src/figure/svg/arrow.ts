import { element, round } from "./element.ts";

type Spot = readonly [x: number, y: number];

/** A shaft with a head of 8 pixels at most; nothing where the two ends fall together. */
export function arrowPaths(from: Spot, to: Spot, color: string): string {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  if (length < 0.5) return "";
  const head = Math.min(8, length / 2);
  const [ux, uy] = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
  const corner = (side: number) => spot(to[0] - head * (ux + side * uy), to[1] - head * (uy - side * ux));
  const [start, neck, tip] = [spot(from[0], from[1]), spot(to[0] - head * ux, to[1] - head * uy), spot(to[0], to[1])];
  return [
    element("path", { d: `M${start}L${neck}`, fill: "none", stroke: color, "stroke-width": 1.8 }),
    element("path", { d: `M${tip}L${corner(0.45)}L${corner(-0.45)}Z`, fill: color }),
  ].join("");
}

const spot = (x: number, y: number): string => `${round(x)},${round(y)}`;
