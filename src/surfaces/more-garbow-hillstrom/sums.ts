import type { LeastSquares } from "../least-squares.ts";
import { column, names, problem, size, total, upTo } from "./problem.ts";

// Problems 20–27: n parameters, coupled by sums.

const WATSON: ReadonlyMap<number, number> = new Map([
  [6, 2.28767e-3],
  [9, 1.39976e-6],
  [12, 4.72238e-10],
]);

/**
 * Watson's function (problem 20): n parameters, 2 to 31, of a polynomial that nearly solves a differential equation.
 * Minima are published for 6, 9 and 12.
 */
export function watson(n = 6): LeastSquares {
  size("watson", n, 2, 31);
  const x = names(n);
  const value = WATSON.get(n);
  const slope = x.slice(1).map((xj, j) => `${j + 1}*${xj}*t^${j}`);
  const height = x.map((xj, j) => `${xj}*t^${j}`);
  return problem({
    number: 20,
    name: "watson",
    title: "Watson",
    data: { t: column(29, (i) => i / 29) },
    residuals: [`${total(slope)} - ${total(height)}^2 - 1`, "x1", "x2 - x1^2 - 1"],
    start: x.map(() => 0),
    minima: value === undefined ? [] : [{ value }],
  });
}

/** Rosenbrock's valley, n/2 times (problem 21): n even, or a RangeError is thrown. */
export function extendedRosenbrock(n = 10): LeastSquares {
  size("extended-rosenbrock", n, 2);
  checkMultiple("extended-rosenbrock", n, 2);
  return problem({
    number: 21,
    name: "extended-rosenbrock",
    title: "Extended Rosenbrock",
    residuals: upTo(n / 2).flatMap((i) => [`10*(x${2 * i} - x${2 * i - 1}^2)`, `1 - x${2 * i - 1}`]),
    start: column(n, (j) => (j % 2 === 1 ? -1.2 : 1)),
    minima: [{ value: 0, at: column(n, () => 1) }],
  });
}

/** Powell's singular function, n/4 times (problem 22): n a multiple of 4, or a RangeError is thrown. */
export function extendedPowell(n = 12): LeastSquares {
  size("extended-powell", n, 4);
  checkMultiple("extended-powell", n, 4);
  const block = (i: number): string[] => {
    const [a, b, c, d] = upTo(4).map((k) => `x${4 * (i - 1) + k}`);
    return [`${a} + 10*${b}`, `sqrt(5)*(${c} - ${d})`, `(${b} - 2*${c})^2`, `sqrt(10)*(${a} - ${d})^2`];
  };
  return problem({
    number: 22,
    name: "extended-powell",
    title: "Extended Powell, singular",
    residuals: upTo(n / 4).flatMap(block),
    start: column(n, (j) => [3, -1, 0, 1][(j - 1) % 4]),
    minima: [{ value: 0, at: column(n, () => 0) }],
  });
}

/** The first penalty function (problem 23): n parameters. Minima are published for 4 and 10. */
export function penalty1(n = 4): LeastSquares {
  size("penalty-1", n, 1);
  const x = names(n);
  const value = { 4: 2.24997e-5, 10: 7.08765e-5 }[n];
  return problem({
    number: 23,
    name: "penalty-1",
    title: "Penalty I",
    residuals: [...x.map((xi) => `sqrt(1e-5)*(${xi} - 1)`), `${total(x.map((xi) => `${xi}^2`))} - 1/4`],
    start: column(n, (j) => j),
    minima: value === undefined ? [] : [{ value }],
  });
}

/** The second penalty function (problem 24): n parameters. Minima are published for 4 and 10. */
export function penalty2(n = 4): LeastSquares {
  size("penalty-2", n, 1);
  const value = { 4: 9.37629e-6, 10: 2.9366e-4 }[n];
  const later = upTo(n).slice(1);
  return problem({
    number: 24,
    name: "penalty-2",
    title: "Penalty II",
    residuals: [
      "x1 - 0.2",
      ...later.map((i) => `sqrt(1e-5)*(exp(x${i}/10) + exp(x${i - 1}/10) - (exp(${i}/10) + exp(${i - 1}/10)))`),
      ...later.map((i) => `sqrt(1e-5)*(exp(x${i}/10) - exp(-1/10))`),
      `${total(upTo(n).map((j) => `${n - j + 1}*x${j}^2`))} - 1`,
    ],
    start: column(n, () => 0.5),
    minima: value === undefined ? [] : [{ value }],
  });
}

/** The variably dimensioned function (problem 25): n parameters, all 1 at the minimum; steep in one direction. */
export function variablyDimensioned(n = 10): LeastSquares {
  size("variably-dimensioned", n, 1);
  const x = names(n);
  return problem({
    number: 25,
    name: "variably-dimensioned",
    title: "Variably dimensioned",
    define: `s = ${total(x.map((xj, j) => `${j + 1}*(${xj} - 1)`))}`,
    residuals: [...x.map((xi) => `${xi} - 1`), "s", "s^2"],
    start: column(n, (j) => 1 - j / n),
    minima: [{ value: 0, at: column(n, () => 1) }],
  });
}

/**
 * The trigonometric function (problem 26): n parameters. The paper's own runs end for n = 10 at a local minimum, too.
 */
export function trigonometric(n = 10): LeastSquares {
  size("trigonometric", n, 1);
  const x = names(n);
  return problem({
    number: 26,
    name: "trigonometric",
    title: "Trigonometric",
    define: `s = ${total(x.map((xj) => `cos(${xj})`))}`,
    residuals: x.map((xi, i) => `${n} - s + ${i + 1}*(1 - cos(${xi})) - sin(${xi})`),
    start: column(n, () => 1 / n),
    minima: [{ value: 0, at: column(n, () => 0) }, ...(n === 10 ? [{ value: 2.79506e-5, local: true } as const] : [])],
  });
}

/**
 * Brown's almost linear function (problem 27): n parameters; all residuals but one are linear. Zero also at (a, …, a,
 * a¹⁻ⁿ) with n·aⁿ − (n + 1)·aⁿ⁻¹ + 1 = 0.
 */
export function brownAlmostLinear(n = 10): LeastSquares {
  size("brown-almost-linear", n, 2);
  const x = names(n);
  return problem({
    number: 27,
    name: "brown-almost-linear",
    title: "Brown, almost linear",
    define: `s = ${total(x)}`,
    residuals: [...x.slice(0, -1).map((xi) => `${xi} + s - ${n + 1}`), `${x.join("*")} - 1`],
    start: column(n, () => 0.5),
    minima: [
      { value: 0, at: column(n, () => 1) },
      { value: 1, at: column(n, (j) => (j === n ? n + 1 : 0)), local: true },
    ],
  });
}

function checkMultiple(name: string, n: number, of: number): void {
  if (n % of !== 0) throw new RangeError(`${name}: the size is ${n}; it must be a multiple of ${of}`);
}
