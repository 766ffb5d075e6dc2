import { MOST_ITERATIONS, WALK_STEPS } from "../../src/train/defaults/index.ts";
import { type Flag, type Kind, list, type Names, notNegative, number, type Suggestions, whole } from "./flag.ts";

/** Settings of a walk on a surface. */

/** The names of all surfaces and of NIST's regressions. */
export const surfaceNames: Names = async () => {
  const { regressions, surfaces } = await import("../../src/surfaces/index.ts");
  return [...surfaces.surfaces.map(({ name }) => name), ...regressions.map(({ name }) => name.toLowerCase())];
};
export const surfaceFiles: Suggestions = { names: surfaceNames, paths: "files" };

/** Where a walk starts: coordinates, or the n-th start of a regression. */
export type Place = readonly number[] | { readonly start: number };

export const start: Flag<Place> = {
  name: "start",
  value: "<x,y>",
  group: "Walk",
  kind: place(),
  help: "point to start at, or the start of a regression by number, such as start2 (default: the surface's own)",
};
/** A race is on a surface: no regression has a start in the plane. */
export const pointStart: Flag<readonly number[]> = {
  ...start,
  kind: { ...coordinates(), allowed: "numbers separated by commas" },
  help: "point to start at (default: the surface's own)",
};
export const steps: Flag<number> = {
  name: "steps",
  value: "<n>",
  group: "Walk",
  kind: whole(0, 1_000_000),
  help: "number of steps to take",
};
/** The default, in words. */
export const usualSteps = `${WALK_STEPS}; a solver runs until it converges, for at most ${MOST_ITERATIONS.toLocaleString("en")} steps`;
export const noise: Flag<number> = {
  name: "noise",
  value: "<sigma>",
  group: "Walk",
  kind: notNegative,
  help: "add Gaussian noise with this standard deviation to every gradient",
};
export const noiseSeed: Flag<number> = {
  name: "seed",
  value: "<n>",
  group: "Walk",
  kind: whole(0),
  help: "seed of the noise (default: 1)",
};

export const within: Flag<readonly number[]> = {
  name: "within",
  value: "<low,high,…>",
  group: "Walk",
  kind: coordinates(),
  help: "range to search: low,high for all variables, or a pair for each (default: the surface's own)",
};

function coordinates(): Kind<readonly number[]> {
  return list(number("a number", () => true));
}

function place(): Kind<Place> {
  const numbers = coordinates();
  return {
    allowed: "numbers separated by commas, or a start of a file such as start2",
    read: (given) => {
      const [, nth] = /^start[ -]?([1-9]\d?)$/i.exec(given.trim()) ?? [];
      return nth === undefined ? numbers.read(given) : { start: Number(nth) };
    },
  };
}
