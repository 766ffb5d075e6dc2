import { listed } from "./surface.ts";

const { PI } = Math;

/** sin(s) + d² − 1.5x + 2.5y + 1 with s = x + y, d = x − y. The gradient is zero where d = 1 and cos(s) = −½. */
const onRidge = (s: number) => ({ at: [(s + 1) / 2, (s - 1) / 2], value: Math.sin(s) + s / 2 });

/** McCormick's function: a wave on a slanted bowl. */
export const mccormick = listed({
  name: "mccormick",
  title: "McCormick's function",
  text: "sin(x + y) + (x - y)^2 - 1.5*x + 2.5*y + 1",
  domain: [
    [-1.5, 4],
    [-3, 4],
  ],
  start: [3.5, -2],
  minima: [onRidge((-2 * PI) / 3), onRidge((4 * PI) / 3)],
  saddles: [onRidge((2 * PI) / 3)],
  complete: true,
  source: "McCormick 1976, Computability of global solutions to factorable nonconvex programs; points in closed form",
});

/** On the parabola the function is s(1 − t)cos(x) + s, with s = 10, t = 1/(8π): critical where x is a multiple of π. */
const onParabola = (k: number) => ({
  at: [k * PI, 1.275 * k * k - 5 * k + 6],
  value: k % 2 === 0 ? 20 - 10 / (8 * PI) : 10 / (8 * PI),
});

/** Branin's function: a parabolic valley with a wave along its floor, and three minima of equal value. */
export const branin = listed({
  name: "branin",
  title: "Branin's function",
  text: "(y - 5.1/(4*pi^2)*x^2 + 5/pi*x - 6)^2 + 10*(1 - 1/(8*pi))*cos(x) + 10",
  domain: [
    [-5, 10],
    [0, 15],
  ],
  start: [6, 13],
  minima: [-1, 1, 3].map(onParabola),
  saddles: [0, 2].map(onParabola),
  complete: true,
  source:
    "Branin 1972, Widely convergent method for finding multiple solutions of simultaneous nonlinear equations; points in closed form",
});

/** Where the derivative of cos(x)·exp(−(x − π)²) is zero, besides π: π ± the root 1.8365972… of tan(s) = −2s. */
const [left, right] = [1.3049954504376675, 4.978189856741919];

/** Easom's function: a deep hole in a plain that is nearly flat, with a few shallow minima and maxima around it. */
export const easom = listed({
  name: "easom",
  title: "Easom's function",
  text: "-cos(x)*cos(y)*exp(-(x - pi)^2 - (y - pi)^2)",
  domain: [
    [-1, 7],
    [-1, 7],
  ],
  start: [1.8, 2.2],
  minima: [
    { at: [PI, PI], value: -1 },
    ...[left, right].flatMap((x) => [left, right].map((y) => ({ at: [x, y], value: -0.00008110223891570072 }))),
  ],
  maxima: [left, right].flatMap((x) =>
    [
      [x, PI],
      [PI, x],
    ].map((at) => ({ at, value: 0.00900567814857386 })),
  ),
  // Where both cosines are zero.
  saddles: [PI / 2, 1.5 * PI].flatMap((x) => [PI / 2, 1.5 * PI].map((y) => ({ at: [x, y], value: 0 }))),
  complete: true,
  source:
    "Easom 1990, A survey of global optimization techniques (M. Eng. thesis, University of Louisville); there from −100 " +
    "to 100, nearly all of it flat. Points but for the deepest by search",
});
