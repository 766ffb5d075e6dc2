import { cubicRoots } from "./cubic-roots.ts";
import { box, titleIn, total, variablesOf } from "./family.ts";
import { type CriticalPoint, listed, type Surface } from "./surface.ts";

/** A point and its mirror image in the origin, since f(−x, −y) = f(x, y). */
const bothSides = (at: readonly number[], value: number): CriticalPoint[] => [
  { at, value },
  { at: at.map((x) => -x), value },
];

/** Beale's function: a curved valley between plateaus, minimum at (3, ½). */
export const beale = listed({
  name: "beale",
  title: "Beale's function",
  text: "(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2",
  domain: [
    [-4.5, 4.5],
    [-4.5, 4.5],
  ],
  start: [1, 1.6],
  minima: [{ at: [3, 0.5], value: 0 }],
  saddles: [
    { at: [0, 1], value: 14.203125 },
    { at: [0.10053793732415846, -2.644513585023124], value: 9.86451228475556 },
  ],
  complete: true,
  source:
    "Beale 1958, On an iterative method for finding a local minimum of a function of more than one variable; the second saddle by search",
});

/** Himmelblau's function: four minima of equal depth. */
export const himmelblau = listed({
  name: "himmelblau",
  title: "Himmelblau's function",
  text: "(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
  start: [0, 0],
  minima: [
    { at: [3, 2], value: 0 },
    { at: [-2.805118086952745, 3.131312518250573], value: 0 },
    { at: [-3.779310253377747, -3.283185991286169], value: 0 },
    { at: [3.5844283403304917, -1.8481265269644036], value: 0 },
  ],
  maxima: [{ at: [-0.2708445906673476, -0.9230385564799813], value: 181.6165215225827 }],
  saddles: [
    { at: [3.385154183607021, 0.07385187983774931], value: 13.311926270405587 },
    { at: [0.08667750455539634, 2.884254701174776], value: 67.71915008752613 },
    { at: [-3.0730257507643897, -0.08135304428796747], value: 104.01516291755811 },
    { at: [-0.12796134673068005, -1.9537149802445766], value: 178.33723920192745 },
  ],
  complete: true,
  source: "Himmelblau 1972, Applied nonlinear programming; maximum and saddles by search",
});

/** Goldstein and Price's function: heights from 3 to a million. */
export const goldsteinPrice = listed({
  name: "goldstein-price",
  title: "Goldstein & Price's function",
  text: `a = 1 + (x + y + 1)^2*(19 - 14*x + 3*x^2 - 14*y + 6*x*y + 3*y^2)
b = 30 + (2*x - 3*y)^2*(18 - 32*x + 12*x^2 + 48*y - 36*x*y + 27*y^2)
a*b`,
  domain: [
    [-2, 2],
    [-2, 2],
  ],
  start: [-1.5, 1.5],
  minima: [
    { at: [0, -1], value: 3 },
    { at: [-0.6, -0.4], value: 30 },
    { at: [1.8, 0.2], value: 84 },
    { at: [1.2, 0.8], value: 840 },
  ],
  maxima: [{ at: [0.8, 0.2], value: 1155 }],
  saddles: [
    { at: [-0.4, -0.6], value: 35 },
    { at: [1.2, -0.2], value: 99 },
    { at: [1.4, 0.6], value: 980 },
    { at: [0.6, 0.4], value: 990 },
  ],
  complete: true,
  source: "Goldstein & Price 1971, On descent from local minima; maximum and saddles by search",
});

/** The three-hump camel: three minima, one of them lowest. */
export const threeHumpCamel = listed({
  name: "three-hump-camel",
  title: "Three-hump camel",
  text: "2*x^2 - 1.05*x^4 + x^6/6 + x*y + y^2",
  start: [2, 2],
  minima: [{ at: [0, 0], value: 0 }, ...bothSides([1.747552345830289, -0.8737761729151445], 0.29863844223685965)],
  saddles: bothSides([1.0705422918236598, -0.5352711459118299], 0.8773615577631402),
  complete: true,
  source:
    "Branin 1972, Widely convergent method for finding multiple solutions of simultaneous nonlinear equations; points but for the deepest by search",
});

/** The six-hump camel: six minima, two of them lowest. */
export const sixHumpCamel = listed({
  name: "six-hump-camel",
  title: "Six-hump camel",
  text: "(4 - 2.1*x^2 + x^4/3)*x^2 + x*y + (4*y^2 - 4)*y^2",
  domain: [
    [-3, 3],
    [-2, 2],
  ],
  start: [-2, 1.5],
  minima: [
    ...bothSides([0.08984201310031806, -0.7126564030207396], -1.0316284534898774),
    ...bothSides([1.7036067149699807, -0.7960835686726251], -0.21546382438371725),
    ...bothSides([1.6071047529201972, 0.5686514548841314], 2.104250310311258),
  ],
  maxima: bothSides([1.2302298765166526, 0.16233458445899498], 2.4962953510235772),
  saddles: [
    { at: [0, 0], value: 0 },
    ...bothSides([1.1092053368047865, -0.7682680925095399], 0.5437186009781853),
    ...bothSides([1.6380679841897785, 0.22867406904439405], 2.2293571975307147),
    ...bothSides([1.2960702671671092, 0.6050843880386585], 2.22947081802986),
  ],
  complete: true,
  source: "Dixon & Szegő 1978, Towards global optimisation 2; points to all digits, maxima and saddles by search",
});

/** Up to this many variables all 3ⁿ critical points are listed. */
const MOST_LISTED = 4;

/**
 * ½ Σ (xᵢ⁴ − 16xᵢ² + 5xᵢ), n variables: each has two valleys with a ridge between them, and all combinations are
 * critical points.
 */
export function styblinskiTang(n = 2): Surface {
  const variables = variablesOf("styblinski-tang", n);
  const [deep, ridge, shallow] = cubicRoots(-8, 1.25);
  const height = (x: number): number => 0.5 * (x ** 4 - 16 * x * x + 5 * x);
  const pointsOf = (choices: readonly number[]): CriticalPoint[] =>
    variables
      .reduce<number[][]>((points) => points.flatMap((at) => choices.map((x) => [...at, x])), [[]])
      .map((at) => ({ at, value: at.reduce((sum, x) => sum + height(x), 0) }));
  const complete = n <= MOST_LISTED;
  return listed({
    name: "styblinski-tang",
    title: titleIn(n, "Styblinski & Tang's function"),
    text: `0.5*(${total(variables, (x) => `${x}^4 - 16*${x}^2 + 5*${x}`)})`,
    variables,
    domain: box(variables, -5, 5),
    start: variables.map(() => 4),
    minima: pointsOf(complete ? [deep, shallow] : [deep]),
    maxima: pointsOf([ridge]),
    saddles: complete
      ? pointsOf([deep, ridge, shallow]).filter(({ at }) => at.includes(ridge) && at.some((x) => x !== ridge))
      : [],
    complete,
    source:
      "Styblinski & Tang 1990, Experiments in nonconvex optimization: stochastic approximation with function smoothing and " +
      "simulated annealing; points in closed form, the roots of x³ − 8x + 5/4",
  });
}
