import { type Mark, type MarkerShape, marker, way } from "../../figure/index.ts";
import type { LossSlice, PlanePath } from "../../landscape/index.ts";
import * as format from "../format.ts";

/** Ways, each in its colour at its true losses; where they start and end; and nets. The same in pictures from above and in space. */
export function placeMarks(slice: LossSlice): Mark[] {
  const { starts, ends, nets } = placesOf(slice);
  const ways = (slice.paths ?? []).map(({ name, x, y, loss }, series) => way({ x, y, z: loss, label: name, series }));
  return [
    ...ways,
    ...signs(starts, "start", { shape: "circle", size: 8, open: true }),
    ...signs(ends, "end", { shape: "circle", size: 9 }),
    ...signs(nets, "net", { shape: "diamond", size: 10 }),
  ];
}

/** In ink with a rim of paper, or the other way round: they are seen on any ground. */
function signs(
  places: readonly Place[],
  label: string,
  look: { readonly shape: MarkerShape; readonly size: number; readonly open?: boolean },
): Mark[] {
  if (places.length === 0) return [];
  const known = places.every(({ loss }) => loss !== undefined);
  return [
    marker({
      ...{ x: places.map(({ x }) => x), y: places.map(({ y }) => y), label, color: "ink", ...look },
      ...(known && { z: places.map(({ loss }) => loss ?? null) }),
      titles: places.map(({ title = label }) => title),
    }),
  ];
}

/** A place in a slice's plane. */
interface Place {
  readonly x: number;
  readonly y: number;
  /** The true loss there, if it need not be the plane's; null where it is not finite. */
  readonly loss?: number | null;
  /** What it is, in words. */
  readonly title?: string;
}

/** The places in a slice that have a mark of their own, the same in all pictures. */
interface Places {
  /** Where ways of optimizers start: open circles. */
  readonly starts: readonly Place[];
  /** Where they end: filled circles. */
  readonly ends: readonly Place[];
  /** Trained nets that the plane was laid through: diamonds. */
  readonly nets: readonly Place[];
}

/** A curve between two nets has neither start nor end; in the plane of ways every end is a net. */
export function placesOf({ directions, paths = [] }: Pick<LossSlice, "directions" | "paths">): Places {
  const kind = directions[0]?.kind;
  const isJourney = kind === "trajectory" && paths.length > 0;
  if (isJourney) return { starts: paths.flatMap(firstOf), ends: paths.flatMap(lastOf), nets: [] };
  return { starts: [], ends: [], nets: netsOf(kind) };
}

const netsOf = (kind: LossSlice["directions"][number]["kind"] | undefined): Place[] =>
  kind === "between"
    ? [
        { x: 0, y: 0 },
        { x: 1, y: 0 },
      ]
    : [{ x: 0, y: 0 }];

const firstOf = (path: PlanePath): Place[] => placeOf(path, 0);
const lastOf = (path: PlanePath): Place[] => placeOf(path, path.x.length - 1);

function placeOf({ name, x, y, loss, steps }: PlanePath, k: number): Place[] {
  if (x[k] === undefined) return [];
  const [there, step] = [loss[k], steps[k]];
  const words = there === null ? "loss not finite" : `loss ${format.loss(there)}`;
  return [{ x: x[k], y: y[k], loss: there, title: `${name}, step ${format.count(step)}: ${words}` }];
}
