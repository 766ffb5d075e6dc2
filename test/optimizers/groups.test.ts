import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as torch from "../../src/compat/torch.ts";
import { Arena } from "../../src/device/memory.ts";
import { nodeDevice } from "../../src/device/node/device.ts";
import type { DType, Layout, Vector } from "../../src/expr/index.ts";
import { norm } from "../../src/linalg/index.ts";
import {
  adadelta,
  adam,
  adamw,
  findRule,
  momentum,
  type Optimizer,
  optimizerFromData,
  type ParameterGroup,
  parseRule,
  rule,
  rules,
  schedules,
  withAccumulation,
  withAveraging,
  withL2,
  withNormClipping,
  withSlowWeights,
  withValueClipping,
  withWeightDecay,
} from "../../src/optimizers/index.ts";
import { difference } from "./descents.ts";

interface Goldens {
  readonly shapes: Readonly<Record<string, number[]>>;
  readonly w0: number[];
  readonly g: number[][];
  readonly cases: {
    readonly name: string;
    readonly args: Readonly<Record<string, number>>;
    readonly clip?: number;
    readonly decay?: number;
    readonly f64: number[][];
    readonly f32: number[];
  }[];
}

const file = new URL("../goldens/optimizers/parameter-groups.json", import.meta.url);
const goldens: Goldens = JSON.parse(readFileSync(file, "utf8"));
const { w0, g: gradients } = goldens;

const layout: Layout = Object.entries(goldens.shapes).map(([name, shape], i) => ({
  ...{ name, shape },
  offset: [0, 6, 8, 12][i],
}));

const noDecay: ParameterGroup = { parameters: "biases", factors: { weight_decay: 0 } };
const slowFirst: ParameterGroup = { parameters: ["layer1"], factors: { lr: 0.1 } };

const vectorOf = (dtype: DType, values: ArrayLike<number>): Vector =>
  dtype === "f32" ? Float32Array.from(values) : Float64Array.from(values);

/** All weights after each gradient, by the checked step or by a bound one, in an arena or not. */
function walk(optimizer: Optimizer, dtype: DType = "f64", way: "step" | "bind" | "arena" = "step"): number[][] {
  const arena = new Arena(Arena.bytesFor(Array.from({ length: 12 }, () => ({ dtype, length: w0.length }))));
  const vector = (): Vector => (way === "arena" ? arena.vector(dtype, w0.length) : vectorOf(dtype, w0).fill(0));
  const [w, g] = [vector(), vector()];
  w.set(w0);
  const state = optimizer.init(w, vector);
  const bound = way === "step" ? undefined : optimizer.bind(w, g, state, { layout, arena });
  return gradients.map((gradient) => {
    g.set(gradient);
    if (bound === undefined) optimizer.step(w, g, state, layout);
    else expect(bound()).toBe(true);
    return [...w];
  });
}

describe("PyTorch's param_groups", () => {
  const classes: Readonly<Record<string, (args: object) => Optimizer>> = { ...torch };

  function optimizerFor({ name, args, clip, decay }: Goldens["cases"][number]): Optimizer {
    const lr = decay === undefined ? args.lr : (t: number) => args.lr * decay ** (t - 1);
    // Only a wrapper clips by the norm.
    const base =
      clip === undefined ? classes[name]({ ...args, lr }) : withNormClipping(adamw, clip)({ ...args, lr: args.lr });
    return base.grouped([noDecay, slowFirst]);
  }

  it.each(goldens.cases.map((each) => [`${each.name} ${JSON.stringify({ ...each.args, clip: each.clip })}`, each]))(
    "%s",
    (_, golden) => {
      if (typeof golden === "string") return;
      // clip_grad_norm_ adds 1e-6 to the norm.
      const tolerance = golden.clip === undefined ? 1e-12 : 1e-5;
      expect(difference(walk(optimizerFor(golden)), golden.f64)).toBeLessThan(tolerance);
      const [last] = walk(optimizerFor(golden), "f32", "arena").slice(-1);
      const furthest = Math.max(...last.map((x, i) => Math.abs(x - golden.f32[i])));
      expect(furthest).toBeLessThan(Math.max(1e-6, tolerance));
    },
  );
});

