/** A start is no measure of a parameter where it is less than this part of the largest, in itself and in its effect. */
const TINY = 1e-3;

/**
 * What a change of each parameter is measured by: the largest |xⱼ| that it has had. So the units of the parameters do not
 * matter, and one on which the function hardly depends at a place does not run away from there, as it does where the
 * columns of the Jacobian are the measure.
 *
 * A parameter that starts at 0, or as good as 0 beside the others, would have no room. Its measure is at least how far it
 * would have to go by itself: at the start, or, where it `follows`, at the place where that was least, as where it starts it
 * may have next to no effect.
 */
export interface Sizes {
  readonly largest: Float64Array;
  /** How far parameters with tiny starts would have to go by themselves; 0 for the others. None before the first place. */
  floors: Float64Array | null;
}

export const sizesFor = (n: number): Sizes => ({ largest: new Float64Array(n), floors: null });

/** The sizes at a place. `alone(j)` is how far parameter j would have to go by itself; ∞ where it has no effect. */
export function measure(
  sizes: Sizes,
  x: Float64Array,
  alone: (j: number) => number,
  { follows }: { readonly follows: boolean },
): Float64Array {
  const { largest } = sizes;
  const ways = x.map((_, j) => alone(j));
  sizes.floors ??= floorsAt(x, ways);
  const { floors } = sizes;
  return x.map((entry, j) => {
    largest[j] = Math.max(largest[j], Math.abs(entry));
    const seen = floors[j] < Number.POSITIVE_INFINITY;
    if (ways[j] > 0 && (follows || !seen)) floors[j] = Math.min(floors[j], ways[j]);
    return usable(Math.max(largest[j], known(floors[j])));
  });
}

/** ∞ for parameters with tiny starts, until their ways are seen; 0 for the others. */
function floorsAt(start: Float64Array, ways: Float64Array): Float64Array {
  const sizes = start.map(Math.abs);
  const effects = sizes.map((size, j) => (ways[j] > 0 ? size / ways[j] : 0));
  const isTiny = (j: number): boolean =>
    sizes[j] === 0 || (sizes[j] <= TINY * Math.max(...sizes) && effects[j] <= TINY * Math.max(...effects));
  return start.map((_, j) => (isTiny(j) ? Number.POSITIVE_INFINITY : 0));
}

const known = (floor: number): number => (floor < Number.POSITIVE_INFINITY ? floor : 0);
const usable = (size: number): number => (size > 0 && size < Number.POSITIVE_INFINITY ? size : 1);
