import { formatNumber } from "../src/figure/index.ts";
import type { MinimizeRecord } from "../src/report/index.ts";
import type { FitRecord } from "../src/report/walk-fit.ts";
import type { Surface } from "../src/surfaces/index.ts";
import { tableLines } from "./table.ts";
import { cost, hyperWords } from "./words.ts";

/** The most variables that get a column each. */
const COLUMNS = 6;

/** What `downhill minimize` prints: steps 0, 1, 2, 5, 10, … and the last, and how far it is from what is known. */
export function walkTable(surface: Surface, record: MinimizeRecord): string {
  const { optimizer, hyper, points, values, outcome, noise, fit } = record;
  const variables = surface.variables.slice(0, COLUMNS);
  const rows = stepsShown(values.length - 1).map((step) => [
    String(step),
    ...variables.map((_, i) => formatNumber(points[step][i], 6)),
    cost(values[step]),
  ]);
  const table = tableLines({ columns: ["step", ...variables, "value"].map(right), rows });
  const hidden = surface.variables.length - variables.length;
  const more = hidden > 0 ? [`(${hidden} more ${hidden === 1 ? "variable" : "variables"})`] : [];
  const set = hyperWords(hyper);
  return [
    `${optimizer} on ${surface.title}${set === "" ? "" : `: ${set}`}`,
    ...(fit === undefined ? [] : [fit.model]),
    ...(noise === undefined
      ? []
      : [`gradients with Gaussian noise, standard deviation ${noise.sigma}, seed ${noise.seed}`]),
    ...(surface.title === surface.text ? [] : [surface.text]),
    "",
    ...table,
    ...more,
    "",
    `${outcome.kind}: ${outcome.reason}`,
    ...(fit === undefined ? knownWords(surface, points[points.length - 1]) : ["", ...fitLines(fit)]),
    "",
  ].join("\n");
}

const right = (title: string) => ({ title, align: "right" as const });

/** 0, 1, 2, 5, 10, 20, 50, … and the last. */
function stepsShown(last: number): number[] {
  const shown = [0];
  for (let power = 1; power <= last; power *= 10)
    for (const digit of [1, 2, 5]) if (digit * power < last) shown.push(digit * power);
  return last > 0 ? [...shown, last] : shown;
}

/** Where the nearest known minimum is, and how far. */
function knownWords({ minima }: Surface, end: readonly number[]): string[] {
  const distance = (at: readonly number[]): number => Math.hypot(...at.map((x, i) => x - end[i]));
  const [nearest] = [...minima].sort((a, b) => distance(a.at) - distance(b.at));
  if (nearest === undefined) return [];
  const numbers = nearest.at.slice(0, COLUMNS).map((x) => formatNumber(x, 6));
  const place = [...numbers, ...(nearest.at.length > COLUMNS ? ["…"] : [])].join(", ");
  const which = minima.length === 1 ? "the minimum" : "the nearest known minimum";
  return [`${which} at (${place}), value ${cost(nearest.value)}, is ${cost(distance(nearest.at))} away`];
}

/** The fitted numbers beside the certified ones. */
const fitLines = ({ parameters, sumOfSquares }: FitRecord): string[] =>
  tableLines({
    columns: [{ title: "", align: "left" }, ...["fitted", "certified", "correct digits"].map(right)],
    rows: [...parameters, sumOfSquares].map(({ name, value, certified, digits }) => [
      name,
      formatNumber(value, 11),
      formatNumber(certified, 11),
      digits.toFixed(1),
    ]),
  });
