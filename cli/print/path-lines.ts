import { type Connection, highestLoss, type PlanePath } from "../../src/landscape/index.ts";
import { format, several } from "../../src/report/index.ts";

/** Each path in a line: how its loss fell, and how far its points lie from the plane, with what the plane shows in place of the loss there. */
export const pathLines = (paths: readonly PlanePath[]): string[] =>
  paths.map(({ name, loss, onPlane, distance }) => {
    const far = distance.reduce((most, value, i) => (value > distance[most] ? i : most), 0);
    return (
      `path of ${name}: ${several(loss.length, "point")}, with losses from ${format.loss(loss[0])} at the beginning to ${format.loss(loss.at(-1))} at the ` +
      `end. The farthest from the plane is ${format.loss(distance[far])} away: its loss is ${format.loss(loss[far])}, and that in the plane below it ${format.loss(onPlane[far])}.`
    );
  });

/** How high the loss rises between two nets. */
export const connectionLine = ({ curve, line }: Pick<Connection, "curve" | "line">): string =>
  `highest loss on the way from one net to the other: ${format.loss(highestLoss(line))} on the straight line, ${format.loss(highestLoss(curve))} on the curve`;
