/** The points of a run that are kept on its way. */
export { TrajectoryKeeper } from "./keeper.ts";
export {
  checkTrajectory,
  pointCount,
  type TrajectoryPlan,
  type TrajectoryPoint,
  type TrajectoryUnit,
  trajectoryUnits,
} from "./plan.ts";
