import { unknownName } from "../expr/nearest.ts";
import { type Surface, surface } from "./surface.ts";

/** ½(x² + κ·y²): a bowl whose Hessian has condition number κ. The largest stable rate of gradient descent is 2/κ. */
export const quadratic = (condition = 10): Surface =>
  surface({
    name: "quadratic",
    title: `Quadratic bowl, condition number ${condition}`,
    text: `0.5*(x^2 + ${condition}*y^2)`,
    start: [-4, 2],
    minima: [{ at: [0, 0], value: 0 }],
    source: "closed form",
  });

export const bowl = quadratic();

/** A bowl a hundred times steeper across than along: the long valley of the lecture. */
export const longValley: Surface = {
  ...quadratic(100),
  name: "long-valley",
  title: "Long valley",
  domain: [
    [-5, 5],
    [-1.5, 1.5],
  ],
  start: [-4, 1],
};

export const saddle = surface({
  name: "saddle",
  title: "Saddle",
  text: "x^2 - y^2",
  domain: [
    [-2, 2],
    [-2, 2],
  ],
  start: [-1.5, 0.001],
  saddles: [{ at: [0, 0], value: 0 }],
  source: "closed form: the Hessian is diag(2, −2) everywhere",
});

export const monkeySaddle = surface({
  name: "monkey-saddle",
  title: "Monkey saddle",
  text: "x^3 - 3*x*y^2",
  domain: [
    [-2, 2],
    [-2, 2],
  ],
  start: [1.2, 0.3],
  saddles: [{ at: [0, 0], value: 0 }],
  source: "closed form: the Hessian at the origin is zero, so the saddle is degenerate",
});

export const beale = surface({
  name: "beale",
  title: "Beale's function",
  text: "(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2",
  domain: [
    [-4.5, 4.5],
    [-4.5, 4.5],
  ],
  start: [1, 1.6],
  minima: [{ at: [3, 0.5], value: 0 }],
  saddles: [{ at: [0, 1], value: 14.203125 }],
  source: "Beale 1958, On an iterative method for finding a local minimum of a function of more than one variable",
});

/** The valley 100(y − x²)² + (1 − x)², in n variables the sum over neighbours. */
export function rosenbrock(n = 2): Surface {
  if (!Number.isSafeInteger(n) || n < 2)
    throw new RangeError(`rosenbrock: ${n} variables; a whole number, 2 or more, is needed`);
  const variables = n === 2 ? ["x", "y"] : Array.from({ length: n }, (_, i) => `x${i + 1}`);
  const terms = variables.slice(1).map((next, i) => `100*(${next} - ${variables[i]}^2)^2 + (1 - ${variables[i]})^2`);
  return surface({
    name: "rosenbrock",
    title: n === 2 ? "Rosenbrock's valley" : `Rosenbrock's valley in ${n} dimensions`,
    text: terms.join(" + "),
    variables,
    domain: variables.map(() => [-2, 2] as const),
    start: variables.map((_, i) => (i % 2 === 0 ? -1.2 : 1)),
    minima: [{ at: variables.map(() => 1), value: 0 }],
    source: "Rosenbrock 1960, An automatic method for finding the greatest or least value of a function",
  });
}

export const himmelblau = surface({
  name: "himmelblau",
  title: "Himmelblau's function",
  text: "(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
  domain: [
    [-5, 5],
    [-5, 5],
  ],
  start: [0, 0],
  minima: [
    { at: [3, 2], value: 0 },
    { at: [-2.805118086952745, 3.131312518250573], value: 0 },
    { at: [-3.779310253377747, -3.28318599128617], value: 0 },
    { at: [3.584428340330492, -1.848126526964404], value: 0 },
  ],
  maxima: [{ at: [-0.2708445906673412, -0.9230385564663764], value: 181.61652152258262 }],
  source: "Himmelblau 1972, Applied nonlinear programming",
});

export const booth = surface({
  name: "booth",
  title: "Booth's function",
  text: "(x + 2*y - 7)^2 + (2*x + y - 5)^2",
  domain: [
    [-10, 10],
    [-10, 10],
  ],
  start: [-8, 8],
  minima: [{ at: [1, 3], value: 0 }],
  source: "Jamil & Yang 2013, A literature survey of benchmark functions, no. 17",
});

export const matyas = surface({
  name: "matyas",
  title: "Matyas's function",
  text: "0.26*(x^2 + y^2) - 0.48*x*y",
  domain: [
    [-10, 10],
    [-10, 10],
  ],
  start: [-8, 5],
  minima: [{ at: [0, 0], value: 0 }],
  source: "Jamil & Yang 2013, no. 71",
});

/** By name, for the command line. */
export const surfaces: readonly Surface[] = [
  bowl,
  longValley,
  saddle,
  monkeySaddle,
  beale,
  rosenbrock(),
  himmelblau,
  booth,
  matyas,
];

/** The surface with this name. Throws a RangeError with the nearest name where there is none. */
export function findSurface(name: string): Surface {
  const found = surfaces.find((candidate) => candidate.name === name.toLowerCase());
  if (found === undefined)
    throw new RangeError(
      unknownName(
        "surface",
        name,
        surfaces.map((candidate) => candidate.name),
      ),
    );
  return found;
}
