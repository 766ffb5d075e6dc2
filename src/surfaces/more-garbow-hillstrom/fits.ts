import type { LeastSquares } from "../least-squares.ts";
import { column, problem, size } from "./problem.ts";

// Problems 6, 8–12 and 15–19: one formula, fitted to data.

/**
 * Jennrich & Sampson's function (problem 6): 2 parameters, m ≥ 2 residuals. The minimum is published for m = 10, at
 * 0.2578… in both parameters.
 */
export function jennrichSampson(m = 10): LeastSquares {
  size("jennrich-sampson", m, 2);
  return problem({
    number: 6,
    name: "jennrich-sampson",
    title: "Jennrich and Sampson",
    data: { i: column(m, (i) => i) },
    residuals: ["2 + 2*i - (exp(i*x1) + exp(i*x2))"],
    start: [0.3, 0.4],
    minima: m === 10 ? [{ value: 124.362, at: [0.257825213, 0.257825213] }] : [],
  });
}

/** Bard's function (problem 8): 3 parameters, 15 observations; a second minimum lies at infinity. */
export const bard: LeastSquares = problem({
  number: 8,
  name: "bard",
  title: "Bard",
  data: {
    u: column(15, (i) => i),
    v: column(15, (i) => 16 - i),
    w: column(15, (i) => Math.min(i, 16 - i)),
    y: [0.14, 0.18, 0.22, 0.25, 0.29, 0.32, 0.35, 0.39, 0.37, 0.58, 0.73, 0.96, 1.34, 2.1, 4.39],
  },
  residuals: ["y - (x1 + u/(v*x2 + w*x3))"],
  start: [1, 1, 1],
  // The second is approached at (0.8406…, −∞, −∞).
  minima: [{ value: 8.21487e-3 }, { value: 17.4286, local: true }],
});

/** The Gaussian function (problem 9): 3 parameters of a bell curve, 15 observations. */
export const gaussian: LeastSquares = problem({
  number: 9,
  name: "gaussian",
  title: "Gaussian",
  data: {
    t: column(15, (i) => (8 - i) / 2),
    y: [
      0.0009, 0.0044, 0.0175, 0.054, 0.1295, 0.242, 0.3521, 0.3989, 0.3521, 0.242, 0.1295, 0.054, 0.0175, 0.0044,
      0.0009,
    ],
  },
  residuals: ["x1*exp(-x2*(t - x3)^2/2) - y"],
  start: [0.4, 1, 0],
  minima: [{ value: 1.12793e-8 }],
});

/** Meyer's function (problem 10): 3 parameters, 16 observations of a resistance over the temperature; badly scaled. */
export const meyer: LeastSquares = problem({
  number: 10,
  name: "meyer",
  title: "Meyer",
  data: {
    t: column(16, (i) => 45 + 5 * i),
    y: [34780, 28610, 23650, 19630, 16370, 13720, 11540, 9744, 8261, 7030, 6005, 5147, 4427, 3820, 3307, 2872],
  },
  residuals: ["x1*exp(x2/(t + x3)) - y"],
  start: [0.02, 4000, 250],
  minima: [{ value: 87.9458 }],
});

/**
 * The Gulf Research and Development function (problem 11): 3 parameters, m residuals, 3 to 99. The paper's "yᵢ m i x₂"
 * is a misprint of yᵢ − x₂, as the authors' Algorithm 566 has it.
 */
export function gulf(m = 99): LeastSquares {
  size("gulf", m, 3, 99);
  return problem({
    number: 11,
    name: "gulf",
    title: "Gulf research and development",
    data: {
      t: column(m, (i) => i / 100),
      y: column(m, (i) => 25 + (-50 * Math.log(i / 100)) ** (2 / 3)),
    },
    residuals: ["exp(-abs(y - x2)^x3/x1) - t"],
    start: [5, 2.5, 0.15],
    minima: [{ value: 0, at: [50, 25, 1.5] }],
  });
}

/**
 * Box's three-dimensional function (problem 12): 3 parameters, m ≥ 3 residuals. Besides the two points, every (a, a, 0)
 * is a minimum.
 */
export function box(m = 10): LeastSquares {
  size("box", m, 3);
  return problem({
    number: 12,
    name: "box",
    title: "Box, three-dimensional",
    data: { t: column(m, (i) => i / 10) },
    residuals: ["exp(-t*x1) - exp(-t*x2) - x3*(exp(-t) - exp(-10*t))"],
    start: [0, 10, 20],
    minima: [
      { value: 0, at: [1, 10, 1] },
      { value: 0, at: [10, 1, -1] },
      { value: 0, at: [1, 1, 0] },
    ],
  });
}

