import { checkChoice, checkNumber, checkOptions, domains, quoteValue } from "../../arguments/index.ts";
import type { Vector } from "../../expr/index.ts";
import type { Evaluation } from "../../objective/index.ts";

/** Which points of a run are kept: the start, one every so many steps or epochs, and the end. */
export interface TrajectoryPlan {
  /** From one point to the next: a whole number, 1 or more. */
  readonly every: number;
  /** What `every` counts. Default "steps". */
  readonly unit?: TrajectoryUnit;
}

/** What lies between two points of a trajectory. */
export type TrajectoryUnit = (typeof trajectoryUnits)[number];
/** The units of `TrajectoryPlan`. */
export const trajectoryUnits = ["steps", "epochs"] as const;

/** A point of a run's trajectory: the weights that would be evaluated and kept if the run ended there. */
export interface TrajectoryPoint {
  /** Steps taken until there; 0 at the start. */
  readonly step: number;
  /** The epoch that ends there; missing in the middle of an epoch. */
  readonly epoch?: number;
  /** A copy of all parameters, in the model's order, frozen ones too. */
  readonly w: Vector;
  /** A copy of the model's state, such as running means; empty if it has none. */
  readonly s: Vector;
  /** The mean over the training set at this point, where it is known: after the steps of a solver. */
  readonly train?: Evaluation;
  /** The mean over the validation set at this point; missing in the middle of an epoch. */
  readonly validation?: Evaluation;
}

/** What a run does with its points. */
interface TrajectoryOptions {
  readonly trajectory?: TrajectoryPlan;
  readonly onPoint?: (point: TrajectoryPoint) => void;
}

/** Throws a TypeError or a RangeError for a plan that is none, and where nobody takes the points. */
export function checkTrajectory({ trajectory, onPoint }: TrajectoryOptions): void {
  if (onPoint !== undefined && typeof onPoint !== "function")
    throw new TypeError(`onPoint is ${quoteValue(onPoint)}; give a function that takes the points`);
  if (trajectory === undefined) {
    if (onPoint === undefined) return;
    throw new RangeError("onPoint: there are no points to take; give trajectory, too, such as { every: 50 }");
  }
  const example = 'trajectory: { every: 50 } or { every: 1, unit: "epochs" }';
  checkOptions("trajectory", trajectory, ["every", "unit"], example);
  checkNumber("trajectory: every", trajectory.every, domains.count);
  if (trajectory.unit !== undefined) checkChoice("trajectory: unit", trajectory.unit, trajectoryUnits);
  if (onPoint === undefined)
    throw new RangeError(
      "trajectory: nobody takes the points; give onPoint, too, such as (point) => points.push(point)",
    );
}

/** How long a run is, if nothing ends it early. */
interface Length {
  readonly steps: number;
  readonly stepsPerEpoch: number;
}

/** How many points a run of this length keeps, if nothing ends it early. */
export function pointCount({ every, unit = "steps" }: TrajectoryPlan, { steps, stepsPerEpoch }: Length): number {
  const interval = unit === "steps" ? every : every * stepsPerEpoch;
  return 1 + Math.ceil(steps / interval);
}
