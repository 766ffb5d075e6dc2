import { type Figure, formatNumber } from "../figure/index.ts";
import { type Block, chart, code, facts, type Section, section, table } from "../figure/page/index.ts";
import { type Surface, surfaceFromText, surfaces } from "../surfaces/index.ts";
import type { MinimizeRecord } from "./folder/folder.ts";
import { cost, setting, several } from "./phrases.ts";
import { hasStars, walkFigure } from "./walk-figure.ts";
import type { FitRecord, FittedNumber } from "./walk-fit.ts";

export const walkTitle = ({ surface: name, optimizer }: MinimizeRecord): string => `${optimizer} on ${name}`;

/** Where the walk began and ended, and how. */
export function walkLead({ points, values, outcome }: MinimizeRecord): string {
  const [start, end] = [points[0], points.at(-1)];
  const went = `From ${place(start)} at height ${cost(values[0] ?? null)} to ${place(end)} at **${cost(values.at(-1) ?? null)}** in ${several(outcome.step, "step")}.`;
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

/** The most coordinates that are written out. */
const COORDINATES = 7;

function place(at: readonly number[] = []): string {
  const numbers = at.slice(0, COORDINATES).map((x) => formatNumber(x, 4));
  return `(${[...numbers, ...(at.length > COORDINATES ? ["…"] : [])].join(", ")})`;
}

/** The walk in a figure, with its numbers. `surface` is what it went on, where whoever asks has it. */
export function walkSections(record: MinimizeRecord, surface?: Surface): Section[] {
  const known = surface ?? surfaceOf(record);
  const figure = walkFigure(known, record);
  const settings = Object.entries(record.hyper).map(([name, value]) => [name, setting(value)] as const);
  const { noise, fit } = record;
  const seen = noise === undefined ? [] : [["Noise on gradients", `${noise.sigma}, seed ${noise.seed}`] as const];
  return [
    ...(fit === undefined ? [] : [section("The fit", [code(fit.model), fitTable(fit)])]),
    section("The walk", [
      chart(figure, whatIsDrawn(figure, fit)),
      facts([["Optimizer", record.optimizer], ...settings, ...seen]),
      ...(known === null ? [] : [code(known.text, known.source)]),
    ]),
  ];
}

function whatIsDrawn(figure: Figure, fit: FitRecord | undefined): string {
  if (fit?.curve !== undefined) return "The data with the fitted curve, and the value by the step.";
  if (figure.panels.length === 1) return "The value by the step.";
  const stars = hasStars(figure.panels) ? "; stars are known minima" : "";
  return `The path from its start, a circle, to its end, a diamond${stars}. Beside it the value by the step.`;
}

/** What was fitted beside what is certified. */
const fitTable = ({ parameters, sumOfSquares }: FitRecord): Block =>
  table({
    caption: "The fitted numbers, and those that are certified",
    columns: [
      "",
      { name: "fitted", numeric: true },
      { name: "certified", numeric: true },
      { name: "correct digits", numeric: true },
    ],
    rows: [...parameters, sumOfSquares].map(({ name, value, certified, digits }: FittedNumber) => ({
      cells: [
        name,
        { value, text: formatNumber(value, 11) },
        { value: certified, text: formatNumber(certified, 11) },
        { value: digits, text: digits.toFixed(1) },
      ],
    })),
  });

/** The surface that was walked on: a known one, or one whose name is its formula; null where it is neither. */
function surfaceOf({ surface: name, points }: MinimizeRecord): Surface | null {
  for (const find of [surfaces.findSurface, surfaceFromText]) {
    try {
      const found = find(name);
      if (found.variables.length === points[0]?.length) return found;
    } catch {
      // The name is no such thing.
    }
  }
  return null;
}
