import type { MarkerShape } from "../../figure/index.ts";
import type { LossSlice } from "../../landscape/index.ts";
import { listed } from "../phrases.ts";

/** What is marked in a picture of a landscape. */
export type PlaceKind = "start" | "end" | "net";

/** A marked place in a slice's plane. */
export interface MarkedPlace {
  readonly kind: PlaceKind;
  readonly x: number;
  readonly y: number;
  /** The true loss there; undefined for a net of which only the slice's is known, null where it is not finite. */
  readonly loss?: number | null;
  /** Of the start and the end of a way: its number, and so its colour's. */
  readonly way?: number;
}

/** One shape for each kind, in all pictures. */
export const placeShapes: Readonly<Record<PlaceKind, MarkerShape>> = { start: "circle", end: "diamond", net: "plus" };

/** Nets as close as this to the end of a way, as a share of the window, are its end: one mark is enough. */
const SAME = 1e-3;

/** The nets that a slice goes through, and both ends of each way where no net is. */
export function placesOf(slice: LossSlice): MarkedPlace[] {
  const nets: MarkedPlace[] = [
    { kind: "net", x: 0, y: 0, loss: slice.centre.loss },
    ...(slice.directions[0]?.kind === "between" ? [{ kind: "net", x: 1, y: 0 } as const] : []),
  ];
  const wide = (nodes: readonly number[]): number => nodes[nodes.length - 1] - nodes[0] || 1;
  const isNet = ({ x, y }: MarkedPlace): boolean =>
    nets.some((net) => Math.hypot((x - net.x) / wide(slice.x), (y - net.y) / wide(slice.y)) < SAME);
  const ends = (slice.paths ?? []).flatMap(({ x, y, loss }, way): MarkedPlace[] => {
    const last = x.length - 1;
    if (last < 0) return [];
    return [
      { kind: "start", x: x[0], y: y[0], loss: loss[0], way },
      { kind: "end", x: x[last], y: y[last], loss: loss[last], way },
    ];
  });
  return [...ends.filter((end) => !isNet(end)), ...nets];
}

/** What the marks mean: "The cross is the net; a circle is where a way starts, a diamond where it ends." */
export function placesWords(slices: readonly LossSlice[]): string {
  const all = slices.map(placesOf);
  const kinds = new Set(all.flat().map(({ kind }) => kind));
  const several = all.some((places) => places.filter(({ kind }) => kind === "net").length > 1);
  const nets = several ? "The crosses are the nets" : `The cross is ${slices.length > 1 ? "each" : "the"} net`;
  const ways = [
    ...(kinds.has("start") ? ["a circle is where a way starts"] : []),
    ...(kinds.has("end") ? ["a diamond is where it ends"] : []),
  ];
  return ways.length === 0 ? `${nets}.` : `${nets}; ${listed(ways)}.`;
}
