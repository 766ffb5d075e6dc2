import type { MarkerShape } from "../../figure/index.ts";
import type { LossSlice, PlanePath } from "../../landscape/index.ts";
import * as format from "../format.ts";
import { nameOf } from "./titles.ts";

/** What is marked in a picture of a landscape. */
export type PlaceKind = "start" | "end" | "net";

/** A marked place in a slice's plane. */
export interface MarkedPlace {
  readonly kind: PlaceKind;
  readonly x: number;
  readonly y: number;
  /** The true loss there; undefined where only the plane's is known, null where it is not finite. */
  readonly loss?: number | null;
  /** Of an end of a way: whose it is, its step and its loss, in words; of a net among several its name. */
  readonly title?: string;
}

/** One sign for each kind, the same in all pictures: in ink with a rim of paper, or open, the other way round. */
export const signs: Readonly<
  Record<PlaceKind, { readonly shape: MarkerShape; readonly size: number; readonly open: boolean }>
> = {
  start: { shape: "circle", size: 8, open: true },
  end: { shape: "circle", size: 9, open: false },
  net: { shape: "diamond", size: 10, open: false },
};

/** Where ways start and end; else the nets that a plane was laid through: in a plane of ways every end is a net, and a curve between nets has neither. */
export function placesOf({ centre, directions, paths = [], nets = [] }: LossSlice): MarkedPlace[] {
  const kind = directions[0]?.kind;
  if (kind === "trajectory" && paths.length > 0)
    return paths.flatMap((path) => [...endOf(path, "start", 0), ...endOf(path, "end", path.x.length - 1)]);
  if (nets.length > 0)
    return nets.map(({ name, x, y }) => ({
      ...{ kind: "net", x, y, title: nameOf(name) },
      ...(x === 0 && y === 0 && { loss: centre.loss }),
    }));
  const net = { kind: "net", y: 0 } as const;
  return [{ ...net, x: 0, loss: centre.loss }, ...(kind === "between" ? [{ ...net, x: 1 }] : [])];
}

function endOf({ name, x, y, loss, steps }: PlanePath, kind: PlaceKind, k: number): MarkedPlace[] {
  if (x[k] === undefined) return [];
  const [there, step] = [loss[k], steps[k]];
  const words = there === null ? "loss not finite" : `loss ${format.loss(there)}`;
  return [{ kind, x: x[k], y: y[k], loss: there, title: `${name}, step ${format.count(step)}: ${words}` }];
}

/** What the signs in some slices mean. */
export function placesWords(slices: readonly LossSlice[]): string {
  const all = slices.map(placesOf);
  const kinds = new Set(all.flat().map(({ kind }) => kind));
  const several = all.flat().filter(({ kind }) => kind === "net").length > 1;
  const net = several ? "The diamonds are the nets." : "The diamond is the net.";
  return [
    ...(kinds.has("start") ? ["An open circle is where a way starts, a filled one where it ends."] : []),
    ...(kinds.has("net") ? [net] : []),
  ].join(" ");
}
