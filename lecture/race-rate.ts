import { rates } from "../src/compare/index.ts";
import type { Optimizer } from "../src/optimizers/index.ts";
import type { Surface } from "../src/surfaces/index.ts";
import { minimize } from "../src/train/index.ts";
import { mean } from "./samples.ts";

export interface RateSearch {
  /** Default: the surface's own start. */
  readonly start?: readonly number[];
  /** Steps of each walk. Default 200. */
  readonly steps?: number;
  /** Where the search begins: the rate that the rule's authors propose. */
  readonly from: number;
  /** Walks that are tried. Default 16. */
  readonly trials?: number;
}

/**
 * The learning rate with which an optimizer gets down a surface best, of those on the comparison's lattice (four to the
 * decade) that the search comes to: with the lowest mean value over the second half of its walk. A walk that ends further
 * outside the surface's window than that is wide is lost, as one that diverged. Where all are, the smallest rate is taken.
 */
export function tunedRate(surface: Surface, optimizer: (lr: number) => Optimizer, search: RateSearch): number {
  const { start = surface.start, steps = 200, from, trials = 16 } = search;
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

const isFarOff = (end: Float64Array, { domain }: Surface): boolean =>
  domain.some(([low, high], i) => end[i] < 2 * low - high || end[i] > 2 * high - low);
