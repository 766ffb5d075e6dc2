import { checkMatrix } from "./matrix.ts";

/** Who is given what, at the least total cost, and the proof that no less is possible. */
export interface Assignment {
  /** Row i is given column `columns[i]`; no column is given twice. */
  readonly columns: Int32Array;
  /** Σ cost(i, columns[i]). */
  readonly total: number;
  /**
   * Prices u of the rows and v of the columns, the solution of the dual problem: u(i) + v(j) ≤ cost(i, j) everywhere,
   * with equality where j is given to i; v ≤ 0, and 0 where a column stays free. So Σu + Σv = total, and every other
   * assignment costs at least that.
   */
  readonly rowPrices: Float64Array;
  readonly columnPrices: Float64Array;
}

/** No row, or no column. */
const NONE = -1;

/**
 * The assignment problem: each row of an m×n matrix of costs is given a column of its own, m ≤ n, such that the sum is
 * least. (For the greatest sum, give −cost.) `null` where a cost, or a sum of costs, is not finite. O(m²n): row after row
 * finds its place along a path of reduced costs, cost − u − v, that is the shortest, by Dijkstra's method.
 * Kuhn 1955, The Hungarian method for the assignment problem; the paths of Jonker & Volgenant 1987, A shortest
 * augmenting path algorithm for dense and sparse linear assignment problems; rectangular as in Crouse 2016.
 */
export function assignment(costs: Float64Array, m: number, n: number = m): Assignment | null {
  checkMatrix("assignment", costs, m, n);
  if (m > n)
    throw new RangeError(`assignment: ${m} rows for ${n} columns; each row needs a column of its own: transpose it`);
  // Path lengths and prices are sums of at most 2n costs.
  if (!costs.every((cost) => Math.abs(cost) < Number.MAX_VALUE / (4 * n))) return null;
  const search = new Search(costs, m, n);
  for (let row = 0; row < m; row++) search.place(row);
  const { columnOf: columns, rowPrices, columnPrices } = search;
  const total = columns.reduce((sum, column, row) => sum + costs[row * n + column], 0);
  return { columns, total, rowPrices, columnPrices };
}

class Search {
  readonly columnOf: Int32Array;
  readonly rowPrices: Float64Array;
  readonly columnPrices: Float64Array;
  readonly #costs: Float64Array;
  readonly #rowOf: Int32Array;
  /** The length of the shortest path to each column that is known so far, and the row that it comes from. */
  readonly #lengths: Float64Array;
  readonly #from: Int32Array;
  readonly #settled: Uint8Array;

  constructor(costs: Float64Array, m: number, n: number) {
    this.#costs = costs;
    [this.rowPrices, this.columnPrices, this.#lengths] = [m, n, n].map((length) => new Float64Array(length));
    [this.columnOf, this.#rowOf, this.#from] = [m, n, n].map((length) => new Int32Array(length).fill(NONE));
    this.#settled = new Uint8Array(n);
  }

  /** Gives a row a column: along the shortest path to a free one, each row on it moves one column on. */
  place(row: number): void {
    this.#lengths.fill(Number.POSITIVE_INFINITY);
    this.#settled.fill(0);
    let [here, length, free] = [row, 0, NONE];
    while (free === NONE) {
      const column = this.#nearest(here, length);
      length = this.#lengths[column];
      this.#settled[column] = 1;
      here = this.#rowOf[column];
      if (here === NONE) free = column;
    }
    this.#reprice(row, length);
    this.#shift(row, free);
  }

  /** Looks from a row at the columns that are not settled, and says which of them is nearest; a free one first. */
  #nearest(row: number, length: number): number {
    const n = this.#rowOf.length;
    let best = NONE;
    for (let j = 0; j < n; j++) {
      if (this.#settled[j] === 1) continue;
      const reduced = length + this.#costs[row * n + j] - this.rowPrices[row] - this.columnPrices[j];
      if (reduced < this.#lengths[j]) [this.#lengths[j], this.#from[j]] = [reduced, row];
      const ahead = best === NONE ? Number.POSITIVE_INFINITY : this.#lengths[best];
      if (this.#lengths[j] < ahead || (this.#lengths[j] === ahead && this.#rowOf[j] === NONE)) best = j;
    }
    return best;
  }

  /** Moves the prices of all that the search has settled, so that reduced costs are 0 along the path and never negative. */
  #reprice(row: number, length: number): void {
    this.rowPrices[row] += length;
    for (let j = 0; j < this.#settled.length; j++) {
      if (this.#settled[j] === 0) continue;
      const ahead = length - this.#lengths[j];
      this.columnPrices[j] -= ahead;
      if (this.#rowOf[j] !== NONE) this.rowPrices[this.#rowOf[j]] += ahead;
    }
  }

  #shift(row: number, free: number): void {
    let [column, mover] = [free, NONE];
    while (mover !== row) {
      mover = this.#from[column];
      this.#rowOf[column] = mover;
      [this.columnOf[mover], column] = [column, this.columnOf[mover]];
    }
  }
}
