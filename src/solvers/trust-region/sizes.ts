/**
 * What a change of each parameter is measured by: the largest |xⱼ| that it has had. So the units of the parameters do not
 * matter, and one on which the function hardly depends at a place does not run away from there, as it does where the
 * columns of the Jacobian are the measure.
 */
export class Sizes {
  readonly values: Float64Array;

  constructor(n: number) {
    this.values = new Float64Array(n);
  }

  /** `alone(j)` is a size for a parameter that is 0 at the start: how far it would have to go by itself. */
  update(x: Float64Array, alone: (j: number) => number): void {
    for (let j = 0; j < x.length; j++) this.values[j] = Math.max(this.values[j], Math.abs(x[j])) || usable(alone(j));
  }
}

const usable = (size: number): number => (size > 0 && size < Number.POSITIVE_INFINITY ? size : 1);
