import * as format from "../format.ts";
import type { LiveLandscape } from "./live-landscape.ts";

/** What surfaces are coloured by. */
export type Coloring = "loss" | "accuracy" | "curvature";

/** How surfaces are shown. */
export interface Shown {
  readonly scale: "linear" | "log";
  /** The loss at which surfaces are cut off. */
  readonly ceiling: number;
  readonly coloring: Coloring;
}

/** What height and colour mean, and what cannot be seen: a reader of the picture must be told. */
export const heightWords = (shown: Shown, landscape: LiveLandscape): string =>
  [
    ...(landscape.slices.length > 1 ? ["The surfaces share one scale of heights and colours."] : []),
    meaning(shown),
    ...cutWords(shown, landscape),
  ].join(" ");

function meaning({ coloring, scale }: Shown): string {
  const how = scale === "log" ? ", on a log scale" : "";
  if (coloring === "loss") return `Height and colour are the loss${how}.`;
  const color =
    coloring === "accuracy"
      ? "the accuracy"
      : "|λmin ÷ λmax| of the Hessian, which is near 0 where the loss is nearly convex";
  return `Height is the loss${how}; colour is ${color}.`;
}

/** Losses in a page are rounded: one that is higher by less than this part is at the ceiling. */
const ROUNDING = 1e-5;

function cutWords({ ceiling }: Shown, { slices }: LiveLandscape): string[] {
  const above = (loss: number | null): boolean => loss !== null && loss - ceiling > ROUNDING * Math.abs(ceiling);
  const surface = slices.some(({ loss }) => loss.some((row) => row.some(above)));
  const way = slices.some(({ paths }) => paths.some(({ loss }) => loss.some(above)));
  if (!surface && !way) return [];
  const ways = way ? (surface ? ", and so are the ways that lead there" : ": ways lead there") : "";
  return [`What is above ${format.loss(ceiling)} is cut off${ways}.`];
}
