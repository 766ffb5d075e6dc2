/** The points of a run's trajectory as files. */
export { pointBytes, type SavedPoint } from "./point-file.ts";
export { keepPoint, keptSteps, readTrajectory, TRAJECTORY, type TrajectoryOptions } from "./trajectory-folder.ts";
