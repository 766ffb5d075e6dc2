import { describe, expect, it } from "vitest";
import { persistence } from "../../lecture/experiments/radford-moons.ts";
import type { Experiment } from "../../lecture/index.ts";
import { experiments } from "../../lecture/index.ts";
import { moonsLoss, noisyMoons, walkOnBatches } from "../../lecture/noisy-moons.ts";
import { nodeDevice } from "../../src/device/node/device.ts";
import { palettes } from "../../src/figure/palette.ts";
import { objectiveOf } from "../../src/objective/index.ts";
import { gradientDescent } from "../../src/optimizers/index.ts";
import { plainRules } from "../optimizers/plain-rules.ts";
import { givenData } from "./given.ts";

type Slope = (w: readonly number[]) => number[];
type Hyper = Readonly<Record<string, number>>;

const find = (id: string): Experiment => {
  const found = experiments.find((experiment) => experiment.id === id);
  if (found === undefined) throw new Error(id);
  return found;
};
const findings = async (id: string) => find(id).run(givenData("digits"));

/** 200 steps of a rule in plain numbers, down a slope written by hand. */
function plainWalk(rule: string, hyper: Hyper, slope: Slope, start: readonly number[]): number[][] {
  const step = plainRules[rule]({ eps: 0, initial: 0, ...hyper }, start.length);
  const w = [...start];
  let before = [...start];
  const points = [[...w]];
  for (let t = 1; t <= 200; t++) {
    // Nesterov's gradient is taken where the last step would lead again, times β.
    const at = rule === "nesterov" ? w.map((x, i) => x + hyper.beta * (x - before[i])) : w;
    const g = slope(at);
    before = [...w];
    step(w, g, t);
    points.push([...w]);
  }
  return points;
}

const bealeSlope: Slope = ([x, y]) => {
  const [a, b, c] = [1.5 - x + x * y, 2.25 - x + x * y ** 2, 2.625 - x + x * y ** 3];
  return [2 * (a * (y - 1) + b * (y ** 2 - 1) + c * (y ** 3 - 1)), 2 * x * (a + 2 * b * y + 3 * c * y ** 2)];
};

const races: readonly [id: string, slope: Slope, start: readonly number[], Record<string, [string, Hyper]>][] = [
  [
    "radford-beale",
    bealeSlope,
    [1, 1.6],
    {
      SGD: ["gradient-descent", { lr: 0.001 }],
      Momentum: ["momentum", { lr: 0.001, beta: 0.95 }],
      NAG: ["nesterov", { lr: 0.001, beta: 0.95 }],
      Adagrad: ["adagrad", { lr: 1, eps: 1e-10 }],
      RMSProp: ["rmsprop", { lr: 0.055, rho: 0.975, eps: 1e-8 }],
      Adadelta: ["adadelta", { lr: 50, rho: 0.975, eps: 1e-6 }],
      Adam: ["adam", { lr: 0.3, beta1: 0.9, beta2: 0.999, eps: 1e-8 }],
    },
  ],
  [
    "radford-valley",
    ([x, y]) => [(x * (x * x - 16)) / 16, 130 * y],
    [0.01, 1.5],
    {
      SGD: ["gradient-descent", { lr: 0.01 }],
      Momentum: ["momentum", { lr: 0.01, beta: 0.95 }],
      NAG: ["nesterov", { lr: 0.01, beta: 0.95 }],
      Adagrad: ["adagrad", { lr: 0.5, eps: 1e-10 }],
    },
  ],
  [
    "radford-saddle",
    ([x, y]) => [2 * x, -0.5 * y],
    [-1.5, 0.001],
    {
      SGD: ["gradient-descent", { lr: 0.05 }],
      Momentum: ["momentum", { lr: 0.05, beta: 0.95 }],
      NAG: ["nesterov", { lr: 0.05, beta: 0.95 }],
      Adagrad: ["adagrad", { lr: 0.3, eps: 1e-10 }],
    },
  ],
];

