import { arrow, contour, figure, grid, line, marker, pairs, panel } from "../../figure/index.ts";
import { gradientDescent } from "../../optimizers/index.ts";
import { quadratic } from "../../surfaces/catalogue.ts";
import { minimize, objectiveOf } from "../../train/minimize.ts";
import type { Experiment } from "../experiment.ts";

const CONDITION = 20;

/** The angle, in degrees, between the direction of steepest descent at a point and the direction to the minimum at 0. */
function angleAt(x: number, y: number): number {
  const g = new Float64Array(2);
  objectiveOf(quadratic(CONDITION)).valueAndGradient(Float64Array.of(x, y), g);
  const cosine = (x * g[0] + y * g[1]) / (Math.hypot(x, y) * Math.hypot(g[0], g[1]));
  return (Math.acos(Math.min(1, cosine)) * 180) / Math.PI;
}

export const steepestDescent: Experiment = {
  id: "steepest-descent",
  title: "Different rates in different dimensions",
  claim:
    "On an ellipse the direction of steepest descent is not the direction to the minimum: one rate is too large across and too small along.",
  run: () => {
    const surface = quadratic(CONDITION);
    const start = [-4, 1];
    const path = minimize(surface, { optimizer: gradientDescent({ lr: 1.9 / CONDITION }), start, steps: 40 });
    const flips = Array.from({ length: 20 }, (_, t) => path.points[2 * t + 1] * path.points[2 * t + 3] < 0).filter(
      Boolean,
    ).length;
    // The largest angle: tan of half of it is (κ − 1)/(2√κ), on the ray y = x/√κ.
    const worst = angleAt(Math.sqrt(CONDITION), 1);
    const numbers = {
      angleAtStart: angleAt(-4, 1),
      angleOnAxes: [angleAt(1, 0), angleAt(0, 1)],
      largestAngle: worst,
      largestAngleExpected: (Math.atan((CONDITION - 1) / (2 * Math.sqrt(CONDITION))) * 180) / Math.PI,
      perStepAlong: path.points[2] / path.points[0],
      perStepAcross: path.points[3] / path.points[1],
      signFlipsAcrossIn20Steps: flips,
    };
    const [x0, y0] = start;
    return {
      holds:
        numbers.angleAtStart > 30 &&
        numbers.angleOnAxes.every((angle) => angle < 1e-5) &&
        Math.abs(worst - numbers.largestAngleExpected) < 1e-9 &&
        flips === 20 &&
        Math.abs(numbers.perStepAlong - (1 - 1.9 / CONDITION)) < 1e-12 &&
        Math.abs(numbers.perStepAcross + 0.9) < 1e-12,
      numbers,
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
};
