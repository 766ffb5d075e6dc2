import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Schedule, schedules } from "../../src/optimizers/index.ts";

type Args = Readonly<Record<string, number>>;

const goldens: {
  lr: number;
  costs: number[];
  cases: {
    name: string;
    args: Args & { milestones: number[]; mode: string; threshold_mode: string };
    values: number[];
  }[];
} = JSON.parse(readFileSync(new URL("../goldens/optimizers/more-schedules.json", import.meta.url), "utf8"));

const { lr, costs } = goldens;

/** The same schedule by our names. */
const ours: Readonly<Record<string, (args: (typeof goldens)["cases"][number]["args"]) => Schedule>> = {
  OneCycleLR: ({ total_steps, pct_start }) =>
    schedules.oneCycle({ lr, steps: total_steps, rise: pct_start, end: lr / 25 / 1e4 }),
  "OneCycleLR momentum": ({ total_steps, pct_start }) =>
    schedules.oneCycleMomentum({ steps: total_steps, rise: pct_start }),
  LinearLR: ({ start_factor = 1 / 3, end_factor = 1, total_iters = 5 }) =>
    schedules.linear({ lr, steps: total_iters, start: lr * start_factor, end: lr * end_factor }),
  MultiStepLR: ({ milestones, gamma }) => schedules.piecewise({ lr, at: milestones, factor: gamma }),
  CyclicLR: ({ base_lr, step_size_up, step_size_down, mode, gamma }) =>
    schedules.cyclic({
      ...{ lr, low: base_lr, up: step_size_up, down: step_size_down, decay: gamma },
      shrink: mode === "triangular2" ? 0.5 : 1,
    }),
  CosineAnnealingWarmRestarts: ({ T_mult, eta_min, cycles, steps }) =>
    schedules.cosine({ lr, steps, cycles, growth: T_mult, end: eta_min }),
  "SequentialLR warm-up, cosine": ({ warmup, T_max }) => schedules.cosine({ lr, steps: warmup + T_max, warmup }),
  "SequentialLR constant, exponential": ({ milestone, gamma }) =>
    schedules.joined({
      schedules: [schedules.constant({ lr }), schedules.exponential({ lr, decay: gamma })],
      at: [milestone],
    }),
  linear_schedule: ({ transition_steps, end_value }) =>
    schedules.linear({ lr, steps: transition_steps, end: end_value }),
  piecewise_constant_schedule: (pieces) =>
    schedules.piecewise({ lr, at: Object.keys(pieces).map(Number), factor: Object.values(pieces).map(Number) }),
  join_schedules: ({ boundary, decay_rate }) =>
    schedules.joined({
      schedules: [schedules.constant({ lr }), schedules.exponential({ lr, decay: decay_rate })],
      at: [boundary],
    }),
  cosine_decay_schedule: ({ decay_steps, alpha }) => schedules.cosine({ lr, steps: decay_steps, end: alpha * lr }),
};

describe("schedules that PyTorch and optax have, too", () => {
  it.each(goldens.cases.filter(({ name }) => name !== "ReduceLROnPlateau"))("$name $args", ({ name, args, values }) => {
    const schedule = ours[name](args);
    for (const [i, value] of values.entries()) expect(Math.abs(schedule(i + 1) - value)).toBeLessThan(1e-14);
  });

  it.each(goldens.cases.filter(({ name }) => name === "ReduceLROnPlateau"))("$name $args", ({ args, values }) => {
    const { patience, factor, threshold, cooldown, mode, threshold_mode } = args;
    const schedule = schedules.reduceOnPlateau({
      ...{ lr, patience, factor, threshold, cooldown },
      mode: mode === "max" ? "max" : "min",
      thresholdMode: threshold_mode === "abs" ? "absolute" : "relative",
    });
    const state = schedule.init();
    const given = costs.map((cost, i) => {
      const rate = schedule(i + 1, state);
      schedule.observe(state, cost);
      return rate;
    });
    for (const [i, rate] of values.entries()) expect(Math.abs(given[i] - rate)).toBeLessThan(1e-15);
  });
});
