import { type Mark, marker, way } from "../../figure/index.ts";
import type { LossSlice } from "../../landscape/index.ts";
import { type MarkedPlace, type PlaceKind, placesOf, signs } from "./places.ts";

/** Ways, each in its colour at its true losses; where they start and end; and nets. The same from above and in space. */
export function placeMarks(slice: LossSlice): Mark[] {
  const places = placesOf(slice);
  const ways = (slice.paths ?? []).map(({ name, x, y, loss }, series) => way({ x, y, z: loss, label: name, series }));
  return [
    ...ways,
    ...(["start", "end", "net"] as const).flatMap((kind) =>
      signsAt(
        kind,
        places.filter((place) => place.kind === kind),
      ),
    ),
  ];
}

/** In ink with a rim of paper, or the other way round: they are seen on any ground. A net whose loss is not known lies on the surface. */
function signsAt(kind: PlaceKind, places: readonly MarkedPlace[]): Mark[] {
  if (places.length === 0) return [];
  const { open, ...look } = signs[kind];
  const known = places.every(({ loss }) => loss !== undefined);
  return [
    marker({
      ...{ x: places.map(({ x }) => x), y: places.map(({ y }) => y), label: kind, color: "ink", ...look },
      ...(open && { open }),
      ...(known && { z: places.map(({ loss }) => loss ?? null) }),
    }),
  ];
}