/** Every rule but one whose first steps are the rate, and every wrapper around one. */
const all = [
  ...rules.filter(({ spec }) => spec.name !== "rprop"),
  withWeightDecay(momentum, 0.1),
  withL2(adam, 0.1),
  withNormClipping(adam, 0.5),
  withValueClipping(adam, 0.5),
  withSlowWeights(adam, { every: 3 }),
  withAccumulation(adam, 2),
  withAveraging(adam, 0.9),
  withNormClipping(withSlowWeights(withWeightDecay(momentum, 0.1), { every: 2 }), 0.5),
];

describe.each(all.map((each) => [each.spec.name, each] as const))("%s in groups", (_, each) => {
  const hasRate = "lr" in each.spec.hyper;

  it("takes the same steps as an optimizer of each tensor alone with the group's rate, or with one norm of the gradient", () => {
    if (!hasRate || usesNorm(each.spec.update)) return;
    const { lr } = each.spec.hyper;
    const path = walk(each().grouped([slowFirst]));
    for (const { name, shape, offset } of layout) {
      const own = name.startsWith("layer1") ? each({ lr: lr * 0.1 }) : each();
      const end = offset + shape.reduce((a, b) => a * b, 1);
      const w = Float64Array.from(w0.slice(offset, end));
      const state = own.init(w);
      const alone = gradients.map((g) => {
        own.step(w, Float64Array.from(g.slice(offset, end)), state, [{ name, shape, offset: 0 }]);
        return [...w];
      });
      expect(
        difference(
          path.map((row) => row.slice(offset, end)),
          alone,
        ),
      ).toBeLessThan(1e-13);
    }
  });

  it("does not move parameters whose rate is 0, nor others otherwise", () => {
    if (!hasRate) return;
    const still: ParameterGroup = { parameters: "layer1", factors: { lr: 0, ...decayOf(each.spec.hyper, 0) } };
    const [path, free] = [walk(each().grouped([still])), walk(each())];
    for (const [t, row] of path.entries()) {
      expect(row.slice(0, 8)).toEqual(w0.slice(0, 8));
      expect(difference([row.slice(8)], [free[t].slice(8)])).toBeLessThan(1e-13);
    }
  });

  it.each(["f32", "f64"] as const)("steps alike in all ways, in %s", (dtype) => {
    if (!hasRate) return;
    const optimizer = each().grouped([slowFirst]);
    const path = walk(optimizer, dtype);
    expect(walk(optimizer, dtype, "bind")).toEqual(path);
    expect(walk(optimizer, dtype, "arena")).toEqual(path);
    expect(difference(path, walk(each(), dtype))).toBeGreaterThan(1e-6);
  });

  it("with factors of 1 it is the rule itself", () => {
    const [name] = Object.keys(each.spec.hyper).filter((hyper) => hyper === "lr");
    if (name === undefined) return;
    const own = each().grouped([{ parameters: "layer2", factors: { lr: 1 } }]);
    expect(difference(walk(own), walk(each()))).toBeLessThan(1e-14);
  });
});

const usesNorm = (update: string): boolean => /\bg_norm\b/.test(update);
const decayOf = (hyper: object, factor: number) =>
  Object.fromEntries(["weight_decay"].filter((name) => name in hyper).map((name) => [name, factor]));

