import { MOST_ITERATIONS, WALK_STEPS } from "../../src/train/defaults.ts";
import { type Flag, type Kind, list, notNegative, number, whole } from "./flag.ts";
import { seed, threads } from "./training.ts";

/** How runs are compared, and how a surface is walked on. */

export const seeds: Flag<readonly number[]> = {
  name: "seeds",
  value: "<n|list>",
  group: "Comparison",
  kind: seedList(),
  help: "run each optimizer with this many seeds, or with these: 1,2,5",
};
export const trials: Flag<number> = {
  name: "trials",
  value: "<n>",
  group: "Comparison",
  kind: whole(0, 100),
  help: "learning rates to try for each optimizer; 0 takes its default rate",
};
export const tuningEpochs: Flag<number> = {
  name: "tuning-epochs",
  value: "<n>",
  group: "Comparison",
  kind: whole(1),
  help: "passes over the training set in each trial (default: as in a final run)",
};
export const workers: Flag<number> = {
  ...threads,
  kind: whole(0),
  group: "Comparison",
  help: "worker threads that train side by side, one for each core at most (default: as many)",
};

/** Where a walk starts: numbers, or the n-th start of a regression. */
export type Place = readonly number[] | { readonly start: number };

export const start: Flag<Place> = {
  name: "start",
  value: "<x,y>",
  group: "Walk",
  kind: place(),
  help: "start at this point; start2 is the second start of a regression (default: the surface's own)",
};
export const steps: Flag<number> = {
  name: "steps",
  value: "<n>",
  group: "Walk",
  kind: whole(0, 1_000_000),
  help: `take this many steps (default: ${WALK_STEPS}; a solver takes what it needs, at most ${MOST_ITERATIONS})`,
};
export const raceSteps: Flag<number> = { ...steps, help: "let each optimizer take at most this many steps" };
export const noise: Flag<number> = {
  name: "noise",
  value: "<sigma>",
  group: "Walk",
  kind: notNegative,
  help: "add Gaussian noise with this standard deviation to every gradient",
};
export const noiseSeed: Flag<number> = { ...seed, group: "Walk", help: "seed of the noise (default: 1)" };

function place(): Kind<Place> {
  const numbers = list(number("a number", () => true));
  return {
    allowed: "numbers with commas between them, or a start of a file such as start2",
    read: (given) => {
      const [, nth] = /^start[ -]?([1-9]\d?)$/i.exec(given.trim()) ?? [];
      return nth === undefined ? numbers.read(given) : { start: Number(nth) };
    },
  };
}

/** `3` is the seeds 1, 2 and 3; `4,7` are these two; `7,` is one. */
function seedList(): Kind<readonly number[]> {
  const many = list(whole(0));
  return {
    allowed: "how many seeds, from 1 to 100, or a list of different ones such as 1,2,5",
    read: (given) => {
      const seeds = many.read(given);
      if (given.includes(",")) return seeds !== undefined && new Set(seeds).size === seeds.length ? seeds : undefined;
      const [count = 0] = seeds ?? [];
      return count >= 1 && count <= 100 ? Array.from({ length: count }, (_, i) => i + 1) : undefined;
    },
  };
}
