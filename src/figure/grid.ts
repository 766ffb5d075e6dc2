import { show } from "./check.ts";
import { checkBuilder, type Forms, forms, optional, whole } from "./options.ts";
import { finite, range } from "./points.ts";

/** The values of z = f(x, y) at the nodes of a grid. */
export interface Grid {
  /** The columns' x, ascending. */
  readonly x: readonly number[];
  /** The rows' y, ascending. */
  readonly y: readonly number[];
  /** Row by row: `values[j * x.length + i]` is f(x[i], y[j]); null if it is not finite. */
  readonly values: readonly (number | null)[];
}

/** The most nodes along one axis. */
const MOST_NODES = 5000;

interface GridOptions {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly columns?: number;
  readonly rows?: number;
}

const gridForms: Forms<GridOptions> = {
  ...{ x: forms.ends, y: forms.ends },
  ...{ columns: optional(whole(2, MOST_NODES)), rows: optional(whole(2, MOST_NODES)) },
};

/**
 * The surface f at `columns` × `rows` evenly spaced nodes, the edges of the domain among them; by default 121 × 121.
 * Throws a RangeError for an empty domain or fewer than 2 nodes along an axis.
 */
export function grid(f: (x: number, y: number) => number, options: GridOptions): Grid {
  forms.function("grid: f", f);
  checkBuilder("grid", options, gridForms, "grid(f, { x: [-1, 1], y: [-1, 1] })");
  const { columns = 121, rows = columns } = options;
  const [x, y] = [spread(options.x, columns), spread(options.y, rows)];
  return { x, y, values: y.flatMap((yj) => x.map((xi) => finite(f(xi, yj)))) };
}

const spread = ([lo, hi]: readonly [number, number], count: number): number[] =>
  range(count).map((i) => lo + ((hi - lo) * i) / (count - 1));

export function checkGrid(mark: string, { x, y, values }: Grid): void {
  for (const [name, list] of Object.entries({ x, y, values })) forms.column(`${mark}: grid.${name}`, list);
  if (values.length !== x.length * y.length)
    throw new RangeError(
      `${mark}: the grid has ${x.length} × ${y.length} nodes and ${values.length} values; give one value for each node`,
    );
  for (const nodes of [x, y])
    if (nodes.length < 2 || !nodes.every((v, i) => Number.isFinite(v) && (i === 0 || v > nodes[i - 1])))
      throw new RangeError(`${mark}: the nodes are ${show(nodes)}; give at least two, finite and rising`);
}

/** The lowest and highest finite value; both 0 where there is none. */
export function rangeOf({ values }: Grid): { lo: number; hi: number } {
  let [lo, hi] = [Infinity, -Infinity];
  for (const v of values) {
    if (v === null || !Number.isFinite(v)) continue;
    if (v < lo) lo = v;
    if (v > hi) hi = v;
  }
  return lo <= hi ? { lo, hi } : { lo: 0, hi: 0 };
}
