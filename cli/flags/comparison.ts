import { MOST_TRIALS } from "../../src/train/defaults/index.ts";
import { type Flag, type Kind, list, whole } from "./flag.ts";
import { threads } from "./training.ts";

/** How runs are compared. */

export const seeds: Flag<readonly number[]> = {
  name: "seeds",
  value: "<n|list>",
  group: "Comparison",
  kind: seedList(),
  help: "number of seeds to run each optimizer with, or a list of seeds such as 1,2,5",
};
export const trials: Flag<number> = {
  name: "trials",
  value: "<n>",
  group: "Comparison",
  kind: whole(0, MOST_TRIALS),
  help: "learning rates to try for each optimizer; with 0 each uses its default learning rate",
};
export const tuningEpochs: Flag<number> = {
  name: "tuning-epochs",
  value: "<n>",
  group: "Comparison",
  kind: whole(1),
  help: "passes over the training set in each trial (default: as many as --epochs)",
};
export const workers: Flag<number> = {
  ...threads,
  kind: whole(0),
  group: "Comparison",
  help: "worker threads that train in parallel, at most one for each core (default: one for each core)",
};

/** `3` means the seeds 1, 2 and 3; `4,7` these two; `7,` the seed 7 alone. */
function seedList(): Kind<readonly number[]> {
  const many = list(whole(0));
  return {
    allowed: "a number of seeds from 1 to 100, or a list of distinct seeds such as 1,2,5",
    read: (given) => {
      const seeds = many.read(given);
      if (given.includes(",")) return seeds !== undefined && new Set(seeds).size === seeds.length ? seeds : undefined;
      const [count = 0] = seeds ?? [];
      return count >= 1 && count <= 100 ? Array.from({ length: count }, (_, i) => i + 1) : undefined;
    },
  };
}
