import { describe, expect, it } from "vitest";
import { adam, findRule, momentum, type Rule, rule, rules, withNormClipping } from "../../src/optimizers/index.ts";
import { lbfgs } from "../../src/solvers/index.ts";

const names = rules.map(({ spec }): [string, Rule] => [spec.name, findRule(spec.name)]);

describe.each(names)("hyper-parameters of %s", (name, make) => {
  it.each(Object.keys(make.spec.hyper))("%s is refused where it is no finite number", (hyper) => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, "0.1", null, {}, true])
      expect(() => Reflect.apply(make, undefined, [{ [hyper]: bad }]), String(bad)).toThrow(
        new RegExp(`^${name.replace("+", "\\+")}: ${hyper} is .*; it must be `),
      );
  });

  it("a rate below 0 is refused", () => {
    expect(() => make({ lr: -0.1 })).toThrow(`${name}: lr is -0.1; it must be a number, 0 or more`);
  });

  it("decay rates of 1 and more, or below 0, are refused", () => {
    for (const hyper of Object.keys(make.spec.hyper).filter((known) => /^(beta\d?|rho)$/.test(known)))
      for (const bad of [1, 1.5, -0.1]) expect(() => make({ [hyper]: bad })).toThrow(`${name}: ${hyper} is ${bad}`);
  });

  it("an unknown name comes with the nearest right one", () => {
    expect(() => make({ lt: 0.1 })).toThrow(/hyper-parameter "lt" is not known; did you mean lr\?/);
  });
});

describe("defaults", () => {
  const adams = { beta1: 0.9, beta2: 0.999, eps: 1e-8 };

  it.each<[string, string, object]>([
    ["adam", "Kingma & Ba 2015, algorithm 1", { lr: 1e-3, ...adams }],
    ["adamax", "Kingma & Ba 2015, algorithm 2", { lr: 2e-3, ...adams }],
    ["adamw", "PyTorch", { lr: 1e-3, ...adams, weight_decay: 0.01 }],
    ["nadam", "Keras", { lr: 1e-3, ...adams }],
    ["radam", "PyTorch", { lr: 1e-3, ...adams }],
    ["adadelta", "Zeiler 2012, which has no learning rate", { lr: 1, rho: 0.95, eps: 1e-6 }],
    ["adagrad", "PyTorch", { lr: 0.01, eps: 1e-10, initial: 0 }],
    ["rprop", "PyTorch", { lr: 0.01, grow: 1.2, shrink: 0.5, step_min: 1e-6, step_max: 50 }],
    ["yogi", "Zaheer et al. 2018, and optax's start", { lr: 0.01, ...adams, eps: 1e-3, initial: 1e-6 }],
    ["lamb", "optax, and Adam's rate", { lr: 1e-3, ...adams, eps: 1e-6, weight_decay: 0 }],
    ["adabelief", "Zhuang et al. 2020", { lr: 1e-3, ...adams, eps: 1e-16 }],
    [
      "lion",
      "Chen et al. 2023, whose weight decay depends on the task",
      { lr: 1e-4, beta1: 0.9, beta2: 0.99, weight_decay: 0 },
    ],
  ])("of %s are those of %s", (name, _, hyper) => {
    expect(findRule(name)().hyper).toEqual(hyper);
  });
});

describe("hyper-parameters", () => {
  it.each([
    [adam, "learningRate", "lr"],
    [adam, "step_size", "lr"],
    [adam, "alpha", "lr"],
    [adam, "epsilon", "eps"],
    [adam, "b1", "beta1"],
    [momentum, "momentum", "beta"],
    [momentum, "epsilon", undefined],
  ])("of other libraries lead to ours: %o %s", (make, name, ours) => {
    const meant = ours === undefined ? "is not known (allowed" : `is not known; did you mean ${ours}?`;
    expect(() => Reflect.apply(make, undefined, [{ [name]: 0.1 }])).toThrow(`hyper-parameter "${name}" ${meant}`);
  });

  it("that are undefined count as not given", () => {
    expect(adam({ lr: undefined, beta1: 0.5 }).hyper).toEqual({ ...adam.spec.hyper, beta1: 0.5 });
  });

  it("may be schedules, which are asked for steps 1, 2, 3", () => {
    const asked: number[] = [];
    const optimizer = momentum({
      lr: (t) => {
        asked.push(t);
        return 0.1 / t;
      },
    });
    const w = Float64Array.of(1);
    const state = optimizer.init(w);
    asked.length = 0;
    for (let i = 0; i < 3; i++) optimizer.step(w, Float64Array.of(1), state);
    expect([...new Set(asked)]).toEqual([1, 2, 3]);
    // v = 1, 1.9, 2.71
    expect(w[0]).toBeCloseTo(1 - 0.1 * 1 - 0.05 * 1.9 - (0.1 / 3) * 2.71, 14);
  });

  it.each([
    ["NaN", Number.NaN],
    ["a negative rate", -1],
    ["infinity", Number.POSITIVE_INFINITY],
  ])("a schedule that gives %s stops the step that it is given at, with nothing changed", (_, bad) => {
    const optimizer = adam({ lr: (t) => (t === 3 ? bad : 0.1) });
    const w = Float64Array.of(1, 2);
    const g = Float64Array.of(1, -1);
    const state = optimizer.init(w);
    optimizer.step(w, g, state);
    optimizer.step(w, g, state);
    const before = structuredClone({ w, state });
    expect(() => optimizer.step(w, g, state)).toThrow(`adam: lr is ${bad} at step 3; it must be a number, 0 or more`);
    expect({ w, state }).toEqual(before);
  });

  it("schedules work for any hyper-parameter, and beta ≥ 1 is refused from them, too", () => {
    const optimizer = adam({ beta1: (t) => (t < 2 ? 0.9 : 1) });
    const w = Float64Array.of(1);
    const state = optimizer.init(w);
    optimizer.step(w, Float64Array.of(1), state);
    expect(() => optimizer.step(w, Float64Array.of(1), state)).toThrow("adam: beta1 is 1 at step 2");
  });

  it("have names that no object brings along", () => {
    expect(() => Reflect.apply(adam, undefined, [{ toString: 1 }])).toThrow(/"toString" is not known/);
    expect(() => rule({ name: "odd", hyper: { valueOf: 2 }, update: "w = w - valueOf*g" })).toThrow(
      /valueOf cannot be a name/,
    );
  });
});

