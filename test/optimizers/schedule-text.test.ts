import { expect, test } from "vitest";
import { checkTunable, scheduleFrom, scheduleNames, schedules } from "../../src/optimizers/index.ts";

const span = { lr: 0.1, steps: 100 };
const at = (text: string, ...steps: number[]): number[] => steps.map((t) => scheduleFrom(text, span)(t));

test.each([
  ["constant", [1, 100], [0.1, 0.1]],
  ["cosine", [1, 51, 101], [0.1, 0.05, 0]],
  ["cosine:warmup=10,end=0.01", [1, 10, 11, 101], [0.01, 0.1, 0.1, 0.01]],
  ["cosine:cycles=2", [1, 51, 26], [0.1, 0.1, 0.05]],
  ["one-cycle", [1, 30, 100], [0.1 / 25, 0.1, 1e-5]],
  ["one-cycle:rise=0.5,end=1%", [1, 50, 100], [0.1 / 25, 0.1, 1e-3]],
  ["step", [1, 34, 35, 69], [0.1, 0.1, 0.01, 0.001]],
  ["step:every=10,factor=0.5", [10, 11, 21], [0.1, 0.05, 0.025]],
  ["exponential", [1, 101], [0.1, 0.001]],
  ["exponential:decay=0.5", [1, 3], [0.1, 0.025]],
  ["polynomial", [1, 51, 101], [0.1, 0.05, 0]],
  ["polynomial:power=2,end=0.02", [51, 200], [0.02 + 0.08 / 4, 0.02]],
  ["1/t", [1, 101], [0.1, 0.01]],
  ["1/t:decay=1", [1, 10], [0.1, 0.01]],
  ["1/sqrt(t)", [1, 100], [0.1, 0.01]],
  ["plateau", [1, 100], [0.1, 0.1]],
  ["linear", [1, 51, 101], [0.1, 0.05, 0]],
  ["linear:start=10%,end=100%,steps=10", [1, 6, 11], [0.01, 0.055, 0.1]],
  ["piecewise", [50, 51, 75, 76], [0.1, 0.01, 0.01, 0.001]],
  ["piecewise:at=10/20%/70,factor=0.5", [10, 11, 21, 71], [0.1, 0.05, 0.025, 0.0125]],
  ["piecewise:at=50%,warmup=10%", [1, 10, 50, 51], [0.01, 0.1, 0.1, 0.01]],
  ["piecewise:at=50,warmup=40%", [40, 50, 51], [0.1, 0.1, 0.01]],
  ["constant:steps=40% then piecewise:at=50%", [41, 50, 51], [0.1, 0.1, 0.01]],
  ["cyclic", [1, 11, 21, 31], [0.001, 0.1, 0.001, 0.1]],
  ["cyclic:low=0,up=2,down=4,shrink=0.5", [1, 3, 7, 9], [0, 0.1, 0, 0.05]],
  ["cosine:cycles=2,growth=3", [1, 26, 101], [0.1, 0.1, 0]],
  ["cosine:warmup=5%,end=1%", [1, 5, 6, 101], [0.02, 0.1, 0.1, 0.001]],
  ["step:warmup=10,every=45,factor=0.5", [1, 10, 55, 56], [0.01, 0.1, 0.1, 0.05]],
  ["plateau:warmup=4", [1, 4, 5], [0.025, 0.1, 0.1]],
  ["constant:steps=20 then linear", [20, 21, 61, 101], [0.1, 0.1, 0.05, 0]],
  ["constant:steps=10% then step:steps=20%,every=5 then linear", [10, 16, 31, 66], [0.1, 0.01, 0.1, 0.05]],
])("%s at steps %j is %j", (text, steps, values) => {
  for (const [i, value] of at(text, ...steps).entries()) expect(value).toBeCloseTo(values[i], 12);
});

test.each([
  ["", 'schedule "" is not known'],
  ["toString", 'schedule "toString" is not known'],
  ["cosine:warmup", "warmup is"],
  ["cosine:warmup=", "write warmup=1"],
  ["cosine:warmup=100", "less than steps (100)"],
  ["step:every=0", "every is 0"],
  ["constant:lr=1", `constant's setting "lr" is not known (allowed: warmup, steps)`],
  ["constant:steps=100 then cosine", "the parts before the last take 100 steps, of the run's 100; the last has none"],
  ["constant then cosine", 'before "then" it must say how long it is: constant:steps=100'],
  ["cosine:end=0.5", "end is 0.5, above lr"],
  ["cosine:warmup=1,warmup=2", "warmup is set twice"],
  ["cosine:cycles=50%", 'cycles is "50%"; write cycles=1, a number'],
  ["cosine:end=x%", "write end=1, a number, or 1%, a fraction of lr"],
  ["piecewise:at=5/", "several as 50%/75%"],
  ["cosine:steps=1.5", "steps is 1.5"],
])("%j is refused", (text, says) => {
  expect(() => scheduleFrom(text, span)).toThrow(RangeError);
  expect(() => scheduleFrom(text, span)).toThrow(says);
});