describe("groups", () => {
  it("clip by the norm of the whole gradient", () => {
    const optimizer = withNormClipping(findRule("sgd"), 0.5)({ lr: 1 }).grouped([slowFirst]);
    const w = Float64Array.from(w0);
    optimizer.step(w, Float64Array.from(gradients[0]), optimizer.init(w), layout);
    const length = norm(Float64Array.from(gradients[0]));
    for (const [i, x] of w.entries())
      expect(x).toBeCloseTo(w0[i] - ((i < 8 ? 0.1 : 1) * gradients[0][i] * 0.5) / length, 14);
  });

  it("multiply a schedule's values", () => {
    const rate = schedules.exponential({ lr: 0.1, decay: 0.8 });
    const path = walk(adam({ lr: rate }).grouped([slowFirst]));
    const slow = walk(adam({ lr: (t) => 0.1 * rate(t) }));
    const fast = walk(adam({ lr: rate }));
    expect(
      difference(
        path,
        slow.map((row, t) => [...row.slice(0, 8), ...fast[t].slice(8)]),
      ),
    ).toBeLessThan(1e-13);
  });

  it("scale the point where nesterov takes its gradient", () => {
    const optimizer = findRule("nesterov")({ lr: 0.1 }).grouped([slowFirst]);
    const w = Float64Array.from(w0);
    const state = optimizer.init(w);
    optimizer.step(w, Float64Array.from(gradients[0]), state, layout);
    const alone = (lr: number): Vector => {
      const own = findRule("nesterov")({ lr });
      const [v, s] = [Float64Array.from(w0), own.init(w)];
      own.step(v, Float64Array.from(gradients[0]), s);
      return own.lookahead?.at(v, s) ?? v;
    };
    const point = optimizer.lookahead?.at(w, state, undefined, layout);
    const wanted = [...alone(0.01).slice(0, 8), ...alone(0.1).slice(8)];
    expect(difference([point ?? []], [wanted])).toBeLessThan(1e-14);
    expect(() => optimizer.lookahead?.at(w, state)).toThrow("layout");
  });

  it("multiply where a parameter is in several", () => {
    const twice = adam().grouped([slowFirst, { parameters: "layer1_bias", factors: { lr: 0.5 } }]);
    const once = adam().grouped([slowFirst, { parameters: "layer1_bias", factors: { lr: 1 } }]);
    const other = adam().grouped([{ parameters: "layer1_bias", factors: { lr: 0.05 } }]);
    const [a, b, c] = [twice, once, other].map((each) => walk(each).at(-1) ?? []);
    expect(difference([a.slice(0, 6)], [b.slice(0, 6)])).toBe(0);
    expect(difference([a.slice(6, 8)], [c.slice(6, 8)])).toBeLessThan(1e-13);
  });

  it("record w and the whole gradient's norm where a loop watches", () => {
    const [w, g, before] = [Float64Array.from(w0), Float64Array.from(gradients[0]), new Float64Array(w0.length)];
    const optimizer = adam().grouped([slowFirst]);
    const watch = { before, gradientNorm: Number.NaN };
    expect(optimizer.bind(w, g, optimizer.init(w), { layout, watch })()).toBe(true);
    expect([...before]).toEqual(w0);
    expect(watch.gradientNorm).toBeCloseTo(norm(g), 14);
  });

  it("step on a device as the interpreter does", async () => {
    const text =
      "hyper lr = 0.01\nmatrices:\nd = matmul(matmul(g, g, transposeB=1), g)\nothers:\nd = g\nall:\nw = w - lr*d/g_norm";
    const optimizer = parseRule(text)().grouped([slowFirst]);
    const [w, g] = [Float64Array.from(w0), Float64Array.from(gradients[0])];
    const state = optimizer.init(w);
    const step = await optimizer.bindOn(await nodeDevice(), w, g, state, { layout });
    expect(await step?.()).toBe(true);
    expect(await step?.()).toBe(true);
    await step?.dispose();
    const expected = Float64Array.from(w0);
    const other = optimizer.init(expected);
    for (let i = 0; i < 2; i++) optimizer.step(expected, g, other, layout);
    expect(difference([w], [expected])).toBeLessThan(1e-12);
  });

  it("leave nothing changed where a step is not finite", () => {
    const [w, g] = [Float64Array.from(w0), Float64Array.from(gradients[0])];
    const optimizer = momentum({ lr: 1e200 }).grouped([slowFirst]);
    g[13] = 1e200;
    const state = optimizer.init(w);
    expect(() => optimizer.step(w, g, state, layout)).toThrow("nothing was changed");
    expect([...w]).toEqual(w0);
    expect(state.t).toBe(0);
  });

  it("are plain data with a rule's", () => {
    const groups = [noDecay, slowFirst];
    const data = JSON.parse(JSON.stringify({ rule: "adamw", hyper: { lr: 0.02 }, schedule: "cosine", groups }));
    const made = optimizerFromData(data, 20);
    expect(made.groups).toEqual(groups);
    const lr = schedules.cosine({ lr: 0.02, steps: 20 });
    expect(walk(made)).toEqual(walk(adamw({ lr }).grouped(groups)));
  });
});

