import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { findRule, type Optimizer } from "../../src/optimizers/index.ts";
import { difference, layoutOf, walk } from "./descents.ts";

type Numbers = Readonly<Record<string, number>>;

interface Case {
  readonly library: string;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly gradients: string;
  readonly tensors: readonly number[];
  readonly w: readonly (readonly number[])[];
}

const read = (file: string) =>
  JSON.parse(readFileSync(new URL(`../goldens/optimizers/${file}.json`, import.meta.url), "utf8"));

/** Where a native rule and a class of another program are the same formula: the rule's settings that make them so. */
const same: readonly [rule: string, library: string, name: string, args: object, settings: Numbers][] = [
  ["gradient-descent", "torch", "SGD", { lr: 0.1 }, { lr: 0.1 }],
  ["momentum", "torch", "SGD", { lr: 0.05, momentum: 0.9 }, { lr: 0.05, beta: 0.9 }],
  ["momentum-averaged", "torch", "SGD", { lr: 0.05, momentum: 0.9 }, { lr: 0.5, beta: 0.9 }],
  ["nesterov-rewritten", "torch", "SGD", { lr: 0.05, momentum: 0.9, nesterov: true }, { lr: 0.05, beta: 0.9 }],
  ["adagrad", "torch", "Adagrad", { lr: 0.1 }, { lr: 0.1 }],
  ["rmsprop", "torch", "RMSprop", { lr: 0.01 }, { lr: 0.01, rho: 0.99 }],
  ["rmsprop-momentum", "torch", "RMSprop", { lr: 0.01, alpha: 0.9, momentum: 0.8 }, { lr: 0.01, rho: 0.9, beta: 0.8 }],
  ["rmsprop-centered", "torch", "RMSprop", { lr: 0.01, alpha: 0.95, centered: true }, { lr: 0.01, rho: 0.95 }],
  ["adadelta", "torch", "Adadelta", { lr: 1, rho: 0.9 }, { lr: 1, rho: 0.9 }],
  ["adam", "torch", "Adam", { lr: 0.01 }, { lr: 0.01 }],
  [
    "adam",
    "torch",
    "Adam",
    { lr: 0.01, betas: [0.8, 0.99], eps: 0.001 },
    { lr: 0.01, beta1: 0.8, beta2: 0.99, eps: 1e-3 },
  ],
  ["adamw", "torch", "AdamW", { lr: 0.01, weight_decay: 0.1 }, { lr: 0.01, weight_decay: 0.1 }],
  ["adamax", "keras", "Adamax", { learning_rate: 0.02 }, { lr: 0.02, eps: 1e-7 }],
  ["nadam", "optax", "nadam", { learning_rate: 0.02 }, { lr: 0.02 }],
  ["rprop", "torch", "Rprop", { lr: 0.02 }, { lr: 0.02 }],
  ["amsgrad", "optax", "amsgrad", { bias_correction_mu: false, bias_correction_nu: false, learning_rate: "any" }, {}],
  ["lion", "optax", "lion", { learning_rate: 0.003 }, { lr: 0.003, weight_decay: 1e-3 }],
  ["lamb", "optax", "lamb", { learning_rate: 0.01 }, { lr: 0.01 }],
  ["radam", "optax", "radam", { learning_rate: 0.05, threshold: 4 }, { lr: 0.05 }],
  ["adabelief", "optax", "adabelief", { learning_rate: 0.01 }, { lr: 0.01 }],
];

/** The rate of a golden case as a schedule, where it has one. */
function optimizerFor(rule: string, settings: Numbers, { args }: Case): Optimizer {
  const rate = args.learning_rate;
  if (typeof rate !== "object" || rate === null || !("schedule" in rate)) return findRule(rule)(settings);
  const table = rate.schedule;
  return findRule(rule)({ ...settings, lr: (t) => (Array.isArray(table) ? table[t - 1] : Number.NaN) });
}

const matches = (wanted: object, { args }: Case): boolean =>
  Object.keys(args).length === Object.keys(wanted).length &&
  Object.entries(wanted).every(
    ([key, value]) => value === "any" || JSON.stringify(args[key]) === JSON.stringify(value),
  );

const files = ["given", "torch", "keras", "optax"].map((file) => ({ file, ...read(file) }));

describe("native rules that are a class of another program", () => {
  it.each(same)("%s = %s.%s %j", (rule, library, name, args, settings) => {
    let compared = 0;
    for (const { file, sets, cases } of files)
      for (const golden of cases) {
        if ((golden.library ?? file) !== library || golden.name !== name || !matches(args, golden)) continue;
        const { w0, g } = sets[golden.gradients];
        const { path } = walk(optimizerFor(rule, settings, golden), w0, g, layoutOf(golden.tensors));
        // JAX's own rounding of a power, magnified in RAdam's ρ, is the largest difference.
        expect(difference(path, golden.w)).toBeLessThan(1e-11);
        compared++;
      }
    expect(compared).toBeGreaterThan(0);
  });
});
