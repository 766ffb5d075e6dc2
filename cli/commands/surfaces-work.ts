import { cut, someOf } from "../../src/arguments/index.ts";
import { format, numberColumn, tableLines, textColumn } from "../../src/report/index.ts";
import { criticalPoints, type FoundPoint } from "../../src/solvers/index.ts";
import { checkDomain, type Surface, surfaces } from "../../src/surfaces/index.ts";
import * as flags from "../flags/index.ts";
import { exitCode } from "../io.ts";
import { UsageError } from "../mistakes/failure.ts";
import { plainRegression, regressionLines, regressionPage } from "../print/regression-page.ts";
import { jsonText } from "../print/result.ts";
import { regressionNamed, surfaceFrom } from "../read/surface.ts";
import type { Settings } from "../settings.ts";
import type { Read } from "./command.ts";

/** The most critical points that are printed. */
const SHOWN = 20;
/** A found point is a known one if it is as near as this, as a fraction of the window's size. */
const NEAR = 1e-4;

/** `downhill surfaces`: all of them, or one with its formula and the critical points in its window; regressions, too. */
export const read: Read = (settings, io) => {
  const write = wanted(settings);
  return () => {
    io.out.write(write(settings.get(flags.json) === true));
    return exitCode.success;
  };
};

/** What writes the list or the one surface that was asked for, as JSON or for people. */
function wanted(settings: Settings): (json: boolean) => string {
  const [text] = settings.words;
  const within = settings.get(flags.within);
  if (text === undefined) {
    if (within !== undefined) throw new UsageError("--within is for one surface: name it");
    return (json) => (json ? jsonText(surfaces.surfaces.map(plain)) : listing());
  }
  const regression = regressionNamed(text);
  if (regression !== undefined) {
    if (within !== undefined) throw new UsageError(`--within is for surfaces; ${regression.name} is a regression`);
    return (json) => (json ? jsonText(plainRegression(regression)) : regressionPage(regression));
  }
  const surface = surfaceFrom(text);
  const domain = windowOf(surface, within);
  checkDomain(surface.name, domain, surface.variables);
  return (json) => {
    const { points, walks } = criticalPoints(surface, { domain });
    return json
      ? jsonText({ ...plain(surface), domain, criticalPoints: points, walks })
      : page({ ...surface, domain }, points, text);
  };
}

/** One interval for all variables, or one for each. */
function windowOf({ name, domain, variables }: Surface, given: readonly number[] | undefined): Surface["domain"] {
  if (given === undefined) return domain;
  if (given.length !== 2 && given.length !== 2 * variables.length)
    throw new UsageError(
      `--within ${cut(given.join(","))}: ${cut(name)} has ${variables.length} variable${variables.length === 1 ? "" : "s"} (${someOf(variables)}); give low,high for all or for each`,
    );
  return variables.map((_, i) => [given[(2 * i) % given.length], given[(2 * i + 1) % given.length]] as const);
}

/** Everything that is known of a surface. */
const plain = ({ name, title, text, variables, domain, start, minima, maxima, saddles, source }: Surface) => ({
  ...{ name, title, formula: text, variables, domain, start },
  known: { minima, maxima, saddles },
  source,
});

function listing(): string {
  const columns = [
    textColumn("name", ({ name }: Surface) => name),
    textColumn("title", ({ title }: Surface) => title),
    numberColumn("known minima", ({ minima }: Surface) => minima.length, format.count),
    numberColumn("known saddles", ({ saddles }: Surface) => saddles.length, format.count),
    textColumn("source", ({ source }: Surface) => /^.*?\d{4}/.exec(source)?.[0] ?? ""),
  ];
  return [
    ...tableLines(columns, surfaces.surfaces),
    "",
    "Known points are only those listed with the surface; downhill surfaces NAME searches for more.",
    "",
    "NIST's nonlinear regressions, for minimize:",
    ...regressionLines(),
    "",
    "One of them: downhill surfaces beale",
    "A walk down: downhill minimize beale",
    "A fit: downhill minimize thurber",
    "",
  ].join("\n");
}

