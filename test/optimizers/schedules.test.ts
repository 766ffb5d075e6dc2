import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { adam, schedules } from "../../src/optimizers/index.ts";

const goldens: {
  lr: number;
  costs: number[];
  cases: { name: string; args: Record<string, number>; rates: number[] }[];
} = JSON.parse(readFileSync(new URL("../goldens/optimizers/schedules.json", import.meta.url), "utf8"));

const { lr, costs } = goldens;
const rates = (schedule: (t: number) => number, steps = costs.length): number[] =>
  Array.from({ length: steps }, (_, i) => schedule(i + 1));

/** The same schedule by our names: the rates of all steps. */
const ours: Readonly<Record<string, (args: Record<string, number>) => number[]>> = {
  StepLR: ({ step_size, gamma }) => rates(schedules.step({ lr, every: step_size, factor: gamma })),
  ExponentialLR: ({ gamma }) => rates(schedules.exponential({ lr, decay: gamma })),
  PolynomialLR: ({ total_iters, power }) => rates(schedules.polynomial({ lr, steps: total_iters, power })),
  LinearLR: ({ end_factor, total_iters }) =>
    rates(schedules.polynomial({ lr, steps: total_iters, end: lr * end_factor })),
  CosineAnnealingLR: ({ T_max, eta_min }) => rates(schedules.cosine({ lr, steps: T_max, end: eta_min })),
  CosineAnnealingWarmRestarts: ({ T_0, eta_min }) =>
    rates(schedules.cosine({ lr, steps: costs.length, end: eta_min, cycles: costs.length / T_0 })),
  ReduceLROnPlateau: ({ factor, patience, min_lr }) => {
    const schedule = schedules.reduceOnPlateau({ lr, factor, patience, min: min_lr });
    return costs.map((cost, i) => {
      const rate = schedule(i + 1);
      schedule.observe(cost);
      return rate;
    });
  },
};

describe("schedules that PyTorch has, too", () => {
  it.each(goldens.cases)("$name $args", ({ name, args, rates: wanted }) => {
    const given = ours[name](args);
    expect(given).toHaveLength(wanted.length);
    for (const [i, rate] of wanted.entries()) expect(Math.abs(given[i] - rate)).toBeLessThan(1e-14);
  });
});

