import type { Spot } from "./place.ts";

/** `null` where the line is broken. */
export type Place = Spot | null;

/** With more points than this in a column of pixels, drawing fewer looks the same. */
const CROWD = 4;

/**
 * Leaves out points that cannot be seen: where more than four points in a row share a column of pixels, only the first, the
 * lowest, the highest and the last are kept (Jugel et al., "M4", VLDB 2014). A line that runs back and forth keeps its
 * turns, for it leaves the column and begins another row.
 */
export function thin(places: readonly Place[]): Place[] {
  const kept: Place[] = [];
  for (let start = 0; start < places.length; ) {
    const end = endOfColumn(places, start);
    const column = places.slice(start, end);
    kept.push(...(column.length > CROWD ? outline(column) : column));
    start = end;
  }
  return kept;
}

function endOfColumn(places: readonly Place[], start: number): number {
  const first = places[start];
  let end = start + 1;
  while (first && end < places.length && sameColumn(first, places[end])) end++;
  return end;
}

const sameColumn = (first: Spot, place: Place): boolean =>
  place !== null && Math.floor(place[0]) === Math.floor(first[0]);

function outline(column: readonly Place[]): Place[] {
  const heights = column.map((place) => place?.[1] ?? 0);
  const lowest = heights.reduce((best, y, i) => (y > heights[best] ? i : best), 0);
  const highest = heights.reduce((best, y, i) => (y < heights[best] ? i : best), 0);
  return column.filter((_, i) => i === 0 || i === column.length - 1 || i === lowest || i === highest);
}
