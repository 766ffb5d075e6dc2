import { listed, type Surface } from "./surface.ts";

/**
 * ½(x² + κ·y²): a bowl whose Hessian has condition number κ, 10 by default. The largest stable learning rate of
 * gradient descent is 2/κ.
 */
export function quadratic(condition = 10): Surface {
  if (!(condition > 0 && Number.isFinite(condition)))
    throw new RangeError(`quadratic: the condition number is ${condition}; it must be positive and finite`);
  return listed({
    name: "quadratic",
    title: `Quadratic bowl, condition number ${condition}`,
    text: `0.5*(x^2 + ${condition}*y^2)`,
    start: [-4, 2],
    minima: [{ at: [0, 0], value: 0 }],
    complete: true,
    source: `closed form: the Hessian is diag(1, ${condition}) everywhere`,
  });
}

/** A bowl with condition number 10. */
export const bowl = quadratic();

/** ½(x² + κ·y²), κ = 100 by default, steep across and flat along: the long valley of the lecture. */
export function valley(condition = 100): Surface {
  return {
    ...quadratic(condition),
    name: "long-valley",
    title: condition === 100 ? "Long valley" : `Long valley, condition number ${condition}`,
    domain: [
      [-5, 5],
      [-1.5, 1.5],
    ],
    start: [-4, 1],
  };
}

/** A valley with condition number 100. */
export const longValley = valley();

/** Booth's function: a slanted bowl, minimum at (1, 3). */
export const booth = listed({
  name: "booth",
  title: "Booth's function",
  text: "(x + 2*y - 7)^2 + (2*x + y - 5)^2",
  domain: [
    [-10, 10],
    [-10, 10],
  ],
  start: [-8, 8],
  minima: [{ at: [1, 3], value: 0 }],
  complete: true,
  source: "Jamil & Yang 2013, A literature survey of benchmark functions for global optimisation problems, no. 17",
});

/** Matyas's function: a flat, slanted bowl. */
export const matyas = listed({
  name: "matyas",
  title: "Matyas's function",
  text: "0.26*(x^2 + y^2) - 0.48*x*y",
  domain: [
    [-10, 10],
    [-10, 10],
  ],
  start: [-8, 5],
  minima: [{ at: [0, 0], value: 0 }],
  complete: true,
  source: "Jamil & Yang 2013, A literature survey of benchmark functions for global optimisation problems, no. 71",
});
