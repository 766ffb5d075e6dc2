/** φ and φ′ at a step length α. */
export interface Sample {
  readonly alpha: number;
  readonly value: number;
  readonly slope: number;
}

/** The interval for the next trial. */
export interface Limits {
  readonly least: number;
  readonly most: number;
}

/**
 * The state of a line search: `low` is the best sample so far, from which φ falls towards `other`. Once `closed`, a minimum
 * lies between them. Moré & Thuente 1994, Line search algorithms with guaranteed sufficient decrease, section 4.
 */
export class Bracket {
  low: Sample;
  other: Sample;
  closed = false;

  constructor(start: Sample) {
    this.low = start;
    this.other = start;
  }

  get width(): number {
    return Math.abs(this.other.alpha - this.low.alpha);
  }

  /** Adds a trial and returns the next α to try. `tilt` is subtracted from all slopes, so that ψ(α) = φ(α) − α·tilt is searched. */
  take(trial: Sample, limits: Limits, tilt = 0): number {
    const [low, now, other] = [this.low, trial, this.other].map((sample) => tilted(sample, tilt));
    const next = choose(low, now, other, this.closed, limits);
    const climbs = now.value > low.value;
    if (climbs) this.other = trial;
    else {
      if (now.slope * low.slope < 0) this.other = this.low;
      this.low = trial;
    }
    this.closed ||= climbs || now.slope * low.slope < 0;
    return next;
  }
}

const tilted = ({ alpha, value, slope }: Sample, tilt: number): Sample => ({
  alpha,
  value: value - alpha * tilt,
  slope: slope - tilt,
});

/** The next α, from the best sample, the trial and, once the bracket is closed, its other end. */
function choose(low: Sample, trial: Sample, other: Sample, closed: boolean, limits: Limits): number {
  if (trial.value > low.value) return climbed(low, trial);
  if (trial.slope * low.slope < 0) return passed(low, trial);
  if (Math.abs(trial.slope) <= Math.abs(low.slope)) return flattened(low, trial, closed ? other : undefined, limits);
  if (closed) return minimumOfCubic(trial, other);
  return trial.alpha > low.alpha ? limits.most : limits.least;
}

/** φ still falls, but less steeply: the cubic's minimum, if it lies ahead, or the secant's; not too near the other end. */
function flattened(low: Sample, trial: Sample, other: Sample | undefined, { least, most }: Limits): number {
  const forward = trial.alpha > low.alpha;
  const bottom = minimumOfCubic(low, trial);
  const cubic = (forward ? bottom > trial.alpha : bottom < trial.alpha) ? bottom : forward ? most : least;
  const secant = zeroOfSecant(low, trial);
  const cubicIsNearer = Math.abs(cubic - trial.alpha) < Math.abs(secant - trial.alpha);
  if (other === undefined) return Math.min(most, Math.max(least, cubicIsNearer ? secant : cubic));
  const nearer = cubicIsNearer ? cubic : secant;
  const furthest = trial.alpha + 0.66 * (other.alpha - trial.alpha);
  return forward ? Math.min(furthest, nearer) : Math.max(furthest, nearer);
}

/** φ is higher at the trial: the cubic's minimum, or the point half-way to the parabola's if that is nearer to `low`. */
function climbed(low: Sample, trial: Sample): number {
  const cubic = minimumOfCubic(low, trial);
  const parabola = minimumOfParabola(low, trial);
  if (Number.isNaN(cubic)) return parabola;
  return Math.abs(cubic - low.alpha) < Math.abs(parabola - low.alpha) ? cubic : (cubic + parabola) / 2;
}

/** φ′ changed its sign, so the minimum lies between: of two guesses, the one further from the trial. */
function passed(low: Sample, trial: Sample): number {
  const cubic = minimumOfCubic(low, trial);
  const secant = zeroOfSecant(low, trial);
  return Math.abs(cubic - trial.alpha) > Math.abs(secant - trial.alpha) ? cubic : secant;
}

/** The minimum of the cubic with these values and slopes; NaN if it has none. Nocedal & Wright 2006, (3.59). */
export function minimumOfCubic(a: Sample, b: Sample): number {
  const d1 = a.slope + b.slope - (3 * (a.value - b.value)) / (a.alpha - b.alpha);
  // Divided by the largest, so that squares do not overflow.
  const scale = Math.max(Math.abs(d1), Math.abs(a.slope), Math.abs(b.slope));
  const root = scale * Math.sqrt((d1 / scale) ** 2 - (a.slope / scale) * (b.slope / scale));
  const d2 = b.alpha > a.alpha ? root : -root;
  return b.alpha - (b.alpha - a.alpha) * ((b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2));
}

/** The minimum of the parabola with a's value and slope and b's value. */
export function minimumOfParabola(a: Sample, b: Sample): number {
  const step = b.alpha - a.alpha;
  return a.alpha - (a.slope * step) / (2 * ((b.value - a.value) / step - a.slope));
}

const zeroOfSecant = (a: Sample, b: Sample): number => b.alpha - (b.slope * (b.alpha - a.alpha)) / (b.slope - a.slope);
