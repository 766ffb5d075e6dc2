import { freeNames, parseStatements } from "../expr/text/index.ts";
import { formatNumber } from "../figure/index.ts";
import { chart, code, facts, type Section, section } from "../figure/page/index.ts";
import { type Surface, surface, surfaces } from "../surfaces/index.ts";
import type { MinimizeRecord } from "./folder.ts";
import { cost, count } from "./phrases.ts";
import { walkFigure } from "./walk-figure.ts";

export const walkTitle = ({ surface: name, optimizer }: MinimizeRecord): string => `${optimizer} on ${name}`;

/** Where the walk began and ended, and how. */
export function walkLead({ points, values, outcome }: MinimizeRecord): string {
  const [start, end] = [points[0], points.at(-1)];
  const went = `From (${start?.map(place).join(", ")}) at height ${cost(values[0] ?? null)} to (${end?.map(place).join(", ")}) at **${cost(values.at(-1) ?? null)}** in ${count(outcome.step)} steps.`;
  return outcome.kind === "completed"
    ? went
    : `${went} The walk ${outcome.kind === "diverged" ? "**diverged**" : "ended"}: ${outcome.reason}.`;
}

const place = (x: number): string => String(Number(x.toPrecision(4)));

export function walkSections(record: MinimizeRecord): Section[] {
  const known = surfaceOf(record);
  const settings = Object.entries(record.hyper).map(([name, value]) => [name, formatNumber(value, 6)] as const);
  const drawn = walkFigure(known, record);
  const words = `${drawn.panels.length > 1 ? "The path from its start, a circle, to its end, a diamond; stars are known minima. Beside it the value" : "The value"} by the step.`;
  return [
    section("The walk", [
      chart(drawn, words),
      facts([["Optimizer", record.optimizer], ...settings]),
      ...(known === null ? [] : [code(known.text, known.source)]),
    ]),
  ];
}

/** The surface that was walked on: a known one, or one whose name is its formula; null where it is neither. */
function surfaceOf({ surface: name, points }: MinimizeRecord): Surface | null {
  const known = surfaces.surfaces.find((each) => each.name === name);
  if (known !== undefined) return known;
  try {
    const variables = freeNames(parseStatements(name)).sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
    return variables.length === points[0]?.length ? surface({ name, text: name, variables }) : null;
  } catch {
    return null;
  }
}
