import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Schedule, type ScheduleState, type WatchingSchedule, watches } from "../../src/optimizers/hyper.ts";
import { adam, schedules } from "../../src/optimizers/index.ts";

const goldens: {
  lr: number;
  costs: number[];
  cases: { name: string; args: Record<string, number>; rates: number[] }[];
} = JSON.parse(readFileSync(new URL("../goldens/optimizers/schedules.json", import.meta.url), "utf8"));

const { lr, costs } = goldens;
const rates = (schedule: (t: number) => number, steps = costs.length): number[] =>
  Array.from({ length: steps }, (_, i) => schedule(i + 1));

/** As one that watches. */
function watching(schedule: Schedule): WatchingSchedule {
  if (!watches(schedule)) throw new Error("it does not watch");
  return schedule;
}

/** The state after some losses. */
function seeing(schedule: WatchingSchedule, losses: readonly number[]): ScheduleState {
  const state = schedule.init();
  for (const loss of losses) schedule.observe(state, loss);
  return state;
}

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
    const state = schedule.init();
    return costs.map((cost, i) => {
      const rate = schedule(i + 1, state);
      schedule.observe(state, cost);
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

  it("one cycle rises from lr/25 to lr and falls to lr/10⁴ at the last step", () => {
    const schedule = schedules.oneCycle({ lr: 1, steps: 100, rise: 0.25 });
    const all = rates(schedule, 100);
    expect(all[0]).toBeCloseTo(1 / 25, 15);
    expect(all[24]).toBe(1);
    expect(all[99]).toBe(1e-4);
    for (let i = 1; i < 100; i++) expect(Math.sign(all[i] - all[i - 1])).toBe(i <= 24 ? 1 : -1);
    expect(schedule(5000)).toBe(1e-4);
  });

  it.each([1, 2, 3, 10, 38, 1000])("one cycle of %d steps ends at its floor, and never leaves it and lr", (steps) => {
    for (const rise of [0.01, 0.1, 0.3, 0.5, 0.99]) {
      const all = rates(schedules.oneCycle({ lr: 2, steps, rise, end: 0.01 }), steps + 2);
      expect(all.slice(steps - 1)).toEqual([0.01, 0.01, 0.01]);
      for (const rate of all) expect(rate >= 0.01 && rate <= 2).toBe(true);
    }
  });

  it("momentum goes the other way in one cycle", () => {
    const [rate, momentum] = [
      schedules.oneCycle({ lr: 1, steps: 40 }),
      schedules.oneCycleMomentum({ steps: 40, high: 0.9, low: 0.8 }),
    ].map((schedule) => rates(schedule, 40));
    expect([momentum[0], momentum[11], momentum[39]]).toEqual([0.9, 0.8, 0.9]);
    for (let i = 1; i < 40; i++)
      expect(Math.sign(momentum[i] - momentum[i - 1])).toBe(-Math.sign(rate[i] - rate[i - 1]));
  });

  it("restarts come on whole steps, as many as there are cycles, at exactly lr", () => {
    for (const steps of [2, 3, 7, 10, 97, 380, 760, 1001])
      for (const warmup of [0, 1, 5])
        for (const cycles of [1, 2, 3, 4, 6, 7, 10]) {
          const length = steps - warmup;
          if (cycles > length) continue;
          const all = rates(schedules.cosine({ lr: 0.1, steps, warmup, cycles, end: 0.03 }), steps).slice(warmup);
          const starts = all.flatMap((rate, i) => (rate === 0.1 ? [i] : []));
          expect(starts).toEqual(Array.from({ length: cycles }, (_, k) => Math.ceil((k * length) / cycles)));
          for (let i = 1; i < length; i++) if (all[i] !== 0.1) expect(all[i]).toBeLessThan(all[i - 1]);
          expect(Math.min(...all)).toBeGreaterThanOrEqual(0.03);
        }
  });

  it("a restart takes lr where the period is no whole number of steps", () => {
    const schedule = schedules.cosine({ lr: 0.1, steps: 760, cycles: 6 });
    expect([schedule(381), schedule(380) < 1e-4]).toEqual([0.1, true]);
    expect(rates(schedules.cosine({ lr: 1, steps: 10, cycles: 3 }), 10).filter((rate) => rate === 1)).toHaveLength(3);
  });

  it("cycles that grow end with the run", () => {
    const schedule = schedules.cosine({ lr: 1, steps: 76, cycles: 3, growth: 1.5 });
    expect(rates(schedule, 76).flatMap((rate, i) => (rate === 1 ? [i] : []))).toEqual([0, 16, 40]);
    expect(schedule(77)).toBe(0);
  });

  it("any schedule can be warmed up, and follow another one", () => {
    const step = schedules.step({ lr: 1, every: 2, factor: 0.5 });
    expect(rates(schedules.warmup(step, { steps: 4 }), 9)).toEqual([0.25, 0.5, 0.75, 1, 1, 1, 0.5, 0.5, 0.25]);
    expect(rates(schedules.warmup(step, { steps: 2, start: 0.5 }), 3)).toEqual([0.75, 1, 1]);
    const row = schedules.joined({ schedules: [schedules.constant({ lr: 3 }), step, step], at: [1, 3] });
    expect(rates(row, 7)).toEqual([3, 1, 1, 1, 1, 0.5, 0.5]);
  });

  it("a plateau schedule is told the losses behind a warm-up, too", () => {
    const plateau = schedules.reduceOnPlateau({ lr: 1, patience: 0, factor: 0.5 });
    const schedule = watching(schedules.warmup(plateau, { steps: 2 }));
    const state = seeing(schedule, [1, 1]);
    expect(rates((t) => schedule(t, state), 3)).toEqual([0.25, 0.5, 0.5]);
    const row = watching(schedules.joined({ schedules: [schedules.constant({ lr: 3 }), schedule], at: [2] }));
    expect(rates((t) => row(t, state), 5)).toEqual([3, 3, 0.25, 0.5, 0.5]);
  });

  it("a plateau ends where gains are too small to count, and a rest follows a fall", () => {
    const stalling = schedules.reduceOnPlateau({ lr: 1, patience: 2, factor: 0.1 });
    const stalled = Array.from({ length: 100 }, (_, i) => 1 - i * 1e-12);
    expect(stalling(1, seeing(stalling, stalled))).toBeLessThan(1e-20);
    const resting = schedules.reduceOnPlateau({ lr: 1, patience: 0, factor: 0.5, cooldown: 2, min: 0.2 });
    const state = resting.init();
    const seen = Array.from({ length: 10 }, () => {
      resting.observe(state, 1);
      return resting(1, state);
    });
    expect(seen).toEqual([1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.2, 0.2, 0.2]);
  });

  it("a gain counts against the size of a loss below 0, too", () => {
    const schedule = schedules.reduceOnPlateau({ lr: 1, patience: 0, factor: 0.5, threshold: 0.1 });
    const state = seeing(schedule, [-10, -10.5]);
    expect([schedule(1, state), state.best]).toEqual([0.5, -10]);
    schedule.observe(state, -11.5);
    expect([schedule(1, state), state.best]).toEqual([0.5, -11.5]);
  });

  it("a plateau counts costs that are no numbers as no improvement", () => {
    const schedule = schedules.reduceOnPlateau({ lr: 1, patience: 1, factor: 0.5 });
    const state = seeing(schedule, [3, Number.NaN, Number.NaN]);
    expect(schedule(1, state)).toBe(0.5);
    expect(state).toEqual({ rate: 0.5, best: 3, waited: 0, resting: 0 });
  });

  it("a plateau keeps nothing itself: states are apart", () => {
    const schedule = schedules.reduceOnPlateau({ lr: 1, patience: 0, factor: 0.5 });
    const [one, other] = [schedule.init(), schedule.init()];
    for (const loss of [1, 1]) schedule.observe(one, loss);
    expect([schedule(3, one), schedule(3, other), schedule(3)]).toEqual([0.5, 1, 1]);
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
    ["reduceOnPlateau: min is 1, above lr", () => schedules.reduceOnPlateau({ lr, min: 1 })],
    ["reduceOnPlateau: threshold is -1", () => schedules.reduceOnPlateau({ lr, threshold: -1 })],
    ["reduceOnPlateau: cooldown is 0.5", () => schedules.reduceOnPlateau({ lr, cooldown: 0.5 })],
    [
      "cosine: end is 1, above lr, which is 0.3; it must be at most lr",
      () => schedules.cosine({ lr, steps: 9, end: 1 }),
    ],
    ["cosine: cycles is 10; 9 steps have room for 9", () => schedules.cosine({ lr, steps: 10, warmup: 1, cycles: 10 })],
    ["cosine: growth is 0.5", () => schedules.cosine({ lr, steps: 10, growth: 0.5 })],
    ["cosine: 10 steps are too few", () => schedules.cosine({ lr, steps: 10, cycles: 6, growth: 2 })],
    ["cosine: warmup is 1.5", () => schedules.cosine({ lr, steps: 10, warmup: 1.5 })],
    ["polynomial: end is 1, above lr", () => schedules.polynomial({ lr, steps: 3, end: 1 })],
    ["linear: start is 1, above lr", () => schedules.linear({ lr, steps: 3, start: 1 })],
    ["oneCycle: end is 1, above lr", () => schedules.oneCycle({ lr, steps: 3, end: 1 })],
    ["oneCycleMomentum: low is 0.9 and high 0.8", () => schedules.oneCycleMomentum({ steps: 3, low: 0.9, high: 0.8 })],
    ["cyclic: low is 1, above lr", () => schedules.cyclic({ lr, low: 1, up: 3 })],
    ["cyclic: up is 0.5", () => schedules.cyclic({ lr, low: 0, up: 0.5 })],
    ["piecewise: place 2 is 3; it must be greater than 5", () => schedules.piecewise({ lr, at: [5, 3] })],
    ["piecewise: at has no places", () => schedules.piecewise({ lr, at: [] })],
    ["piecewise: 1 factors for 2 places", () => schedules.piecewise({ lr, at: [5, 6], factor: [0.1] })],
    ["warmup: steps is 0", () => schedules.warmup(() => 1, { steps: 0 })],
    ["warmup: start is 2", () => schedules.warmup(() => 1, { steps: 1, start: 2 })],
    ["joined: 1 schedules and 1 places", () => schedules.joined({ schedules: [() => 1], at: [4] })],
    [
      "joined: only the last schedule may watch the validation loss",
      () => schedules.joined({ schedules: [schedules.reduceOnPlateau({ lr }), () => 1], at: [4] }),
    ],
  ])("%s", (message, make) => {
    expect(make).toThrow(RangeError);
    expect(make).toThrow(message);
  });
});

describe("a schedule's options", () => {
  const untyped = (text: string) => JSON.parse(text);

  it.each(Object.keys(schedules).filter((name) => name !== "warmup"))("%s refuses one it has not", (name) => {
    const make: unknown = Object.entries(schedules).find(([each]) => each === name)?.[1];
    if (typeof make !== "function") throw new Error(`${name} is no schedule`);
    const given = { lr: 0.1, schedules: [], steps: 10, every: 1, at: [1], up: 2, low: 0, decay: 0.5, typo: 1 };
    expect(() => make(given)).toThrow(new RegExp(`^${name}: option .* is not known`));
    expect(() => make(0.1)).toThrow(`${name}: the options are 0.1; give an object: ${name}({ `);
  });

  it("are proposed where one is mistyped", () => {
    expect(() => schedules.cosine(untyped('{"lr": 0.1, "stepz": 10}'))).toThrow("did you mean steps?");
    expect(() => schedules.cosine(untyped('{"lr": 0.1, "steps": 10, "eta_min": 0}'))).toThrow('option "eta_min"');
    expect(() => schedules.warmup(() => 1, untyped('{"step": 3}'))).toThrow("did you mean steps?");
  });
});
