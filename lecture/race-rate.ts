import { rates } from "../src/compare/index.ts";
import type { Optimizer } from "../src/optimizers/index.ts";
import type { Surface } from "../src/surfaces/index.ts";
import { minimize } from "../src/train/index.ts";
import { isObject, need } from "./door.ts";
import { checkSurface } from "./race.ts";
import { mean } from "./samples.ts";

/** How `tunedRate` searches for a learning rate. */
export interface RateSearch {
  /** The start of all walks. Default: the surface's own. */
  readonly start?: readonly number[];
  /** Steps of each walk. Default 200. */
  readonly steps?: number;
  /** Where the search begins: the rate that the rule's authors propose. */
  readonly from: number;
  /** The number of learning rates to try. Default 16. */
  readonly trials?: number;
}

/**
 * The learning rate with which an optimizer gets down a surface best: of the rates that are tried on the comparison's
 * lattice (four to the decade), the one with the lowest mean value over the second half of its walk. A walk that ends
 * outside the surface's window by more than the window's width is lost, like one that diverged. If all are lost, the
 * smallest rate is returned.
 */
export function tunedRate(surface: Surface, optimizer: (lr: number) => Optimizer, search: RateSearch): number {
  checkSurface("tunedRate", surface);
  need(typeof optimizer === "function", "tunedRate: the optimizer", optimizer, "a function: (lr) => adam({ lr })");
  need(isObject(search), "tunedRate: the search", search, "an object: { from: 0.01 }");
  const { start = surface.start, steps = 200, from, trials = 16 } = search;
  need(from > 0 && Number.isFinite(from), "tunedRate: from", from, "a learning rate above 0");
  need(Number.isInteger(trials) && trials > 0 && trials <= MOST_TRIALS, "tunedRate: trials", trials, WORDS);
  const begin = rates.placeOf(from);
  const tried: rates.TriedRate[] = [];
  while (tried.length < trials) {
    const place = rates.nextPlace(tried, begin);
    const { values, points } = minimize(surface, { optimizer: optimizer(rates.rateAt(place)), start, steps });
    const half = values.subarray(values.length >> 1);
    const loss = mean([...half]);
    const isLost =
      !Number.isFinite(loss) || values.length <= steps || isFarOff(points.subarray(-start.length), surface);
    tried.push({ place, loss: isLost ? null : loss });
  }
  return rates.rateAt(rates.bestRate(tried).place);
}

const MOST_TRIALS = 100;
const WORDS = `a whole number from 1 to ${MOST_TRIALS}`;

const isFarOff = (end: Float64Array, { domain }: Surface): boolean =>
  domain.some(([low, high], i) => end[i] < 2 * low - high || end[i] > 2 * high - low);
