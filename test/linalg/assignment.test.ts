import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Assignment, assignment } from "../../src/linalg/index.ts";
import { matrix, number } from "./matrices.ts";

const golden: { readonly cases: readonly Case[] } = JSON.parse(
  readFileSync(new URL("../goldens/linalg/assignment.json", import.meta.url), "utf8"),
);

interface Case {
  readonly name: string;
  readonly m: number;
  readonly n: number;
  readonly costs: readonly number[];
  readonly columns: readonly number[];
  readonly total: number;
}

function assign(costs: ArrayLike<number>, m: number, n = m): Assignment {
  const result = assignment(Float64Array.from(costs), m, n);
  if (result === null) throw new Error("the costs are finite");
  return result;
}

/** The least total over all ways to give m rows different columns. */
function bruteForce(costs: ArrayLike<number>, m: number, n: number, taken: readonly number[] = []): number {
  const row = taken.length;
  if (row === m) return 0;
  let best = Number.POSITIVE_INFINITY;
  for (let j = 0; j < n; j++)
    if (!taken.includes(j)) best = Math.min(best, costs[row * n + j] + bruteForce(costs, m, n, [...taken, j]));
  return best;
}

const problem = fc
  .integer({ min: 1, max: 6 })
  .chain((n) => fc.integer({ min: 1, max: n }).chain((m) => matrix(m, n).map((costs) => ({ m, n, costs }))));

describe("assignment", () => {
  it("agrees with trying all assignments", () => {
    fc.assert(
      fc.property(problem, ({ m, n, costs }) => {
        const { columns, total } = assign(costs, m, n);
        expect(new Set(columns).size).toBe(m);
        expect(total).toBeCloseTo(bruteForce(costs, m, n), 10);
      }),
    );
  });

  it("proves its answer by prices", () => {
    fc.assert(
      fc.property(problem, ({ m, n, costs }) => {
        const { columns, total, rowPrices, columnPrices } = assign(costs, m, n);
        for (let i = 0; i < m; i++)
          for (let j = 0; j < n; j++) {
            const room = costs[i * n + j] - rowPrices[i] - columnPrices[j];
            expect(room).toBeGreaterThan(-1e-12);
            if (columns[i] === j) expect(room).toBeLessThan(1e-12);
          }
        expect(Math.max(...columnPrices)).toBeLessThanOrEqual(0);
        const sum = [...rowPrices, ...columnPrices].reduce((a, b) => a + b, 0);
        expect(sum).toBeCloseTo(total, 10);
      }),
    );
  });

  it.each(golden.cases.map((each) => [each.name, each] as const))("agrees with SciPy: %s", (_, each) => {
    const { columns, total } = assign(each.costs, each.m, each.n);
    expect(total).toBeCloseTo(each.total, 9);
    if (!each.name.includes("ties")) expect([...columns]).toEqual(each.columns);
  });

  it("goes with a rearrangement of the columns", () => {
    const [m, shift] = [5, 2];
    fc.assert(
      fc.property(fc.array(number, { minLength: m * m, maxLength: m * m }), (costs) => {
        const turned = costs.map((_, at) => costs[Math.floor(at / m) * m + ((at + shift) % m)]);
        expect(assign(turned, m).total).toBeCloseTo(assign(costs, m).total, 10);
      }),
    );
  });

  it("has an empty result for an empty matrix", () => {
    expect(assign([], 0)).toMatchObject({ columns: new Int32Array(0), total: 0 });
    expect(assign([], 0, 3).columnPrices).toEqual(new Float64Array(3));
  });

  it("reports problems without a solution", () => {
    expect(assignment(Float64Array.of(1, Number.NaN, 2, 3), 2)).toBeNull();
    expect(assignment(Float64Array.of(1, Number.POSITIVE_INFINITY, 2, 3), 2)).toBeNull();
    expect(assignment(Float64Array.of(1e308, -1e308, -1e308, 1e308), 2)).toBeNull();
    expect(() => assignment(new Float64Array(6), 3, 2)).toThrow(
      "assignment: 3 rows for 2 columns; each row needs its own column: transpose the matrix",
    );
    expect(() => assignment(new Float64Array(5), 2)).toThrow("5 numbers were given for a 2×2 matrix");
  });
});
