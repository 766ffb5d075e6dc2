import {
  type Block,
  chart,
  code,
  details,
  type Figure,
  facts,
  prose,
  type Section,
  section,
} from "../../figure/index.ts";
import { type Surface, surfaceFromText, surfaces } from "../../surfaces/index.ts";
import type { MinimizeRecord } from "../folder/folder.ts";
import * as format from "../format.ts";
import { capital } from "../phrases.ts";
import { tableBlock } from "../table.ts";
import type { FitRecord } from "./fit.ts";
import { fitColumns, fitRows } from "./fit-table.ts";
import { hiddenWords, stepColumns, stepsShown } from "./steps.ts";
import { hasStars, walkFigure } from "./walk-figure.ts";
import { minimumWords } from "./walk-words.ts";

/** The walk as a figure and tables. Without `surface`, it is looked up by the record's name. */
export function walkSections(record: MinimizeRecord, surface?: Surface): Section[] {
  const known = surface ?? surfaceOf(record);
  const figure = walkFigure(known, record);
  const settings = Object.entries(record.hyper).map(([name, value]) => [name, format.setting(value)] as const);
  const { noise, fit } = record;
  const seen = noise === undefined ? [] : [["Noise on gradients", `${noise.sigma}, seed ${noise.seed}`] as const];
  const caption = "Fitted and certified values";
  const minimum = known === null || fit !== undefined ? [] : minimumWords(known, record);
  return [
    ...(fit === undefined
      ? []
      : [section("The fit", [code(fit.model), tableBlock({ caption, columns: fitColumns, rows: fitRows(fit) })])]),
    section("The walk", [
      chart(figure, walkCaption(figure, fit)),
      ...minimum.map((words) => prose(`${capital(words)}.`)),
      facts([["Optimizer", record.optimizer], ...settings, ...seen]),
      ...(known === null ? [] : [code(known.text, known.source)]),
      details("Table of the steps", [stepTable(record, known)]),
    ]),
  ];
}

function walkCaption(figure: Figure, fit: FitRecord | undefined): string {
  if (fit?.curve !== undefined) return "The data with the fitted curve, and the value at each step.";
  if (figure.panels.length === 1) return "The value at each step.";
  const stars = hasStars(figure.panels) ? "; stars are known minima" : "";
  return `The path from its start (circle) to its end (diamond)${stars}. Beside it, the value at each step.`;
}

function stepTable({ points, values, fit }: MinimizeRecord, surface: Surface | null): Block {
  const names = fit?.parameters.map(({ name }) => name) ?? surface?.variables;
  const variables = names ?? (points[0] ?? []).map((_, i) => `x${i + 1}`);
  const caption = ["Some of the steps", ...hiddenWords(variables).map((words) => `${words} not shown`)].join("; ");
  return tableBlock({ caption, columns: stepColumns(variables), rows: stepsShown({ points, values }) });
}

/** The surface of the walk: one from the catalogue, or a formula; null where the name is neither. */
function surfaceOf({ surface: name, points }: MinimizeRecord): Surface | null {
  for (const find of [surfaces.findSurface, surfaceFromText]) {
    try {
      const found = find(name);
      if (found.variables.length === points[0]?.length) return found;
    } catch {
      // Not a name of this kind: try the next.
    }
  }
  return null;
}
