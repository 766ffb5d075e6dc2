import { cubicRoots } from "./cubic-roots.ts";
import { box, everywhere, titleIn, total, variablesOf } from "./family.ts";
import { listed, type Surface } from "./surface.ts";

/** Zakharov's function, Σ xᵢ² + s² + s⁴ with s = Σ ½i·xᵢ: convex, and flat in all directions except one. */
export function zakharov(n = 2): Surface {
  const variables = variablesOf("zakharov", n);
  return listed({
    name: "zakharov",
    title: titleIn(n, "Zakharov's function"),
    text: `s = ${total(variables, (x, i) => `${(i + 1) / 2}*${x}`)}; ${total(variables, (x) => `${x}^2`)} + s^2 + s^4`,
    variables,
    domain: box(variables, -5, 10),
    start: everywhere(variables, 5),
    minima: [{ at: everywhere(variables, 0), value: 0 }],
    complete: true,
    source: "Jamil & Yang 2013, A literature survey of benchmark functions for global optimisation problems, no. 173",
  });
}

/** At this tilt one of the two valleys disappears. */
const MOST_TILT = 8 / Math.sqrt(27);

/**
 * (x² − 1)² + tilt·x + y²: two valleys side by side; with a tilt, one is deeper. Throws a RangeError for a tilt so
 * steep, above 8/√27, that one valley disappears.
 */
export function twoValleys(tilt = 0): Surface {
  if (!(Math.abs(tilt) < MOST_TILT))
    throw new RangeError(
      `twoValleys: the tilt is ${tilt}; it must lie between −${MOST_TILT} and ${MOST_TILT}, where there are two valleys`,
    );
  const height = (x: number): number => (x * x - 1) ** 2 + tilt * x;
  // The slope along the floor is 4x³ − 4x + tilt.
  const points = cubicRoots(-1, tilt / 4).map((x) => ({ at: [x, 0], value: height(x) }));
  return listed({
    name: tilt === 0 ? "two-valleys" : "tilted-valleys",
    title: tilt === 0 ? "Two valleys" : "Two valleys, one deeper",
    text: tilt === 0 ? "(x^2 - 1)^2 + y^2" : `(x^2 - 1)^2 + ${tilt}*x + y^2`,
    domain: box(["x", "y"], -2, 2),
    start: [1.8, 1.5],
    minima: [points[0], points[2]],
    saddles: [points[1]],
    complete: true,
    source: "closed form: the roots of 4x³ − 4x + tilt",
  });
}

/** Two valleys of equal depth, with a saddle between them. */
export const levelValleys = twoValleys();
/** Two valleys, the left one deeper: a start on the right leads into the shallow one. */
export const tiltedValleys = twoValleys(0.3);

/** A round hole in a plain: far from it the gradient is nearly zero. */
export const plateau = listed({
  name: "plateau",
  title: "Plateau",
  text: "1 - exp(-(x^2 + y^2)/2)",
  start: [3, 2],
  minima: [{ at: [0, 0], value: 0 }],
  complete: true,
  source: "closed form: the norm of the gradient at distance r is r·exp(−r²/2)",
});
