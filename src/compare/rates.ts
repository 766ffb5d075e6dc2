/**
 * The search for a learning rate. Every optimizer searches the same lattice, four rates to the decade, starting from the rate
 * that its authors propose: in half decades towards lower loss until the best lies between two worse ones, then the quarter
 * decades beside it; the rest of the budget widens the range. So all get the same number of trials, and none is punished for
 * a default that is far off.
 */

/** A learning rate that was tried. */
export interface TriedRate {
  /** Its place in the lattice; see `rateAt`. */
  readonly place: number;
  /** The loss that it led to; null if the run diverged. */
  readonly loss: number | null;
}

const MANTISSAS = ["1", "1.8", "3.2", "5.6"];

/** The learning rate at a place in the lattice, a whole number: 10^(place/4), to two digits. */
export function rateAt(place: number): number {
  const decade = Math.floor(place / 4);
  return Number(`${MANTISSAS[place - 4 * decade]}e${decade}`);
}

/** The place in the lattice nearest to a learning rate; that of 0.01 for a rate of 0. */
export const placeOf = (rate: number): number => Math.round(4 * Math.log10(rate > 0 ? rate : 0.01));

/** The next place to try, given all that were tried; `start` is where the search begins. */
export function nextPlace(tried: readonly TriedRate[], start: number): number {
  if (tried.length === 0) return start;
  const losses = new Map(tried.map(({ place, loss }) => [place, loss ?? Number.POSITIVE_INFINITY]));
  const best = bestRate(tried);
  const [low, high] = [Math.min(...losses.keys()), Math.max(...losses.keys())];
  // If all diverged, only smaller rates can help.
  if (best.loss === null) return low - 2;
  const strides = (best.place - start) % 2 === 0 ? [2, 1] : [1];
  for (const stride of strides) {
    const missing = [best.place + stride, best.place - stride].filter((place) => !losses.has(place));
    const [first] =
      stride === 1 ? missing.sort((a, b) => lossBeyond(losses, a, best) - lossBeyond(losses, b, best)) : missing;
    if (first !== undefined) return first;
  }
  return widened(losses, low, high, best.place);
}

/** The learning rate with the lowest loss; the smaller one in a tie. The list must not be empty. */
export const bestRate = (tried: readonly TriedRate[]): TriedRate =>
  [...tried].sort((a, b) => (a.loss ?? Infinity) - (b.loss ?? Infinity) || a.place - b.place)[0];

/** The loss at the half decade beyond this quarter decade, which is next to the best: the better side is refined first. */
const lossBeyond = (losses: ReadonlyMap<number, number>, place: number, best: TriedRate): number =>
  losses.get(2 * place - best.place) ?? Number.POSITIVE_INFINITY;

/** A place beyond the end that is nearer to the best, unless the upper end diverged. */
function widened(losses: ReadonlyMap<number, number>, low: number, high: number, best: number): number {
  const blocked = losses.get(high) === Number.POSITIVE_INFINITY;
  return !blocked && high - best <= best - low ? high + 2 : low - 2;
}
