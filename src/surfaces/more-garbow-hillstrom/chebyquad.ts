import type { LeastSquares } from "../least-squares.ts";
import { column, problem, size, total, upTo } from "./problem.ts";

/** The published minima, for m = n: 0 for n up to 7, and for 9. */
const MINIMA: ReadonlyMap<number, number> = new Map([
  ...[1, 2, 3, 4, 5, 6, 7, 9].map((n) => [n, 0] as const),
  [8, 3.51687e-3],
  [10, 6.50395e-3],
]);

/**
 * Chebyquad (problem 35): the mean of Tᵢ over n points of [0, 1] minus its integral, for the shifted Chebyshev
 * polynomials T₁ … T_m; their integrals are 0 for odd i, −1/(i² − 1) for even i. By default m = n.
 */
export function chebyquad(n = 8, m = n): LeastSquares {
  size("chebyquad", n, 1, 40);
  size("chebyquad", m, n, 40);
  const value = m === n ? MINIMA.get(n) : undefined;
  // T3_2 is T₃ at x₂: Tᵢ = 2(2x − 1)Tᵢ₋₁ − Tᵢ₋₂.
  const polynomial = (i: number, j: number): string => {
    if (i === 1) return `T1_${j} = 2*x${j} - 1`;
    return `T${i}_${j} = 2*T1_${j}*T${i - 1}_${j} - ${i === 2 ? "1" : `T${i - 2}_${j}`}`;
  };
  return problem({
    number: 35,
    name: "chebyquad",
    title: "Chebyquad",
    define: upTo(n)
      .flatMap((j) => upTo(m).map((i) => polynomial(i, j)))
      .join("\n"),
    residuals: upTo(m).map(
      (i) => `${total(upTo(n).map((j) => `T${i}_${j}`))}/${n}${i % 2 === 0 ? ` + 1/${i * i - 1}` : ""}`,
    ),
    start: column(n, (j) => j / (n + 1)),
    minima: value === undefined ? [] : [{ value }],
  });
}
