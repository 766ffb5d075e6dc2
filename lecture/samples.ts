/** The mean, and how certain it is. */
export const mean = (x: readonly number[]): number => x.reduce((total, value) => total + value, 0) / x.length;

/** The standard error of the mean of independent values. */
export function errorOfMean(x: readonly number[]): number {
  const centre = mean(x);
  const squares = x.reduce((total, value) => total + (value - centre) ** 2, 0);
  return Math.sqrt(squares / (x.length - 1) / x.length);
}

/** The standard error of the mean of a series whose neighbours resemble each other, from the means of blocks that are long against that memory. */
export function errorOfMeanInBlocks(x: readonly number[], blocks: number): number {
  const length = Math.floor(x.length / blocks);
  return errorOfMean(Array.from({ length: blocks }, (_, k) => mean(x.slice(k * length, (k + 1) * length))));
}

export interface Measured {
  readonly x: number;
  readonly y: number;
  /** The standard error of y. */
  readonly error: number;
}

export interface StraightLine {
  readonly slope: number;
  readonly slopeError: number;
  /** y at x = 0. */
  readonly intercept: number;
}

/** The straight line through measured points, each with weight 1/error² (weighted least squares). */
export function fitLine(points: readonly Measured[]): StraightLine {
  const sum = (f: (point: Measured) => number): number =>
    points.reduce((total, point) => total + f(point) / point.error ** 2, 0);
  const weight = sum(() => 1);
  const [x, y] = [sum((point) => point.x) / weight, sum((point) => point.y) / weight];
  const spread = sum((point) => (point.x - x) ** 2);
  const slope = sum((point) => (point.x - x) * (point.y - y)) / spread;
  return { slope, slopeError: 1 / Math.sqrt(spread), intercept: y - slope * x };
}
