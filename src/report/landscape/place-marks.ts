import { type Mark, marker, way } from "../../figure/index.ts";
import type { LossSlice } from "../../landscape/index.ts";
import { type PlaceKind, placesOf, signs } from "./places.ts";

/** Ways, each in its colour at its true losses; where they start and end; and nets. The same from above and in space. */
export function placeMarks(slice: LossSlice): Mark[] {
  const ways = (slice.paths ?? []).map(({ name, x, y, loss }, series) => way({ x, y, z: loss, label: name, series }));
  return [...ways, ...(["start", "end", "net"] as const).flatMap((kind) => signMarks(slice, kind))];
}

/** In ink with a rim of paper, or the other way round: they are seen on any ground. */
function signMarks(slice: LossSlice, kind: PlaceKind): Mark[] {
  const places = placesOf(slice).filter((place) => place.kind === kind);
  if (places.length === 0) return [];
  const known = places.every(({ loss }) => loss !== undefined);
  return [
    marker({
      ...{ x: places.map(({ x }) => x), y: places.map(({ y }) => y), label: kind, color: "ink", ...signs[kind] },
      ...(known && { z: places.map(({ loss }) => loss ?? null) }),
      titles: places.map(({ title = kind }) => title),
    }),
  ];
}
