import type { LeastSquares } from "../least-squares.ts";
import { column, problem, size, total, upTo } from "./problem.ts";

// Problems 28–31: each of n equations couples a parameter with its neighbours.

/**
 * The discrete boundary value problem (28): 2xᵢ − xᵢ₋₁ − xᵢ₊₁ + h²(xᵢ + tᵢ + 1)³/2 with x₀ = xₙ₊₁ = 0, h = 1/(n + 1),
 * tᵢ = ih.
 */
export function discreteBoundaryValue(n = 10): LeastSquares {
  size("discrete-boundary-value", n, 1);
  const h = 1 / (n + 1);
  return problem({
    number: 28,
    name: "discrete-boundary-value",
    title: "Discrete boundary value",
    residuals: upTo(n).map(
      (i) => `2*x${i}${minus(i - 1, n)}${minus(i + 1, n)} + (x${i} + ${i}/${n + 1} + 1)^3/${2 * (n + 1) ** 2}`,
    ),
    start: column(n, (j) => j * h * (j * h - 1)),
    minima: [{ value: 0 }],
  });
}

/**
 * The discrete integral equation (problem 29): xᵢ + ½h[(1 − tᵢ)·Σ_{j≤i} tⱼcⱼ + tᵢ·Σ_{j>i} (1 − tⱼ)cⱼ] with cⱼ = (xⱼ +
 * tⱼ + 1)³, tⱼ = jh = j/(n + 1).
 */
export function discreteIntegralEquation(n = 10): LeastSquares {
  size("discrete-integral-equation", n, 1);
  const h = 1 / (n + 1);
  const equation = (i: number): string => {
    const before = upTo(i).map((j) => `${j}*c${j}`);
    const after = upTo(n)
      .slice(i)
      .map((j) => `${n + 1 - j}*c${j}`);
    return `x${i} + (${n + 1 - i}*${total(before)} + ${i}*${total(after)})/${2 * (n + 1) ** 3}`;
  };
  return problem({
    number: 29,
    name: "discrete-integral-equation",
    title: "Discrete integral equation",
    define: upTo(n)
      .map((j) => `c${j} = (x${j} + ${j}/${n + 1} + 1)^3`)
      .join("\n"),
    residuals: upTo(n).map(equation),
    start: column(n, (j) => j * h * (j * h - 1)),
    minima: [{ value: 0 }],
  });
}

/** Broyden's tridiagonal function (problem 30): (3 − 2xᵢ)xᵢ − xᵢ₋₁ − 2xᵢ₊₁ + 1 with x₀ = xₙ₊₁ = 0. */
export function broydenTridiagonal(n = 10): LeastSquares {
  size("broyden-tridiagonal", n, 1);
  return problem({
    number: 30,
    name: "broyden-tridiagonal",
    title: "Broyden, tridiagonal",
    residuals: upTo(n).map((i) => `(3 - 2*x${i})*x${i}${minus(i - 1, n)}${minus(i + 1, n, "2*")} + 1`),
    start: column(n, () => -1),
    minima: [{ value: 0 }],
  });
}

/**
 * Broyden's banded function (problem 31): xᵢ(2 + 5xᵢ²) + 1 − Σ xⱼ(1 + xⱼ) over the j from i − 5 to i + 1 other than i.
 */
export function broydenBanded(n = 10): LeastSquares {
  size("broyden-banded", n, 1);
  const neighbours = (i: number): number[] => upTo(n).filter((j) => j !== i && j >= i - 5 && j <= i + 1);
  return problem({
    number: 31,
    name: "broyden-banded",
    title: "Broyden, banded",
    residuals: upTo(n).map(
      (i) => `x${i}*(2 + 5*x${i}^2) + 1 - ${total(neighbours(i).map((j) => `x${j}*(1 + x${j})`))}`,
    ),
    start: column(n, () => -1),
    minima: [{ value: 0 }],
  });
}

/** " - x3"; empty beyond the ends, where x is 0. */
const minus = (i: number, n: number, factor = ""): string => (i < 1 || i > n ? "" : ` - ${factor}x${i}`);
