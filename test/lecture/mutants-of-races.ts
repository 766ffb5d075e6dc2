import { radfordBeale } from "../../src/lecture/experiments/radford-beale.ts";
import { radfordMoons } from "../../src/lecture/experiments/radford-moons.ts";
import { radfordSaddle } from "../../src/lecture/experiments/radford-saddle.ts";
import { radfordValley } from "../../src/lecture/experiments/radford-valley.ts";
import type { rules } from "../../src/lecture/radford.ts";
import { type Mutants, mutantsOf } from "./mutants.ts";
import { faults, inPlaceOf } from "./mutants-of-rules.ts";

/** One fault of each rule that races, and for Adam and Adadelta, which have most parts, more. */
const racers: Readonly<Record<string, Partial<typeof rules>>> = {
  "SGD: a rate of 1.01·lr": { SGD: faults.descent["a rate of 1.01·lr"] },
  "Momentum: 0.99·g": { Momentum: faults.momentum["0.99·g"] },
  ...inPlaceOf("NAG", faults.nesterov),
  "Adagrad: a sum that forgets": { Adagrad: faults.adagrad["a sum that forgets"] },
  "RMSProp: a rate of 1.01·lr": { RMSProp: faults.rmsprop["a rate of 1.01·lr"] },
  ...inPlaceOf("Adadelta", faults.adadelta),
  ...inPlaceOf("Adam", faults.adam),
};

/** Radford's races. */
export const mutantsOfRaces: readonly Mutants[] = [
  mutantsOf(radfordBeale, racers),
  mutantsOf(radfordValley, racers),
  mutantsOf(radfordSaddle, racers),
  mutantsOf(radfordMoons, racers, { seeds: [1] }),
];
