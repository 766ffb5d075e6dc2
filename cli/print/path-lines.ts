import { type Connection, highestLoss, type PlanePath } from "../../src/landscape/index.ts";
import { format, several } from "../../src/report/index.ts";

/** Each way in a line: how its loss fell, and how far its points lie from the plane, with what the plane shows in place of the loss there. */
export const pathLines = (paths: readonly PlanePath[]): string[] =>
  paths.map(({ name, loss, onPlane, distance }) => {
    const far = distance.reduce((most, value, i) => (value > distance[most] ? i : most), 0);
    return (
      `${name}: ${several(loss.length, "point")}, loss from ${format.loss(loss[0])} to ${format.loss(loss.at(-1))}; at most ` +
      `${format.loss(distance[far])} from the plane, where it is ${format.loss(loss[far])} and the plane shows ${format.loss(onPlane[far])}`
    );
  });

/** How high the loss rises between two nets. */
export const connectionLine = ({ curve, line }: Pick<Connection, "curve" | "line">): string =>
  `highest loss from one net to the other: ${format.loss(highestLoss(line))} on the straight line, ${format.loss(highestLoss(curve))} on the curve`;