describe("closed forms", () => {
  it("constant", () => expect(rates(schedules.constant({ lr: 0.2 }), 3)).toEqual([0.2, 0.2, 0.2]));

  it("1/t: the first rate is lr", () => {
    expect(rates(schedules.inverseTime({ lr: 1 }), 4)).toEqual([1, 1 / 2, 1 / 3, 1 / 4]);
    expect(rates(schedules.inverseTime({ lr: 6, decay: 0.5 }), 3)).toEqual([6, 4, 3]);
  });

  it("1/√t", () => expect(schedules.inverseSquareRoot({ lr: 0.3 })(9)).toBeCloseTo(0.1, 15));

  it("polynomial ends at its end and stays there", () => {
    const schedule = schedules.polynomial({ lr: 1, steps: 10, power: 3, end: 0.25 });
    expect(schedule(1)).toBe(1);
    expect(schedule(6)).toBeCloseTo(0.25 + 0.75 * 0.125, 15);
    expect([schedule(11), schedule(1000)]).toEqual([0.25, 0.25]);
  });

  it("cosine warms up in equal steps, starts at lr, is halfway in the middle, and ends", () => {
    const schedule = schedules.cosine({ lr: 1, steps: 110, warmup: 10, end: 0.1 });
    expect(rates(schedule, 10)).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);
    expect(schedule(11)).toBe(1);
    expect(schedule(61)).toBeCloseTo(0.55, 14);
    expect([schedule(111), schedule(500)]).toEqual([0.1, 0.1]);
  });

  it("cosine with restarts comes back to lr at the start of each cycle", () => {
    const schedule = schedules.cosine({ lr: 1, steps: 30, cycles: 3 });
    expect([1, 11, 21].map(schedule)).toEqual([1, 1, 1]);
    expect(schedule(10)).toBeLessThan(0.03);
  });

  it("one cycle rises from lr/25 to lr and falls to lr/10⁴", () => {
    const schedule = schedules.oneCycle({ lr: 1, steps: 100, rise: 0.25 });
    const all = rates(schedule, 101);
    expect(all[0]).toBeCloseTo(1 / 25, 15);
    expect(all[25]).toBe(1);
    expect(all[100]).toBeCloseTo(1e-4, 15);
    for (let i = 1; i <= 100; i++) expect(Math.sign(all[i] - all[i - 1])).toBe(i <= 25 ? 1 : -1);
    expect(schedule(5000)).toBeCloseTo(1e-4, 15);
  });

  it("a plateau counts costs that are no numbers as no improvement", () => {
    const schedule = schedules.reduceOnPlateau({ lr: 1, patience: 1, factor: 0.5 });
    for (const cost of [3, Number.NaN, Number.NaN]) schedule.observe(cost);
    expect(schedule(1)).toBe(0.5);
    expect(schedule.state).toEqual({ lr: 0.5, best: 3, waited: 0 });
  });

  it("never give a rate that an optimizer refuses", () => {
    for (const schedule of [
      schedules.step({ lr, every: 3 }),
      schedules.exponential({ lr, decay: 0.5 }),
      schedules.inverseTime({ lr }),
      schedules.inverseSquareRoot({ lr }),
      schedules.polynomial({ lr, steps: 7, power: 0.5 }),
      schedules.cosine({ lr, steps: 9, warmup: 4, cycles: 2 }),
      schedules.oneCycle({ lr, steps: 11 }),
    ]) {
      const optimizer = adam({ lr: schedule });
      const w = Float64Array.of(1);
      const state = optimizer.init(w);
      for (let t = 0; t < 40; t++) optimizer.step(w, Float64Array.of(1), state);
      expect(Number.isFinite(w[0])).toBe(true);
    }
  });
});

describe("schedules are checked at once", () => {
  const bad = Number.NaN;
  it.each([
    ["constant: lr is NaN", () => schedules.constant({ lr: bad })],
    ["step: lr is NaN", () => schedules.step({ lr: bad, every: 1 })],
    ["step: factor is Infinity", () => schedules.step({ lr, every: 1, factor: Number.POSITIVE_INFINITY })],
    ["step: every is 0", () => schedules.step({ lr, every: 0 })],
    ["step: every is 1.5", () => schedules.step({ lr, every: 1.5 })],
    ["exponential: decay is 1.1", () => schedules.exponential({ lr, decay: 1.1 })],
    ["exponential: decay is 0", () => schedules.exponential({ lr, decay: 0 })],
    ["inverseTime: decay is -1", () => schedules.inverseTime({ lr, decay: -1 })],
    ["inverseSquareRoot: lr is NaN", () => schedules.inverseSquareRoot({ lr: bad })],
    ["polynomial: steps is -3", () => schedules.polynomial({ lr, steps: -3 })],
    ["polynomial: power is -1", () => schedules.polynomial({ lr, steps: 3, power: -1 })],
    ["cosine: steps is 0", () => schedules.cosine({ lr, steps: 0 })],
    ["cosine: warmup is 10", () => schedules.cosine({ lr, steps: 10, warmup: 10 })],
    ["cosine: cycles is 0", () => schedules.cosine({ lr, steps: 10, cycles: 0 })],
    ["oneCycle: rise is 1", () => schedules.oneCycle({ lr, steps: 10, rise: 1 })],
    ["oneCycle: lr is NaN", () => schedules.oneCycle({ lr: bad, steps: 10 })],
    ["reduceOnPlateau: factor is 1", () => schedules.reduceOnPlateau({ lr, factor: 1 })],
    ["reduceOnPlateau: patience is 0.5", () => schedules.reduceOnPlateau({ lr, patience: 0.5 })],
    ["reduceOnPlateau: min is NaN", () => schedules.reduceOnPlateau({ lr, min: bad })],
  ])("%s", (message, make) => {
    expect(make).toThrow(RangeError);
    expect(make).toThrow(message);
  });
});