function page(surface: Surface, points: readonly FoundPoint[], typed: string): string {
  const { title, name, text, source, variables, domain } = surface;
  const windows = variables.map((variable, i) => `${variable} from ${domain[i].map(format.coordinate).join(" to ")}`);
  return [
    title === name ? title : `${title} (${name})`,
    source,
    "",
    ...text
      .trim()
      .split("\n")
      .map((line) => `  ${line.trim()}`),
    "",
    ...found(surface, points),
    "",
    `Searched ${windows.join(", ")}. The search may miss points that none of its starts leads to.`,
    `To walk down it: downhill minimize ${/^[\w:-]+$/.test(typed) ? typed : `'${typed}'`}`,
    "",
  ].join("\n");
}

/** A row of the table: a point that the search found, or a known kink, which no search for a zero gradient finds. */
type Row = Pick<FoundPoint, "at" | "value"> & { readonly label: string; readonly eigenvalues: string };

/** The known kinks in the window: the lowest minima of all, unless something lower was found. */
function kinksIn({ minima, domain }: Surface, points: readonly FoundPoint[]): Row[] {
  const lowest = Math.min(...points.map(({ value }) => value));
  return minima
    .filter(({ at, kink }) => kink === true && at.every((x, i) => x >= domain[i][0] && x <= domain[i][1]))
    .map(({ at, value }) => ({
      ...{ at, value, label: value <= lowest ? "global minimum" : "minimum" },
      eigenvalues: "none: a kink, where the gradient does not exist",
    }));
}

function rowOf(surface: Surface, point: FoundPoint): Row {
  const { at, value, eigenvalues } = point;
  const size = 1 + Math.max(...eigenvalues.map(Math.abs));
  const written = eigenvalues.map((x) => format.coordinate(cleared(x, size))).join(", ");
  return { at, value, label: labelOf(surface, point), eigenvalues: written };
}

/** A degenerate point's eigenvalues do not show its kind; the list of known points does. */
function labelOf({ saddles, minima, maxima, domain }: Surface, { kind, global, at }: FoundPoint): string {
  if (kind !== "degenerate") return global ? `global ${kind}` : kind;
  const isHere = (known: Surface["minima"][number]): boolean =>
    known.at.every((x, i) => Math.abs(x - at[i]) <= NEAR * (domain[i][1] - domain[i][0]));
  const lists = { saddle: saddles, minimum: minima, maximum: maxima };
  const known = Object.entries(lists).find(([, list]) => list.some(isHere));
  return known === undefined ? kind : `${kind} ${known[0]}`;
}

function found(surface: Surface, points: readonly FoundPoint[]): string[] {
  const { variables, domain } = surface;
  const rows = [...kinksIn(surface, points), ...points.map((point) => rowOf(surface, point))];
  if (rows.length === 0) return ["No critical point was found in the window."];
  const columns = [
    textColumn("critical point", ({ label }: Row) => label),
    ...variables.map((name, i) =>
      numberColumn(name, ({ at }: Row) => cleared(at[i], domain[i][1] - domain[i][0]), format.coordinate),
    ),
    numberColumn("value", ({ value }: Row) => cleared(value, 1), format.loss),
    textColumn("eigenvalues of the Hessian", ({ eigenvalues }: Row) => eigenvalues),
  ];
  const table = tableLines(columns, rows.slice(0, SHOWN));
  return rows.length > SHOWN ? [...table, `and ${rows.length - SHOWN} more, higher up: --json lists them`] : table;
}

/** What is left of 0 by rounding, beside numbers of this size, is printed as 0; `--json` has every digit. */
const cleared = (x: number, size: number): number => (Math.abs(x) < 1e-14 * size ? 0 : x);