describe.each(races)("%s", (id, slope, start, methods) => {
  it.each(Object.entries(methods))("walks as %s does in plain numbers", async (name, [rule, hyper]) => {
    const { trajectories = {} } = await findings(id);
    const expected = plainWalk(rule, hyper, slope, start);
    expect(trajectories[name]).toHaveLength(201);
    for (const [t, point] of trajectories[name].entries())
      for (const [i, x] of point.entries())
        expect(Math.abs(x - expected[t][i]), `step ${t}`).toBeLessThan(1e-9 * Math.max(1, Math.abs(x)));
  });

  it("has a frame for the start and one for each step, 25 a second, in the colours of 2014", async () => {
    const { animation, figure } = await findings(id);
    expect(animation).toMatchObject({ frames: 201, rate: 25 });
    const lines = animation?.frame(40).panels[0].marks.flatMap((mark) => (mark.kind === "line" ? [mark] : [])) ?? [];
    expect(lines.filter(({ label }) => label !== undefined).map(({ points }) => points.length)).toEqual(
      new Array(7).fill(41),
    );
    const hues = Object.fromEntries(lines.map(({ label = "", color = "" }) => [label, hueOf(color)]));
    expect(hues).toMatchObject({
      SGD: "red",
      Momentum: "green",
      NAG: "magenta",
      Adagrad: "blue",
      Adadelta: "yellow",
      RMSProp: "ink",
    });
    // Whoever sees no colours has a dash or a shape.
    const looks = figure.panels[0].marks.flatMap((mark) =>
      mark.kind === "marker" && mark.size === 8 ? [mark.shape] : [],
    );
    expect(new Set(looks).size).toBe(7);
  });
});

