import {
  fitColumns,
  fitRows,
  format,
  hiddenWords,
  type MinimizeRecord,
  minimumWords,
  stepColumns,
  stepsShown,
  tableLines,
} from "../../src/report/index.ts";
import type { Surface } from "../../src/surfaces/index.ts";

/** What `downhill minimize` prints: steps 0, 1, 2, 5, 10, … and the last, and how far it is from what is known. */
export function walkTable(surface: Surface, record: MinimizeRecord): string {
  const { optimizer, hyper, outcome, noise, fit } = record;
  const set = format.settings(hyper);
  return [
    `${optimizer} on ${surface.title}${set === "" ? "" : `: ${set}`}`,
    ...(fit === undefined ? [] : [fit.model]),
    ...(noise === undefined
      ? []
      : [`gradients with Gaussian noise, standard deviation ${noise.sigma}, seed ${noise.seed}`]),
    ...(surface.title === surface.text ? [] : [surface.text]),
    "",
    ...tableLines(stepColumns(surface.variables), stepsShown(record)),
    ...hiddenWords(surface.variables).map((words) => `(${words})`),
    "",
    `${outcome.kind}: ${outcome.reason}`,
    ...(fit === undefined ? minimumWords(surface, record) : ["", ...tableLines(fitColumns, fitRows(fit))]),
    "",
  ].join("\n");
}
