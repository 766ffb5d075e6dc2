import { checkMatrix } from "./matrix.ts";

/** An assignment of least total cost, with the proof that it is optimal. */
export interface Assignment {
  /** Row i is assigned column `columns[i]`; all columns differ. */
  readonly columns: Int32Array;
  /** Σ cost(i, columns[i]). */
  readonly total: number;
  /**
   * Prices u of the rows and v of the columns, the solution of the dual problem: u(i) + v(j) ≤ cost(i, j) everywhere, with
   * equality if j is assigned to i; v ≤ 0, and v = 0 for free columns. So Σu + Σv = total, and every other assignment costs
   * at least that.
   */
  readonly rowPrices: Float64Array;
  readonly columnPrices: Float64Array;
}

/** No row, or no column. */
const NONE = -1;

/**
 * The linear assignment problem: assigns each row of an m×n cost matrix, m ≤ n, a different column such that the total cost
 * is least. (To maximize, negate the costs.) `null` if a cost, or a sum of costs, is not finite. O(m²n): each row in turn is
 * assigned along the shortest augmenting path in reduced costs, cost − u − v, by Dijkstra's method.
 * Kuhn 1955, The Hungarian method for the assignment problem; the paths of Jonker & Volgenant 1987, A shortest
 * augmenting path algorithm for dense and sparse linear assignment problems; rectangular as in Crouse 2016.
 */
export function assignment(costs: Float64Array, m: number, n: number = m): Assignment | null {
  checkMatrix("assignment", costs, m, n);
  if (m > n)
    throw new RangeError(`assignment: ${m} rows for ${n} columns; each row needs its own column: transpose the matrix`);
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
  /** The length of the shortest known path to each column, and the row from which it comes. */
  readonly #lengths: Float64Array;
  readonly #from: Int32Array;
  readonly #settled: Uint8Array;

  constructor(costs: Float64Array, m: number, n: number) {
    this.#costs = costs;
    [this.rowPrices, this.columnPrices, this.#lengths] = [m, n, n].map((length) => new Float64Array(length));
    [this.columnOf, this.#rowOf, this.#from] = [m, n, n].map((length) => new Int32Array(length).fill(NONE));
    this.#settled = new Uint8Array(n);
  }

  /** Assigns a row: along the shortest path to a free column, each row moves on to the next column. */
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

  /** Updates the paths from a row to the unsettled columns, and returns the nearest of them, preferring a free one. */
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

  /** Adjusts the prices of settled rows and columns, so that reduced costs are 0 along the path and never negative. */
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
