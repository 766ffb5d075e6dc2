import type { Animation, Figure } from "../src/figure/index.ts";
import type { Surface } from "../src/surfaces/index.ts";
import { type MinimizeOptions, minimize, type Path, pointsOf } from "../src/train/index.ts";
import { has, isObject, need } from "./door.ts";
import { drawRace, type RacePicture, type Style } from "./plots/race.ts";

/** An update rule with its hyper-parameters, or a solver. */
export type Walker = MinimizeOptions["optimizer"];

/** An optimizer in a race, and how it is drawn. */
export interface Entrant extends Style {
  /** An update rule with its hyper-parameters, or a solver. */
  readonly optimizer: Walker;
}

/** The start and the length of a race, and how it is drawn. */
export interface RaceOptions extends RacePicture {
  /** The start of all walks, two values. Default: the surface's own. */
  readonly start?: readonly number[];
  /** Steps for each, at most. Default 200. */
  readonly steps?: number;
}

/** Walks from one start, and their pictures. */
export interface Race {
  /** Each optimizer's walk, by name. */
  readonly walks: Walks;
  /** The points of each walk, the start first. */
  readonly trajectories: Readonly<Record<string, readonly (readonly number[])[]>>;
  /** The whole walks over the surface's contours. */
  readonly figure: Figure;
  /** One step a frame: `toGif` of downhill/figure/node makes a GIF of it. */
  readonly animation: Animation;
}

/** The walks of a race by the names of their optimizers. */
export type Walks = Readonly<Record<string, Path>>;

/**
 * Several optimizers walk down one surface of two variables, side by side, from one start:
 *
 *     const { walks, figure, animation } = race(surfaces.beale, {
 *       momentum: momentum({ lr: 0.001, beta: 0.95 }),
 *       adam: { optimizer: adam({ lr: 0.3 }), color: "#d2691e", dash: "dotted" },
 *     });
 *
 * A walk that meets a value that is not finite ends there, with a cross. Throws a RangeError if no optimizer is given,
 * or the surface does not have two variables.
 */
export function race(
  surface: Surface,
  entrants: Readonly<Record<string, Walker | Entrant>>,
  options: RaceOptions = {},
): Race {
  checkSurface("race", surface);
  need(isObject(entrants), "race: the entrants", entrants, "optimizers by name: { adam: adam({ lr: 0.3 }) }");
  for (const [name, entrant] of Object.entries(entrants))
    need(isObject(entrant), `race: ${name}`, entrant, "an optimizer, such as adam({ lr: 0.3 })");
  need(isObject(options), "race: the options", options, "an object: { steps: 100 }");
  const { start = surface.start, steps = 200 } = options;
  if (surface.variables.length !== 2)
    throw new RangeError(
      `race: ${surface.name} has the variables ${surface.variables.slice(0, 9).join(", ")}; two are needed`,
    );
  const walks = mapValues(entrants, (entrant) =>
    minimize(surface, { optimizer: "optimizer" in entrant ? entrant.optimizer : entrant, start, steps }),
  );
  const looks = mapValues(entrants, (entrant): Style => ("optimizer" in entrant ? entrant : {}));
  return raceOf(surface, walks, looks, options);
}

/** Throws a TypeError for what is no surface. */
export const checkSurface = (name: string, surface: unknown): void =>
  need(
    has(surface, "expression", "variables", "domain"),
    `${name}: the surface`,
    surface,
    "one, such as surfaces.beale",
  );

/**
 * A race of walks that were taken elsewhere, such as by nets in training, drawn over the surface. Throws a RangeError
 * if there are no walks.
 */
export function raceOf(
  surface: Surface,
  walks: Walks,
  looks: Readonly<Record<string, Style>>,
  options: RacePicture = {},
): Race {
  checkSurface("raceOf", surface);
  need(isObject(walks), "raceOf: the walks", walks, "paths by name: { adam: minimize(…) }");
  for (const [name, walk] of Object.entries(walks))
    need(has(walk, "points", "dimension", "outcome"), `raceOf: ${name}`, walk, "a path, which minimize(…) gives");
  need(isObject(looks), "raceOf: the looks", looks, "styles by name, or {}");
  need(isObject(options), "raceOf: the options", options, "an object: { rate: 25 }");
  if (Object.keys(walks).length === 0) throw new RangeError("race: no optimizers were given; give at least one");
  const trajectories = mapValues(walks, pointsOf);
  const trails = mapValues(walks, (walk, name) => ({
    points: trajectories[name],
    diverged: walk.outcome.kind === "diverged",
  }));
  return { walks, trajectories, ...drawRace(surface, trails, looks, options) };
}

type Points = readonly (readonly number[])[];

/** The step at which a walk first reaches a point for which this is true; Infinity where it never does. */
export function firstStep(points: Points, isThere: (point: readonly number[]) => boolean): number {
  const step = points.findIndex(isThere);
  return step < 0 ? Number.POSITIVE_INFINITY : step;
}

/** The distance of each point of a walk from a place. */
export const distances = (points: Points, place: readonly number[]): number[] =>
  points.map((point) => Math.hypot(...point.map((x, i) => x - place[i])));

/** The same keys, each with what `f` makes of its value. */
export const mapValues = <A, B>(record: Readonly<Record<string, A>>, f: (value: A, key: string) => B) =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, f(value, key)] as const));