describe("groups that are refused", () => {
  const groups = (parameters: string, factors: Record<string, number>) => [{ parameters, factors }];

  it("name a hyper-parameter that the rule lacks", () => {
    expect(() => adam().grouped(groups("biases", { weight_decy: 0 }))).toThrow(
      'adam: groups: hyper-parameter "weight_decy" is not known (allowed: lr, beta1, beta2, eps)',
    );
  });

  it("name a parameter that is not there, with the nearest", () => {
    expect(() => walk(adam().grouped(groups("layr1", { lr: 0 })))).toThrow(
      'adam: groups: parameter "layr1" is not known; did you mean layer1? (allowed: layer1, layer2, layer1_weight, layer1_bias, layer2_weight, layer2_bias, biases)',
    );
  });

  it("have no layout", () => {
    const optimizer = adam().grouped([slowFirst]);
    const w = Float64Array.from(w0);
    expect(() => optimizer.step(w, w.slice(), optimizer.init(w))).toThrow(
      "adam: its groups name parameters, but w has no names here; give a layout with the step",
    );
  });

  it.each([
    ["a factor below 0", { lr: -1 }, "the factor of lr is -1; it must be a number, 0 or more"],
    ["a factor that leaves the domain", { beta1: 2 }, "beta1 is 0.9, times 2 that is 1.8; it must be"],
  ])("%s", (_, factors, message) => {
    expect(() => adam().grouped(groups("layer1", factors))).toThrow(message);
  });

  it("change what is the same for all parameters", () => {
    const about = (own: Optimizer, name: string) => () => own.grouped(groups("layer1", { [name]: 1 }));
    expect(about(withAccumulation(adam)(), "accumulate")).toThrow("accumulate counts gradients");
    expect(about(withAveraging(adam)(), "average_decay")).toThrow("average_decay averages the weights");
    expect(about(findRule("adagrad")(), "lr")).not.toThrow();
    expect(about(findRule("rprop")(), "lr")).toThrow("lr is in the start of step");
    const own = rule({
      name: "own",
      hyper: { lr: 0.1, start: 1 },
      slots: { m: "start" },
      scalars: { p: 1 },
      update: "p = p*lr\nm = m + g\nw = w - lr*m",
    });
    expect(about(own(), "lr")).toThrow("own: groups: lr decides p, which is one number for all");
    expect(about(own(), "start")).toThrow("start is in the start of m");
  });

  it("multiply a schedule that must stay within bounds", () => {
    expect(() => adam({ beta1: () => 0.5 }).grouped(groups("layer1", { beta1: 1.5 }))).toThrow("beta1 is a schedule");
    expect(() => adadelta({ lr: () => 0.5 }).grouped(groups("layer1", { lr: 1.5 }))).not.toThrow();
  });

  it.each([
    ["no list", { parameters: "a" }, "groups are"],
    ["no factors", [{ parameters: "a" }], "groups[0]: factors is undefined; give numbers by name"],
    ["no parameters", [{ factors: {} }], "groups[0]: parameters is undefined; give names"],
    ["another field", [{ parameters: "a", factors: {}, lr: 1 }], 'option "lr" is not known'],
  ])("are data of another form: %s", (_, given, message) => {
    expect(() => optimizerFromData(JSON.parse(JSON.stringify({ rule: "adam", groups: given })))).toThrow(message);
  });
});
