import type { LeastSquares } from "../least-squares.ts";
import { column, names, problem, size, total, upTo } from "./problem.ts";

// Problems 32–34: m ≥ n linear equations. The last two have whole planes of minima.

/**
 * The linear function of full rank (problem 32): xᵢ − (2/m)·Σ xⱼ − 1 for the first n equations, −(2/m)·Σ xⱼ − 1 for the
 * others.
 */
export function linearFullRank(n = 5, m = 10): LeastSquares {
  checkSizes("linear-full-rank", n, m, 1);
  const x = names(n);
  return problem({
    number: 32,
    name: "linear-full-rank",
    title: "Linear, full rank",
    define: `s = ${total(x)}`,
    residuals: upTo(m).map((i) => `${i <= n ? `x${i} - ` : "-"}2/${m}*s - 1`),
    start: column(n, () => 1),
    minima: [{ value: m - n, at: column(n, () => -1) }],
  });
}

/** The linear function of rank one (problem 33): i·Σ jxⱼ − 1, smallest wherever Σ jxⱼ = 3/(2m + 1). */
export function linearRankOne(n = 5, m = 10): LeastSquares {
  checkSizes("linear-rank-one", n, m, 1);
  return problem({
    number: 33,
    name: "linear-rank-one",
    title: "Linear, rank one",
    define: `s = ${total(upTo(n).map((j) => `${j}*x${j}`))}`,
    residuals: upTo(m).map((i) => `${i}*s - 1`),
    start: column(n, () => 1),
    minima: [{ value: (m * (m - 1)) / (2 * (2 * m + 1)), at: column(n, (j) => (j === 1 ? 3 / (2 * m + 1) : 0)) }],
  });
}

/**
 * The linear function of rank one with zero columns and rows (problem 34): (i − 1)·s − 1 with s = Σ jxⱼ over 1 < j < n;
 * the first and the last equation are −1. It is smallest where s = 3/(2m − 3).
 */
export function linearRankOneWithZeros(n = 5, m = 10): LeastSquares {
  checkSizes("linear-rank-one-with-zeros", n, m, 3);
  const inner = upTo(n).slice(1, -1);
  return problem({
    number: 34,
    name: "linear-rank-one-with-zeros",
    title: "Linear, rank one, with zero columns and rows",
    define: `s = ${total(inner.map((j) => `${j}*x${j}`))}`,
    residuals: ["-1", ...upTo(m - 2).map((i) => `${i}*s - 1`), "-1"],
    start: column(n, () => 1),
    minima: [
      {
        value: (m * m + 3 * m - 6) / (2 * (2 * m - 3)),
        at: column(n, (j) => (j === 2 ? 3 / (2 * (2 * m - 3)) : 0)),
      },
    ],
  });
}

function checkSizes(name: string, n: number, m: number, least: number): void {
  size(name, n, least);
  size(name, m, n);
}