/** Kowalik & Osborne's function (problem 15): 4 parameters of a rational function, 11 observations. */
export const kowalikOsborne: LeastSquares = problem({
  number: 15,
  name: "kowalik-osborne",
  title: "Kowalik and Osborne",
  data: {
    u: [4, 2, 1, 0.5, 0.25, 0.167, 0.125, 0.1, 0.0833, 0.0714, 0.0625],
    y: [0.1957, 0.1947, 0.1735, 0.16, 0.0844, 0.0627, 0.0456, 0.0342, 0.0323, 0.0235, 0.0246],
  },
  residuals: ["y - x1*(u^2 + u*x2)/(u^2 + u*x3 + x4)"],
  start: [0.25, 0.39, 0.415, 0.39],
  // The second is approached at (∞, −14.07…, −∞, −∞).
  minima: [{ value: 3.07505e-4 }, { value: 1.02734e-3, local: true }],
});

/**
 * Brown & Dennis's function (problem 16): 4 parameters, m ≥ 4 residuals; they are large at the minimum, which is
 * published for m = 20.
 */
export function brownDennis(m = 20): LeastSquares {
  size("brown-dennis", m, 4);
  return problem({
    number: 16,
    name: "brown-dennis",
    title: "Brown and Dennis",
    data: { t: column(m, (i) => i / 5) },
    residuals: ["(x1 + t*x2 - exp(t))^2 + (x3 + x4*sin(t) - cos(t))^2"],
    start: [25, 5, -5, -1],
    minima: m === 20 ? [{ value: 85822.2 }] : [],
  });
}

/** Osborne's first function (problem 17): 5 parameters of two exponentials and a constant, 33 observations. */
export const osborne1: LeastSquares = problem({
  number: 17,
  name: "osborne-1",
  title: "Osborne 1",
  data: {
    t: column(33, (i) => 10 * (i - 1)),
    y: [
      0.844, 0.908, 0.932, 0.936, 0.925, 0.908, 0.881, 0.85, 0.818, 0.784, 0.751, 0.718, 0.685, 0.658, 0.628, 0.603,
      0.58, 0.558, 0.538, 0.522, 0.506, 0.49, 0.478, 0.467, 0.457, 0.448, 0.438, 0.431, 0.424, 0.42, 0.414, 0.411,
      0.406,
    ],
  },
  residuals: ["y - (x1 + x2*exp(-t*x4) + x3*exp(-t*x5))"],
  start: [0.5, 1.5, -1, 0.01, 0.02],
  minima: [{ value: 5.46489e-5 }],
});

/**
 * Biggs's EXP6 function (problem 18): 6 parameters of three exponentials, m ≥ 6 residuals. The local minimum is
 * published for m = 13.
 */
export function biggsExp6(m = 13): LeastSquares {
  size("biggs-exp6", m, 6);
  return problem({
    number: 18,
    name: "biggs-exp6",
    title: "Biggs EXP6",
    data: {
      t: column(m, (i) => i / 10),
      y: column(m, (i) => Math.exp(-i / 10) - 5 * Math.exp(-i) + 3 * Math.exp(-0.4 * i)),
    },
    residuals: ["x3*exp(-t*x1) - x4*exp(-t*x2) + x6*exp(-t*x5) - y"],
    start: [1, 2, 1, 1, 1, 1],
    minima: [{ value: 0, at: [1, 10, 1, 5, 4, 3] }, ...(m === 13 ? [{ value: 5.65565e-3, local: true } as const] : [])],
  });
}

/** Osborne's second function (problem 19): 11 parameters of an exponential and three bell curves, 65 observations. */
export const osborne2: LeastSquares = problem({
  number: 19,
  name: "osborne-2",
  title: "Osborne 2",
  data: {
    t: column(65, (i) => (i - 1) / 10),
    y: [
      1.366, 1.191, 1.112, 1.013, 0.991, 0.885, 0.831, 0.847, 0.786, 0.725, 0.746, 0.679, 0.608, 0.655, 0.616, 0.606,
      0.602, 0.626, 0.651, 0.724, 0.649, 0.649, 0.694, 0.644, 0.624, 0.661, 0.612, 0.558, 0.533, 0.495, 0.5, 0.423,
      0.395, 0.375, 0.372, 0.391, 0.396, 0.405, 0.428, 0.429, 0.523, 0.562, 0.607, 0.653, 0.672, 0.708, 0.633, 0.668,
      0.645, 0.632, 0.591, 0.559, 0.597, 0.625, 0.739, 0.71, 0.729, 0.72, 0.636, 0.581, 0.428, 0.292, 0.162, 0.098,
      0.054,
    ],
  },
  residuals: ["y - (x1*exp(-t*x5) + x2*exp(-(t - x9)^2*x6) + x3*exp(-(t - x10)^2*x7) + x4*exp(-(t - x11)^2*x8))"],
  start: [1.3, 0.65, 0.65, 0.7, 0.6, 3, 5, 7, 2, 4.5, 5.5],
  minima: [{ value: 4.01377e-2 }],
});
