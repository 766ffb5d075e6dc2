import type { LeastSquares } from "../least-squares.ts";
import { problem } from "./problem.ts";

// Problems 1–5, 7, 13 and 14: a few equations in two, three or four unknowns.

/** Rosenbrock's valley (problem 1): 2 parameters, a curved, narrow floor. */
export const rosenbrock: LeastSquares = problem({
  number: 1,
  name: "rosenbrock",
  title: "Rosenbrock",
  residuals: ["10*(x2 - x1^2)", "1 - x1"],
  start: [-1.2, 1],
  minima: [{ value: 0, at: [1, 1] }],
});

/** Freudenstein & Roth's function (problem 2): 2 parameters, and a local minimum that catches many methods. */
export const freudensteinRoth: LeastSquares = problem({
  number: 2,
  name: "freudenstein-roth",
  title: "Freudenstein and Roth",
  residuals: ["-13 + x1 + ((5 - x2)*x2 - 2)*x2", "-29 + x1 + ((x2 + 1)*x2 - 14)*x2"],
  start: [0.5, -2],
  minima: [
    { value: 0, at: [5, 4] },
    { value: 48.9842, at: [(53 - 4 * Math.sqrt(22)) / 3, (2 - Math.sqrt(22)) / 3], local: true },
  ],
});

/**
 * Powell's badly scaled function (problem 3): 2 parameters of the sizes 1e-5 and 10. The paper gives the minimum to
 * four digits; further digits solve both equations.
 */
export const powellBadlyScaled: LeastSquares = problem({
  number: 3,
  name: "powell-badly-scaled",
  title: "Powell, badly scaled",
  residuals: ["10^4*x1*x2 - 1", "exp(-x1) + exp(-x2) - 1.0001"],
  start: [0, 1],
  minima: [{ value: 0, at: [1.0981593296997e-5, 9.10614673986676] }],
});

/** Brown's badly scaled function (problem 4): 2 parameters of the sizes 1e6 and 1e-6. */
export const brownBadlyScaled: LeastSquares = problem({
  number: 4,
  name: "brown-badly-scaled",
  title: "Brown, badly scaled",
  residuals: ["x1 - 1e6", "x2 - 2e-6", "x1*x2 - 2"],
  start: [1, 1],
  minima: [{ value: 0, at: [1e6, 2e-6] }],
});

/** Beale's function (problem 5): 2 parameters. */
export const beale: LeastSquares = problem({
  number: 5,
  name: "beale",
  title: "Beale",
  residuals: ["1.5 - x1*(1 - x2)", "2.25 - x1*(1 - x2^2)", "2.625 - x1*(1 - x2^3)"],
  start: [1, 1],
  minima: [{ value: 0, at: [3, 0.5] }],
});

/**
 * Fletcher & Powell's helical valley (problem 7): 3 parameters. θ is the angle of (x1, x2) in turns, from −¼ to ¾; on
 * the x2 axis ¼ or −¼. It is undefined at the origin.
 */
export const helicalValley: LeastSquares = problem({
  number: 7,
  name: "helical-valley",
  title: "Helical valley",
  define: "theta = atan(x2/x1)/(2*pi) + where(x1 < 0, 0.5, 0)",
  residuals: ["10*(x3 - 10*theta)", "10*(sqrt(x1^2 + x2^2) - 1)", "x3"],
  start: [-1, 0, 0],
  minima: [{ value: 0, at: [1, 0, 0] }],
});

/** Powell's singular function (problem 13): 4 parameters; the Jacobian is singular at the minimum. */
export const powellSingular: LeastSquares = problem({
  number: 13,
  name: "powell-singular",
  title: "Powell, singular",
  residuals: ["x1 + 10*x2", "sqrt(5)*(x3 - x4)", "(x2 - 2*x3)^2", "sqrt(10)*(x1 - x4)^2"],
  start: [3, -1, 0, 1],
  minima: [{ value: 0, at: [0, 0, 0, 0] }],
});

/** Wood's function (problem 14): 4 parameters, two coupled Rosenbrock valleys. */
export const wood: LeastSquares = problem({
  number: 14,
  name: "wood",
  title: "Wood",
  residuals: [
    "10*(x2 - x1^2)",
    "1 - x1",
    "sqrt(90)*(x4 - x3^2)",
    "1 - x3",
    "sqrt(10)*(x2 + x4 - 2)",
    "(x2 - x4)/sqrt(10)",
  ],
  start: [-3, -1, -3, -1],
  minima: [{ value: 0, at: [1, 1, 1, 1] }],
});