/** Relative luminance (WCAG 2.2). */
function luminance(color: string): number {
  const [r, g, b] = [1, 3, 5]
    .map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

it("all colours stand out from light and from dark paper by 3 : 1", async () => {
  const { figure } = await findings("radford-saddle");
  const colors = figure.panels[0].marks.flatMap((mark) => (mark.kind === "line" ? [mark.color ?? ""] : []));
  expect(colors).toHaveLength(7);
  for (const color of colors.filter((each) => each !== "ink"))
    for (const { paper } of Object.values(palettes)) {
      const [low, high] = [luminance(color), luminance(paper)].sort((a, b) => a - b);
      expect((high + 0.05) / (low + 0.05), `${color} on ${paper}`).toBeGreaterThanOrEqual(3);
    }
});

/** The hue's sixth of the colour circle, in words. */
function hueOf(color: string): string {
  if (!color.startsWith("#")) return color;
  const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  const hue = (Math.atan2(Math.sqrt(3) * (g - b), 2 * r - g - b) * 180) / Math.PI;
  return ["red", "yellow", "green", "cyan", "blue", "magenta"][Math.round(((hue + 360) % 360) / 60) % 6];
}

describe("on the saddle", () => {
  it("SGD's walk is (−1.5 · 0.9ᵗ, 0.001 · 1.025ᵗ)", async () => {
    const { trajectories = {} } = await findings("radford-saddle");
    for (const [t, [x, y]] of trajectories.SGD.entries()) {
      expect(x).toBeCloseTo(-1.5 * 0.9 ** t, 12);
      expect(y).toBeCloseTo(0.001 * 1.025 ** t, 12);
    }
  });
});

describe("in the valley", () => {
  const across = (lr: number, steps: number) =>
    plainWalkOf("gradient-descent", { lr }, ([x, y]) => [(x * (x * x - 16)) / 16, 130 * y], [0.01, 1.5], steps);
  it("no stable rate gets SGD away, and none above 2/130 is stable", () => {
    const stable = across((2 / 130) * 0.999, 200);
    expect(Math.abs(stable[0])).toBeLessThan(1);
    expect(Math.abs(stable[1])).toBeLessThan(1.5);
    expect(Math.abs(across((2 / 130) * 1.01, 200)[1])).toBeGreaterThan(1.5);
  });
});

const plainWalkOf = (rule: string, hyper: Hyper, slope: Slope, start: readonly number[], step: number): number[] =>
  plainWalk(rule, hyper, slope, start)[step];

describe("on noisy moons", () => {
  const loss = moonsLoss();
  const objective = objectiveOf(loss);

  /** Value and gradient of the mean cross-entropy, from the definition. */
  function byHand([u, v]: readonly number[]): { value: number; gradient: number[] } {
    const { count, inputs, targets } = noisyMoons.train;
    let [value, a, b] = [0, 0, 0];
    for (let i = 0; i < count; i++) {
      const [x, y] = inputs.subarray(2 * i, 2 * i + 2);
      const p = 1 / (1 + Math.exp(-(u * x + v * y)));
      value -= (targets[i] === 1 ? Math.log(p) : Math.log(1 - p)) / count;
      a += ((p - targets[i]) * x) / count;
      b += ((p - targets[i]) * y) / count;
    }
    return { value, gradient: [a, b] };
  }

  it("the surface is the mean cross-entropy, and its minimum is one", () => {
    const g = new Float64Array(2);
    for (const point of [
      [-2.5, 0],
      [1, -2],
      [0, 0],
    ]) {
      const { value, gradient } = byHand(point);
      expect(objective.gradient(Float64Array.from(point), g)).toBeCloseTo(value, 12);
      for (const i of [0, 1]) expect(g[i]).toBeCloseTo(gradient[i], 12);
    }
    const [{ at }] = loss.minima;
    for (const slope of byHand(at).gradient) expect(Math.abs(slope)).toBeLessThan(1e-9);
  });

  it("a step on the full batch follows the drawn surface's gradient; steps on batches do so on average", async () => {
    const means = await nodeDevice();
    const options = { optimizer: gradientDescent({ lr: 1e-4 }), start: [-2.5, 0], seed: 1 };
    const full = await walkOnBatches(loss, { ...options, steps: 1, batchSize: "full" }, means);
    // An epoch of 70 batches with so small a rate: all gradients are taken at all but one place.
    const epoch = await walkOnBatches(loss, { ...options, steps: 70, batchSize: 10 }, means);
    const { gradient } = byHand(options.start);
    for (const i of [0, 1]) {
      expect((full.points[2 + i] - options.start[i]) / -1e-4).toBeCloseTo(gradient[i], 10);
      expect((epoch.points[140 + i] - options.start[i]) / -70e-4).toBeCloseTo(gradient[i], 3);
    }
    expect(full.values[0]).toBeCloseTo(byHand(options.start).value, 12);
  });

  it("walks repeat, and another seed is another walk", async () => {
    const means = await nodeDevice();
    const walk = (seed: number) =>
      walkOnBatches(
        loss,
        { optimizer: gradientDescent({ lr: 1 }), start: [0, 0], steps: 20, batchSize: 10, seed },
        means,
      );
    const [one, again, other] = await Promise.all([walk(1), walk(1), walk(2)]);
    expect(again.points).toEqual(one.points);
    expect(other.points).not.toEqual(one.points);
  });

  it("persistence is near 1 where steps go on, and near 0 or below where they do not", () => {
    const walkOf = (steps: readonly number[]): number[][] => {
      const points = [[0]];
      for (const step of steps) points.push([points[points.length - 1][0] + step]);
      return points;
    };
    expect(persistence(walkOf(new Array(20).fill(1)))).toBeCloseTo(1, 12);
    expect(persistence(walkOf(Array.from({ length: 20 }, (_, t) => (-1) ** t)))).toBeCloseTo(-1, 12);
    expect(persistence(walkOf(Array.from({ length: 20 }, (_, t) => 0.9 ** t)))).toBeCloseTo(0.9, 12);
    expect(persistence(walkOf(Array.from({ length: 20 }, (_, t) => [1, 0, -1, 0][t % 4])))).toBeCloseTo(0, 12);
  });
});
