/** xᵀy. */
export const dot = (x: ArrayLike<number>, y: ArrayLike<number>): number => total(x, (xi, i) => xi * y[i]);

/** ‖x − y‖². */
export const squaredDistance = (x: ArrayLike<number>, y: ArrayLike<number>): number =>
  total(x, (xi, i) => (xi - y[i]) ** 2);

/** ‖x − y‖. */
export const distance = (x: ArrayLike<number>, y: ArrayLike<number>): number => Math.hypot(...differences(x, y));

/** The largest |xᵢ − yᵢ|. */
export const largestDifference = (x: ArrayLike<number>, y: ArrayLike<number>): number =>
  differences(x, y).reduce((most, difference) => Math.max(most, Math.abs(difference)), 0);

const differences = (x: ArrayLike<number>, y: ArrayLike<number>): number[] => Array.from(x, (xi, i) => xi - y[i]);

function total(x: ArrayLike<number>, of: (xi: number, i: number) => number): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += of(x[i], i);
  return sum;
}
