import { arrow, line, marker } from "../../src/figure/index.ts";
import { gradientDescent } from "../../src/optimizers/index.ts";
import { surfaces } from "../../src/surfaces/index.ts";
import { minimize, objectiveOf, pointsOf } from "../../src/train/index.ts";
import { agree, experiment } from "../experiment.ts";
import { plotOf } from "../plots/curves.ts";
import { ground } from "../plots/ground.ts";
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

const [X0, Y0] = START;
const WINDOW = { x: [-5, 2], y: [-1.75, 1.75] } as const;

export const steepestDescent = experiment({
  id: "steepest-descent",
  title: "Steepest descent does not point to the minimum",
  claim:
    "Where contours are ellipses, the direction of steepest descent is not the direction to the minimum: the same learning rate is too large across the valley and too small along it.",
  subjects: { rule: gradientDescent, angleAt },
  measure(_, { rule, angleAt }) {
    const path = minimize(quadratic(CONDITION), { optimizer: rule({ lr: LR }), start: START, steps: STEPS });
    const points = pointsOf(path).map(([x, y]) => [x, y] as const);
    return {
      numbers: {
        angleAtStart: angleAt(...START),
        angleAtStartExpected: angleExpected(...START),
        angleOnAxes: [angleAt(1, 0), angleAt(0, 1)],
        // tan of half of it is (κ − 1)/(2√κ), on the ray y = x/√κ.
        largestAngle: angleAt(Math.sqrt(CONDITION), 1),
        largestAngleExpected: degrees(Math.atan((CONDITION - 1) / (2 * Math.sqrt(CONDITION)))),
        perStepAlong: points[1][0] / points[0][0],
        perStepAcross: points[1][1] / points[0][1],
        signFlipsAcrossIn20Steps: points.slice(1, 21).filter(([, y], t) => y * points[t][1] < 0).length,
      },
      points,
    };
  },
  holds: ({ numbers, points }) =>
    agree([numbers.angleAtStart], [numbers.angleAtStartExpected], 1e-9) &&
    numbers.angleOnAxes.every((angle) => angle < 1e-5) &&
    Math.abs(numbers.largestAngle - numbers.largestAngleExpected) < 1e-9 &&
    numbers.signFlipsAcrossIn20Steps === 20 &&
    // A step multiplies each coordinate by 1 − lr·λ.
    points.every((point, t) => agree(point, [X0 * (1 - LR) ** t, Y0 * (1 - LR * CONDITION) ** t])),
  told: ({ numbers }) => [
    facts({
      "angle at the start between steepest descent and the way to the minimum, degrees": numbers.angleAtStart,
      "angle at the start by hand, degrees": numbers.angleAtStartExpected,
      "largest such angle anywhere, degrees": numbers.largestAngle,
      "largest angle in theory, degrees": numbers.largestAngleExpected,
      "sign changes across the valley in 20 steps": numbers.signFlipsAcrossIn20Steps,
    }),
    numberTable("By axis", {
      axis: ["along, x", "across, y"],
      "angle on the axis, degrees": numbers.angleOnAxes,
      "factor per step": [numbers.perStepAlong, numbers.perStepAcross],
      "in theory, 1 − lr·λ": [1 - LR, 1 - LR * CONDITION],
    }),
  ],
  plot: ({ numbers, points }) =>
    plotOf({
      title: "Steepest descent on an ellipse",
      description: `At the start, the way down and the way to the minimum are ${numbers.angleAtStart.toFixed(0)} degrees apart, so the path zigzags.`,
      x: { label: "x", domain: WINDOW.x },
      y: { label: "y", domain: WINDOW.y },
      aspect: 2,
      marks: [
        ground(quadratic(CONDITION), WINDOW),
        line({ points, label: "gradient descent" }),
        arrow({ from: START, to: [X0 - 0.0625 * X0, Y0 - 0.0625 * CONDITION * Y0], label: "steepest descent" }),
        arrow({ from: START, to: [0.6 * X0, 0.6 * Y0], label: "to the minimum" }),
        marker({ points: [[0, 0]], shape: "star", label: "minimum" }),
      ],
    }),
});
