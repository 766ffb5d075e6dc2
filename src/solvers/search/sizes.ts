/** A start value says nothing of a parameter's size if it is below this fraction of the largest one, and so is its effect. */
const TINY = 1e-3;

/**
 * The scale of each parameter: the largest |xⱼ| so far. So the parameters' units do not matter, and a parameter on which the
 * function hardly depends at some point does not run away from there, as it would if scaled by the columns of the Jacobian.
 *
 * A parameter that starts at 0, or is negligible beside the others, could not move on that scale. So its size is at least its
 * reach, the change of this parameter alone that the function asks for: at the start, or, with `follows`, the least so
 * far, since it may have next to no effect at the start.
 */
export interface Sizes {
  readonly largest: Float64Array;
  /** The reach of parameters with tiny starts; 0 for the others. Null before the first point. */
  floors: Float64Array | null;
}

export const sizesFor = (n: number): Sizes => ({ largest: new Float64Array(n), floors: null });

/** The sizes at a point. `reach(j)` is the change of parameter j alone that the function asks for; ∞ if it has no effect. */
export function measure(
  sizes: Sizes,
  x: Float64Array,
  reach: (j: number) => number,
  { follows }: { readonly follows: boolean },
): Float64Array {
  const { largest } = sizes;
  const reaches = x.map((_, j) => reach(j));
  sizes.floors ??= floorsAt(x, reaches);
  const { floors } = sizes;
  return x.map((entry, j) => {
    largest[j] = Math.max(largest[j], Math.abs(entry));
    const isKnown = floors[j] < Number.POSITIVE_INFINITY;
    if (reaches[j] > 0 && (follows || !isKnown)) floors[j] = Math.min(floors[j], reaches[j]);
    return usable(Math.max(largest[j], known(floors[j])));
  });
}

/** ∞ for parameters with tiny starts, until their reach is known; 0 for the others. */
function floorsAt(start: Float64Array, reaches: Float64Array): Float64Array {
  const sizes = start.map(Math.abs);
  const effects = sizes.map((size, j) => (reaches[j] > 0 ? size / reaches[j] : 0));
  const isTiny = (j: number): boolean =>
    sizes[j] === 0 || (sizes[j] <= TINY * Math.max(...sizes) && effects[j] <= TINY * Math.max(...effects));
  return start.map((_, j) => (isTiny(j) ? Number.POSITIVE_INFINITY : 0));
}

const known = (floor: number): number => (floor < Number.POSITIVE_INFINITY ? floor : 0);
const usable = (size: number): number => (size > 0 && size < Number.POSITIVE_INFINITY ? size : 1);
