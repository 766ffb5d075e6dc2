/** A start is no measure of a parameter where it is less than this part of the largest, in itself and in its effect. */
const TINY = 1e-3;

/**
 * What a change of each parameter is measured by: the largest |xⱼ| that it has had. So the units of the parameters do not
 * matter, and one on which the function hardly depends at a place does not run away from there, as it does where the
 * columns of the Jacobian are the measure.
 *
 * A parameter that starts at 0, or as good as 0 beside the others, would have no room. Its measure is at least how far it
 * would have to go by itself: at the start, or, where `follows`, at the place where that was least, as where it starts it
 * may have next to no effect.
 */
export class Sizes {
  readonly values: Float64Array;
  readonly #largest: Float64Array;
  readonly #follows: boolean;
  /** How far parameters with tiny starts would have to go by themselves; 0 for the others. */
  #floors: Float64Array | undefined;

  constructor(n: number, { follows }: { readonly follows: boolean }) {
    this.values = new Float64Array(n);
    this.#largest = new Float64Array(n);
    this.#follows = follows;
  }

  /** `alone(j)` is how far parameter j would have to go by itself; ∞ where it has no effect. */
  update(x: Float64Array, alone: (j: number) => number): void {
    const ways = x.map((_, j) => alone(j));
    this.#floors ??= floorsAt(x, ways);
    for (let j = 0; j < x.length; j++) {
      this.#largest[j] = Math.max(this.#largest[j], Math.abs(x[j]));
      const seen = this.#floors[j] < Number.POSITIVE_INFINITY;
      if (ways[j] > 0 && (this.#follows || !seen)) this.#floors[j] = Math.min(this.#floors[j], ways[j]);
      this.values[j] = usable(Math.max(this.#largest[j], known(this.#floors[j])));
    }
  }
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
