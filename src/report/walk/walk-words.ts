import type { Surface } from "../../surfaces/index.ts";
import type { MinimizeRecord } from "../folder/folder.ts";
import * as format from "../format.ts";
import { several } from "../phrases.ts";
import { VARIABLES } from "./steps.ts";

/** Sentences about a walk, for a page and a terminal. */

export const walkTitle = ({ surface: name, optimizer }: MinimizeRecord): string => `${optimizer} on ${name}`;

/** Where the walk began and ended, and how. */
export function walkLead(record: MinimizeRecord): string {
  const { points, values, outcome } = record;
  const [from, to] = [format.point(points[0]), format.point(points.at(-1))];
  const went = `From ${from}, value ${format.loss(values[0])}, to ${to}, value **${format.loss(values.at(-1))}**, in ${several(outcome.step, "step")}.`;
  return outcome.kind === "completed" ? went : `${went} The walk ${ended[outcome.kind]}: ${outcome.reason}.`;
}

/** How a walk ended, as a verb. */
const ended: Readonly<Record<MinimizeRecord["outcome"]["kind"], string>> = {
  completed: "ended",
  converged: "converged",
  stalled: "stalled",
  singular: "stopped at a singular point",
  diverged: "**diverged**",
  target: "ended",
  "stopped-early": "ended",
  interrupted: "ended",
};

/** Where the nearest known minimum is, and its distance from the walk's end; empty where no minimum is known. */
export function minimumWords({ minima }: Surface, { points }: MinimizeRecord): string[] {
  const end = points[points.length - 1];
  const distance = (at: readonly number[]): number => Math.hypot(...at.map((x, i) => x - end[i]));
  const [nearest] = [...minima].sort((a, b) => distance(a.at) - distance(b.at));
  if (nearest === undefined) return [];
  const which = minima.length === 1 ? "the minimum" : "the nearest known minimum";
  const kink = nearest.kink === true ? "; it is a kink: the gradient does not exist there" : "";
  return [
    `${which} at ${format.point(nearest.at, VARIABLES)}, value ${format.loss(nearest.value)}, is ${format.loss(distance(nearest.at))} away${kink}`,
  ];
}
