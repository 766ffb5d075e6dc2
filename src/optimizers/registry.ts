import { unknownName } from "../expr/nearest.ts";
import type { Rule } from "./rule.ts";
import { adabelief } from "./rules/adabelief.ts";
import { adadelta } from "./rules/adadelta.ts";
import { adagrad } from "./rules/adagrad.ts";
import { adam } from "./rules/adam.ts";
import { adamUncorrected } from "./rules/adam-uncorrected.ts";
import { adamax } from "./rules/adamax.ts";
import { adamw } from "./rules/adamw.ts";
import { amsgrad } from "./rules/amsgrad.ts";
import { gradientDescent } from "./rules/gradient-descent.ts";
import { lamb } from "./rules/lamb.ts";
import { lion } from "./rules/lion.ts";
import { momentum } from "./rules/momentum.ts";
import { momentumAveraged } from "./rules/momentum-averaged.ts";
import { nadam } from "./rules/nadam.ts";
import { nesterov } from "./rules/nesterov.ts";
import { nesterovRewritten } from "./rules/nesterov-rewritten.ts";
import { radam } from "./rules/radam.ts";
import { rmsprop } from "./rules/rmsprop.ts";
import { rmspropCentered } from "./rules/rmsprop-centered.ts";
import { rmspropMomentum } from "./rules/rmsprop-momentum.ts";
import { rprop } from "./rules/rprop.ts";
import { yogi } from "./rules/yogi.ts";

/** Every rule, in the order of the lecture; the rest follow by year. */
export const rules: readonly Rule[] = [
  gradientDescent,
  momentum,
  momentumAveraged,
  nesterov,
  nesterovRewritten,
  adagrad,
  rmsprop,
  rmspropCentered,
  rmspropMomentum,
  adadelta,
  adam,
  adamUncorrected,
  adamax,
  nadam,
  rprop,
  amsgrad,
  yogi,
  adamw,
  radam,
  lamb,
  adabelief,
  lion,
];

/** Other names that people type. */
const aliases: Readonly<Record<string, string>> = { sgd: "gradient-descent", gd: "gradient-descent", nag: "nesterov" };

/** Every name that a rule is found by. */
export const ruleNames: readonly string[] = [...rules.map(({ spec }) => spec.name), ...Object.keys(aliases)];

/** The rule with this name. Throws a RangeError with the nearest name where there is none. */
export function findRule(name: string): Rule {
  const wanted = name.toLowerCase();
  const known = Object.hasOwn(aliases, wanted) ? aliases[wanted] : wanted;
  const found = rules.find(({ spec }) => spec.name === known);
  if (found === undefined) throw new RangeError(unknownName("optimizer", name, ruleNames, "downhill optimizers"));
  return found;
}
