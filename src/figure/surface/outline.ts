import type { Spot } from "../svg/place.ts";

/** A corner moves by at most this many times as far as the edges: a sharp one would go far. */
const MITRE = 2;

/** A convex outline with each edge moved outward by a distance: neighbours overlap, and edges in one line stay in one line. */
export function outward(spots: readonly Spot[], distance: number): Spot[] {
  const corners = spots.filter(([x, y], k) => {
    const [nextX, nextY] = spots[(k + 1) % spots.length];
    return Math.hypot(nextX - x, nextY - y) > 1e-6;
  });
  const turn = areaOf(corners) < 0 ? -1 : 1;
  const normals = corners.map(([x, y], k): Spot => {
    const [nextX, nextY] = corners[(k + 1) % corners.length];
    const length = turn * Math.hypot(nextX - x, nextY - y);
    return [(nextY - y) / length, (x - nextX) / length];
  });
  return corners.map(([x, y], k): Spot => {
    const [a, b] = [normals[(k + normals.length - 1) % normals.length], normals[k]];
    const [dx, dy] = [a[0] + b[0], a[1] + b[1]];
    const stretch = 1 / Math.max(1 + a[0] * b[0] + a[1] * b[1], 1e-6);
    const far = Math.min(stretch, MITRE / (Math.hypot(dx, dy) || 1)) * distance;
    return [x + far * dx, y + far * dy];
  });
}

/** Twice the area; negative where the corners go round the other way. */
export const areaOf = (spots: readonly Spot[]): number =>
  spots.reduce((sum, [x, y], k) => {
    const [nextX, nextY] = spots[(k + 1) % spots.length];
    return sum + x * nextY - nextX * y;
  }, 0);
