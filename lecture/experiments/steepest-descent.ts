import { arrow, contour, figure, grid, line, marker, pairs, panel } from "../../src/figure/index.ts";
import { gradientDescent } from "../../src/optimizers/index.ts";
import { surfaces } from "../../src/surfaces/index.ts";
import { minimize, objectiveOf } from "../../src/train/index.ts";
import { about, agree } from "../experiment.ts";
import { facts, numberTable } from "../told.ts";

const { quadratic } = surfaces;

const CONDITION = 20;
const LR = 1.9 / CONDITION;
const START = [-4, 1] as const;
const STEPS = 40;

const degrees = (radians: number): number => (180 * radians) / Math.PI;

/** The angle, in degrees, between the direction of steepest descent at a point and the direction to the minimum at 0. */
export function angleAt(x: number, y: number): number {
  const g = new Float64Array(2);
  objectiveOf(quadratic(CONDITION)).gradient(Float64Array.of(x, y), g);
  const cosine = (x * g[0] + y * g[1]) / (Math.hypot(x, y) * Math.hypot(g[0], g[1]));
  return degrees(Math.acos(Math.min(1, cosine)));
}

/** The same by hand: the gradient is (x, κy). */
const angleExpected = (x: number, y: number): number =>
  degrees(Math.abs(Math.atan2(CONDITION * y, x) - Math.atan2(y, x)));

const subjects = { rule: gradientDescent, angleAt };

export const steepestDescent = about(subjects, {
  id: "steepest-descent",
  title: "Steepest descent does not point to the minimum",
  claim:
    "Where contours are ellipses, the direction of steepest descent is not the direction to the minimum: one learning rate is too large across the valley and too small along it.",
  run: (_, { rule, angleAt }) => {
    const surface = quadratic(CONDITION);
    const path = minimize(surface, { optimizer: rule({ lr: LR }), start: START, steps: STEPS });
    const [along, across] = [0, 1].map((i) => Array.from(path.values, (_, t) => path.points[2 * t + i]));
    const flips = Array.from({ length: 20 }, (_, t) => path.points[2 * t + 1] * path.points[2 * t + 3] < 0).filter(
      Boolean,
    ).length;
    // The largest angle: tan of half of it is (κ − 1)/(2√κ), on the ray y = x/√κ.
    const worst = angleAt(Math.sqrt(CONDITION), 1);
    const numbers = {
      angleAtStart: angleAt(...START),
      angleAtStartExpected: angleExpected(...START),
      angleOnAxes: [angleAt(1, 0), angleAt(0, 1)],
      largestAngle: worst,
      largestAngleExpected: degrees(Math.atan((CONDITION - 1) / (2 * Math.sqrt(CONDITION)))),
      perStepAlong: path.points[2] / path.points[0],
      perStepAcross: path.points[3] / path.points[1],
      signFlipsAcrossIn20Steps: flips,
    };
    const [x0, y0] = START;
    return {
      holds:
        agree([numbers.angleAtStart], [numbers.angleAtStartExpected], 1e-9) &&
        numbers.angleOnAxes.every((angle) => angle < 1e-5) &&
        Math.abs(worst - numbers.largestAngleExpected) < 1e-9 &&
        flips === 20 &&
        // A step multiplies each coordinate by 1 − lr·λ.
        along.every((x, t) => agree([x], [x0 * (1 - LR) ** t])) &&
        across.every((y, t) => agree([y], [y0 * (1 - LR * CONDITION) ** t])),
      numbers,
      told: [
        facts({
          "angle between steepest descent and the minimum at the start, degrees": numbers.angleAtStart,
          "the same by hand, degrees": numbers.angleAtStartExpected,
          "largest such angle anywhere, degrees": worst,
          "largest by theory, degrees": numbers.largestAngleExpected,
          "sign changes across the valley in 20 steps": flips,
        }),
        numberTable("By axis", {
          axis: ["along, x", "across, y"],
          "angle on the axis, degrees": numbers.angleOnAxes,
          "factor per step": [numbers.perStepAlong, numbers.perStepAcross],
          "by theory, 1 − lr·λ": [1 - LR, 1 - LR * CONDITION],
        }),
      ],
      figure: figure({
        title: "Steepest descent on an ellipse",
        description: `At the start the way down and the way to the minimum are ${numbers.angleAtStart.toFixed(0)} degrees apart, so the path zigzags.`,
        panels: [
          panel({
            x: { label: "x", domain: [-5, 2] },
            y: { label: "y", domain: [-1.75, 1.75] },
            aspect: 2,
            marks: [
              contour({ grid: grid((x, y) => 0.5 * (x * x + CONDITION * y * y), { x: [-5, 2], y: [-1.75, 1.75] }) }),
              line({ points: pairs(path.points), label: "gradient descent" }),
              arrow({
                from: [x0, y0],
                to: [x0 - 0.0625 * x0, y0 - 0.0625 * CONDITION * y0],
                label: "steepest descent",
              }),
              arrow({ from: [x0, y0], to: [0.6 * x0, 0.6 * y0], label: "to the minimum" }),
              marker({ points: [[0, 0]], shape: "star", label: "minimum" }),
            ],
          }),
        ],
      }),
    };
  },
});
