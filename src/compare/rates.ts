/**
 * The search for a learning rate. Every optimizer walks on the same lattice, four rates to the decade, from the rate that
 * its authors propose: in half decades towards the lower cost until the best lies between two worse ones, then the
 * quarter decades beside it, and what is left of the budget widens the picture. So all get the same number of trials,
 * and none is punished for a default that is far off.
 */

/** A rate that was tried; `loss` is null where it diverged. */
export interface TriedRate {
  readonly place: number;
  readonly loss: number | null;
}

const MANTISSAS = ["1", "1.8", "3.2", "5.6"];

/** The rate at a place of the lattice: 10^(place/4), to two digits. */
export function rateAt(place: number): number {
  const decade = Math.floor(place / 4);
  return Number(`${MANTISSAS[place - 4 * decade]}e${decade}`);
}

/** The place nearest to a rate; 0.01's where the rate is 0. */
export const placeOf = (rate: number): number => Math.round(4 * Math.log10(rate > 0 ? rate : 0.01));

/** Where to try next; `start` is where the search began, or begins. */
export function nextPlace(tried: readonly TriedRate[], start: number): number {
  if (tried.length === 0) return start;
  const losses = new Map(tried.map(({ place, loss }) => [place, loss ?? Number.POSITIVE_INFINITY]));
  const best = bestRate(tried);
  const [low, high] = [Math.min(...losses.keys()), Math.max(...losses.keys())];
  // Where all diverge, only smaller rates can help.
  if (best.loss === null) return low - 2;
  const strides = (best.place - start) % 2 === 0 ? [2, 1] : [1];
  for (const stride of strides) {
    const missing = [best.place + stride, best.place - stride].filter((place) => !losses.has(place));
    const [first] =
      stride === 1 ? missing.sort((a, b) => besides(losses, a, best) - besides(losses, b, best)) : missing;
    if (first !== undefined) return first;
  }
  return wider(losses, low, high, best.place);
}

/** The lowest cost; of equals, the smaller rate. */
export const bestRate = (tried: readonly TriedRate[]): TriedRate =>
  [...tried].sort((a, b) => (a.loss ?? Infinity) - (b.loss ?? Infinity) || a.place - b.place)[0];

/** The cost at the half decade beyond a quarter decade beside the best: the better side is refined first. */
const besides = (losses: ReadonlyMap<number, number>, place: number, best: TriedRate): number =>
  losses.get(2 * place - best.place) ?? Number.POSITIVE_INFINITY;

/** Beyond the end that is nearer to the best, unless it diverged there. */
function wider(losses: ReadonlyMap<number, number>, low: number, high: number, best: number): number {
  const blocked = losses.get(high) === Number.POSITIVE_INFINITY;
  return !blocked && high - best <= best - low ? high + 2 : low - 2;
}