test.each([
  ["onecycle", "one-cycle"],
  ["OneCycleLR", "one-cycle"],
  ["one_cycle", "one-cycle"],
  ["reduce-on-plateau", "plateau"],
  ["ReduceLROnPlateau", "plateau"],
  ["CosineAnnealingLR", "cosine"],
  ["CosineAnnealingWarmRestarts", "cosine:cycles=2"],
  ["cosine_decay_schedule", "cosine"],
  ["StepLR", "step"],
  ["MultiStepLR", "piecewise"],
  ["PiecewiseConstantDecay", "piecewise"],
  ["ExponentialDecay", "exponential"],
  ["CyclicLR", "cyclic"],
  ["triangular2", "cyclic:shrink=0.5"],
  ["warmup_cosine_decay_schedule", "cosine:warmup=5%"],
  ["LinearLR", "linear"],
  ["multisteplr", "piecewise"],
  ["noam", "1/sqrt(t)"],
  ["invscaling", "1/t"],
  ["1cycle", "one-cycle"],
  ["linear_schedule", "linear"],
  ["PolynomialLR", "polynomial"],
  ["polynomial_schedule", "polynomial"],
  ["ExponentialLR", "exponential"],
  ["exponential_decay", "exponential"],
  ["ConstantLR", "constant"],
  ["SequentialLR", "constant:steps=10% then cosine"],
  ["CosineDecayRestarts", "cosine:cycles=2"],
  ["InverseTimeDecay", "1/t"],
  ["PolynomialDecay", "polynomial"],
  ["sgdr_schedule", "cosine:cycles=2"],
  ["piecewise_constant_schedule", "piecewise"],
  ["cosine_onecycle_schedule", "one-cycle"],
  ["linear_onecycle_schedule", "one-cycle"],
  ["constant_schedule", "constant"],
  ["warmup_constant_schedule", "constant:warmup=5%"],
  ["join_schedules", "constant:steps=10% then cosine"],
  ["exp_range", "cyclic:decay=0.999"],
  ["triangular", "cyclic"],
  ["cosine_with_restarts", "cosine:cycles=2"],
  ["constant_with_warmup", "constant:warmup=5%"],
  ["inverse_sqrt", "1/sqrt(t)"],
  ["reduce_lr_on_plateau", "plateau"],
  ["adaptive", "plateau"],
  ["cosin", "cosine"],
  ["liner", "linear"],
])("%s is not known, but %s is named", (text, near) => {
  expect(() => scheduleFrom(text, span)).toThrow(`is not known; did you mean ${near}?`);
  expect(() => scheduleFrom(near, span)).not.toThrow();
});

test.each([
  ["cosine:T_max=9", "steps"],
  ["cosine:eta_min=0", "end"],
  ["plateau:min_lr=1%", "min"],
  ["exponential:gamma=0.9", "decay"],
  ["step:gamma=0.1", "factor"],
  ["step:stepSize=3", "every"],
  ["cosine then one-cycle:pct_start=0.2", "rise"],
  ["one-cycle:total_steps=50", "steps"],
  ["linear:total_iters=50", "steps"],
  ["cosine:T_mult=2", "growth"],
  ["cosine:decay_steps=50", "steps"],
  ["cosine:warmup_steps=5", "warmup"],
  ["cosine:alpha=0.1", "end"],
  ["polynomial:end_learning_rate=0", "end"],
  ["exponential:decay_rate=0.9", "decay"],
  ["cosine:num_warmup_steps=5", "warmup"],
  ["linear:num_training_steps=50", "steps"],
  ["cosine:num_cycles=2", "cycles"],
  ["polynomial:lr_end=0", "end"],
])("in %s a setting of another library leads to %s", (text, near) => {
  expect(() => scheduleFrom(text, span)).toThrow(`is not known; did you mean ${near}?`);
});

test("what is given is not quoted at length", () => {
  expect(() => scheduleFrom("q".repeat(1000), span)).toThrow(/^.{0,250}$/);
});

test.each(["plateau:min=0.01", "cosine:end=1e-5", "constant:steps=2 then linear:end=0.1", "cyclic:low=0.1"])(
  "%s has a fixed rate, which is refused while lr is tuned",
  (text) =>
    expect(() => checkTunable(text)).toThrow(/is a fixed rate, but lr is tuned here; write it as a fraction of lr/),
);

test.each(["plateau:min=1%", "cosine:warmup=100,end=0", "exponential:decay=0.99", "step", "cyclic"])(
  "%s goes with every rate",
  (text) => {
    expect(() => checkTunable(text)).not.toThrow();
    for (const lr of [1e-7, 1, 1000]) expect(scheduleFrom(text, { lr, steps: 1000 })(500)).toBeLessThanOrEqual(lr);
  },
);

test("every schedule of the library has a text, or says why not", () => {
  // Wrappers are written as warmup=… and then; the momentum that goes with one cycle is no rate.
  const without = ["warmup", "joined", "oneCycleMomentum"];
  expect(scheduleNames).toHaveLength(Object.keys(schedules).length - without.length);
});

test.each([
  ["cosine:end=-5%", /end is -0\.005.*, below 0/],
  ["linear:start=-0.1", /start is -0\.1, below 0/],
  ["constant:steps=60% then piecewise:at=50%", /at is step 50 of the run, but the schedule begins after step 60/],
])("%s is refused", (text, words) => {
  expect(() => scheduleFrom(text, span)).toThrow(words);
});