describe("a rule is checked where it is written", () => {
  const w = "w = w - lr*g";
  const hyper = { lr: 0.1 };

  it.each([
    ["a name that is not in scope", { hyper, update: "w = w - lr*grad" }, /unknown name "grad"/],
    ["no assignment to w", { hyper, update: "v = g" }, /never assigns w/],
    ["an assignment to a hyper-parameter", { hyper, update: `lr = 1\n${w}` }, /lr cannot be assigned/],
    ["an assignment to t", { hyper, update: `t = 1\n${w}` }, /t cannot be assigned/],
    ["a name declared twice", { hyper, slots: ["lr"], update: w }, /the name lr is declared twice/],
    [
      "a slot named as the weights",
      { hyper, slots: ["w"], update: w },
      /w cannot be declared: every rule is given w, g, t, g_norm/,
    ],
    ["a default that is not allowed", { hyper: { lr: -1 }, update: w }, /the default of lr, -1, must be/],
    ["a vector in a scalar slot", { hyper, scalars: { p: 1 }, update: `p = g\n${w}` }, /p is a scalar slot/],
    ["a name that would be lost in an object", { hyper, slots: ["__proto__"], update: w }, /__proto__/],
    ["an average of unknown names", { hyper, average: "v", update: w }, /unknown name "v"/],
    ["a lookahead of unknown names", { hyper, lookahead: "w - v", update: w }, /unknown name "v"/],
  ])("%s is refused", (_, spec, message) => {
    expect(() => rule({ name: "mine", ...spec })).toThrow(message);
    expect(() => rule({ name: "mine", ...spec })).toThrow(/^(?!TypeError)/);
  });
});

describe("the registry", () => {
  it.each(rules.map(({ spec }) => spec))("has a rule that passes what one's own has to: $name", (spec) => {
    expect(rule(spec).spec).toEqual(spec);
  });

  it("finds rules by name, whatever the case, and by the names that people type", () => {
    expect(findRule("ADAM").spec.name).toBe("adam");
    expect(findRule("sgd").spec.name).toBe("gradient-descent");
    expect(findRule("nag").spec.name).toBe("nesterov");
  });

  it("offers the nearest name", () => {
    expect(() => findRule("adamm")).toThrow(/optimizer "adamm" is not known; did you mean adam\?/);
    expect(() => findRule("toString")).toThrow(/is not known/);
  });

  it("has each name once", () => {
    const all = rules.map(({ spec }) => spec.name);
    expect(new Set(all).size).toBe(all.length);
    for (const name of all) expect(findRule(name).spec.name).toBe(name);
  });
});

describe("hyper-parameters that are not given by name", () => {
  const untyped = (text: string) => JSON.parse(text);

  it.each([
    [() => adam(untyped("0.1")), "adam: the hyper-parameters are 0.1; give them by name: adam({ lr: 0.1 })"],
    [() => adam(untyped("null")), "are null; give them by name: adam({ lr: 0.001 })"],
    [() => adam(untyped("[0.1]")), "give them by name"],
    [() => withNormClipping(adam)(untyped("0.1")), "give them by name: { lr: 0.1 }"],
    [() => lbfgs(untyped("10")), "lbfgs: the settings are 10; give them by name: lbfgs({ "],
  ])("%#: %s", (make, words) => expect(make).toThrow(words));

  it("may be none at all", () => {
    const half = rule({ name: "half", update: "w = w - 0.5*g" });
    const [w, optimizer] = [new Float64Array([1]), half()];
    optimizer.step(w, new Float64Array([1]), optimizer.init(w));
    expect([...w]).toEqual([0.5]);
  });
});
