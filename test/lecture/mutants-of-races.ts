import { radfordBeale } from "../../lecture/experiments/radford-beale.ts";
import { radfordMoons } from "../../lecture/experiments/radford-moons.ts";
import { radfordSaddle } from "../../lecture/experiments/radford-saddle.ts";
import { radfordValley } from "../../lecture/experiments/radford-valley.ts";
import type { rules } from "../../lecture/radford.ts";
import { type Mutants, mutantsOf } from "./mutants.ts";
import { faults, inPlaceOf } from "./mutants-of-rules.ts";

/** One fault of each rule that races. */
const one: Readonly<Record<string, Partial<typeof rules>>> = {
  "SGD: a rate of 1.01·lr": { SGD: faults.descent["a rate of 1.01·lr"] },
  "Momentum: 0.99·g": { Momentum: faults.momentum["0.99·g"] },
  "NAG: no look ahead": { NAG: faults.nesterov["no look ahead"] },
  "Adagrad: a sum that forgets": { Adagrad: faults.adagrad["a sum that forgets"] },
  "RMSProp: a rate of 1.01·lr": { RMSProp: faults.rmsprop["a rate of 1.01·lr"] },
  "Adadelta: steps that are summed": { Adadelta: faults.adadelta["steps that are summed"] },
  "Adam: t + 1 in the correction": { Adam: faults.adam["t + 1 in the correction"] },
};

/** And for those that have most parts, more. */
const racers: Readonly<Record<string, Partial<typeof rules>>> = {
  ...one,
  ...inPlaceOf("NAG", faults.nesterov),
  ...inPlaceOf("Adadelta", faults.adadelta),
  ...inPlaceOf("Adam", faults.adam),
};

/** Radford's races. */
export const mutantsOfRaces: readonly Mutants[] = [
  mutantsOf(radfordBeale, racers),
  mutantsOf(radfordValley, racers),
  mutantsOf(radfordSaddle, racers),
  // Each run of it trains seven nets; its verdict holds walks against the same formulas as the others.
  mutantsOf(radfordMoons, one, { seeds: [1] }),
];
