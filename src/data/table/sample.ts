import { DataError } from "../../files/index.ts";

/**
 * The values of a column in some rows, without those that are missing. They are read where they are, in the order of the rows: a copy would
 * take as much memory as the column.
 */
export class Sample {
  /** Values that are not missing. */
  readonly count: number;
  /** Rows whose value is missing. */
  readonly lacking: number;
  /** The first value; NaN if there is none. */
  readonly first: number;
  readonly isConstant: boolean;
  readonly #at: (i: number) => number;

  /**
   * @param values of one column, or of several: rows × width
   * @param column the column among them
   */
  constructor(values: ArrayLike<number>, rows: Uint32Array, width = 1, column = 0) {
    this.#at = (i) => values[rows[i] * width + column];
    let [count, first, isConstant] = [0, Number.NaN, true];
    for (let i = 0; i < rows.length; i++) {
      const value = this.#at(i);
      if (Number.isNaN(value)) continue;
      if (count++ === 0) first = value;
      else if (value !== first) isConstant = false;
    }
    [this.count, this.lacking, this.first, this.isConstant] = [count, rows.length - count, first, isConstant];
  }

  mean(): number {
    return this.#sum((value) => value) / this.count;
  }

  /** A copy of all values. */
  all(): Float64Array {
    const all = new Float64Array(this.count);
    for (let i = 0, at = 0; at < all.length; i++) {
      const value = this.#at(i);
      if (!Number.isNaN(value)) all[at++] = value;
    }
    return all;
  }

  /**
   * Mean and deviation, over the values themselves (divided by their number).
   *
   * @param fill stands for each missing value; default: they do not count
   * @throws DataError where these are beyond double precision, or the values too close together for it
   */
  moments(label: string, where: string, fill?: number): { mean: number; deviation: number } {
    const rows = this.count + (fill === undefined ? 0 : this.lacking);
    const mean = this.#sum((value) => value, fill) / rows;
    const deviation = Math.sqrt(this.#sum((value) => (value - mean) ** 2, fill) / rows);
    if (deviation > 0 && Number.isFinite(deviation)) return { mean, deviation };
    const extreme = deviation > 0 ? "large" : "close together";
    throw new DataError(where, `${label} has values too ${extreme} for double precision`, "rescale it");
  }

  /** The sum of a term for each value, and last for each fill. */
  #sum(term: (value: number) => number, fill?: number): number {
    let sum = 0;
    for (let i = 0; i < this.count + this.lacking; i++) {
      const value = this.#at(i);
      if (!Number.isNaN(value)) sum += term(value);
    }
    if (fill !== undefined) for (let i = 0; i < this.lacking; i++) sum += term(fill);
    return sum;
  }
}
