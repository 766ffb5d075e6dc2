import type { Surface } from "../../surfaces/index.ts";
import type { MinimizeRecord } from "../folder/folder.ts";
import * as format from "../format.ts";
import { several } from "../phrases.ts";
import { VARIABLES } from "./steps.ts";

/** What is said of a walk, on a page and in a terminal. */

export const walkTitle = ({ surface: name, optimizer }: MinimizeRecord): string => `${optimizer} on ${name}`;

/** Where the walk began and ended, and how. */
export function walkLead(record: MinimizeRecord): string {
  const { points, values, outcome } = record;
  const [from, to] = [format.place(points[0]), format.place(points.at(-1))];
  const went = `From ${from} at height ${format.loss(values[0])} to ${to} at **${format.loss(values.at(-1))}** in ${several(outcome.step, "step")}.`;
  return outcome.kind === "completed" ? went : `${went} The walk ${ended[outcome.kind]}: ${outcome.reason}.`;
}

/** What a walk did at its end. */
const ended: Readonly<Record<MinimizeRecord["outcome"]["kind"], string>> = {
  completed: "ended",
  converged: "converged",
  stalled: "stalled",
  singular: "came to a singular point",
  diverged: "**diverged**",
  target: "ended",
  "stopped-early": "ended",
  interrupted: "ended",
};

/** Where the nearest known minimum is, and how far from the walk's end; nothing where none is known. */
export function minimumWords({ minima }: Surface, { points }: MinimizeRecord): string[] {
  const end = points[points.length - 1];
  const distance = (at: readonly number[]): number => Math.hypot(...at.map((x, i) => x - end[i]));
  const [nearest] = [...minima].sort((a, b) => distance(a.at) - distance(b.at));
  if (nearest === undefined) return [];
  const which = minima.length === 1 ? "the minimum" : "the nearest known minimum";
  return [
    `${which} at ${format.place(nearest.at, VARIABLES)}, value ${format.loss(nearest.value)}, is ${format.loss(distance(nearest.at))} away`,
  ];
}
