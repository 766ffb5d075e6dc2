import { describe, expect, it } from "vitest";
import * as keras from "../../src/compat/keras.ts";
import * as optax from "../../src/compat/optax.ts";
import * as torch from "../../src/compat/torch.ts";
import { reduceOnPlateau } from "../../src/optimizers/schedules.ts";
import { make, readGoldens, retrace } from "./trajectories.ts";

describe.each(["torch", "keras", "optax"])("what %s refuses", (library) => {
  for (const { name, args } of readGoldens(library).refused)
    it(`${name} ${JSON.stringify(args)} throws`, () => {
      expect(() => make(library, { name, args })).toThrow(RangeError);
    });
});

describe("messages", () => {
  it("an unknown name comes with the nearest right one", () => {
    expect(() => make("torch", { name: "Adam", args: { beta: [0.9, 0.99] } })).toThrow(
      /torch\.Adam: argument "beta" is not known; did you mean betas\? \(allowed: .*weight_decay/,
    );
    expect(() => make("keras", { name: "Adam", args: { beta1: 0.9 } })).toThrow(/did you mean beta_1\?/);
    expect(() => make("optax", { name: "adam", args: { learning_rat: 0.9 } })).toThrow(/did you mean learning_rate\?/);
  });

  it("a refused value comes with what is allowed", () => {
    expect(() => torch.Adam({ lr: -1 })).toThrow("torch.Adam: lr is -1; it must be a number, 0 or more, or a schedule");
    expect(() => torch.Adam({ betas: [0.9, 1] })).toThrow("torch.Adam: betas is [0.9,1]; it must be a pair");
    expect(() => keras.SGD({ gradient_accumulation_steps: 1 })).toThrow(
      "it must be a whole number, 2 or more, or null",
    );
    expect(() => make("torch", { name: "SGD", args: { nesterov: 1 } })).toThrow(
      "nesterov is 1; it must be true or false",
    );
    expect(() => make("optax", { name: "adam", args: { learning_rate: 1, mu_dtype: "float32" } })).toThrow(
      'mu_dtype is "float32"; it must be null: the state has the type of w',
    );
  });

  it("a missing rate is asked for", () => {
    expect(() => make("optax", { name: "adam", args: {} })).toThrow("optax.adam({ learning_rate: 1e-3 })");
  });

  it("arguments by position are refused", () => {
    expect(() => Reflect.apply(torch.Adam, undefined, [0.1])).toThrow("torch.Adam takes its arguments by name");
    expect(() => Reflect.apply(optax.adam, undefined, [null])).toThrow("optax.adam takes its arguments by name");
  });

  it("names of an object's own making are unknown names", () => {
    expect(() => make("torch", { name: "SGD", args: JSON.parse('{"__proto__": 1}') })).toThrow(
      /"__proto__" is not known/,
    );
    expect(() => make("torch", { name: "SGD", args: { toString: 1 } })).toThrow(/"toString" is not known/);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])("%d is no rate anywhere", (rate) => {
    expect(() => torch.SGD({ lr: rate })).toThrow(RangeError);
    expect(() => keras.SGD({ learning_rate: rate })).toThrow(RangeError);
    expect(() => optax.sgd({ learning_rate: rate })).toThrow(RangeError);
  });

  it("a rate below 0 or a decay rate of 1 is refused where the other library lets it pass", () => {
    expect(() => keras.Adam({ learning_rate: -0.1 })).toThrow(RangeError);
    expect(() => keras.Adam({ beta_1: 1 })).toThrow(RangeError);
    expect(() => optax.adam({ learning_rate: -0.1 })).toThrow(RangeError);
    expect(() => optax.adam({ learning_rate: 0.1, b2: 1 })).toThrow(RangeError);
    expect(() => keras.Ftrl({ learning_rate: 0 })).toThrow(RangeError);
  });
});

describe("arguments without effect", () => {
  it("change nothing", () => {
    const goldens = readGoldens("torch");
    const golden = goldens.cases[0];
    const plain = retrace(torch.Adam({ lr: 0.1 }), goldens, golden).w;
    const settings = { foreach: true, fused: null, capturable: true, differentiable: true };
    expect(retrace(torch.Adam({ lr: 0.1, ...settings }), goldens, golden).w).toEqual(plain);
    expect(retrace(keras.SGD({ learning_rate: 0.1, name: "mine" }), goldens, golden).w).toEqual(
      retrace(keras.SGD({ learning_rate: 0.1 }), goldens, golden).w,
    );
  });

  it("an undefined argument counts as not given", () => {
    expect(torch.Adam({ lr: undefined, betas: undefined }).hyper).toEqual(torch.Adam().hyper);
  });
});

describe("schedules", () => {
  const w = Float64Array.of(1);
  const g = Float64Array.of(1);

  it("count from 1 in torch, from 0 in keras and optax", () => {
    const seen: number[] = [];
    const watched = (step: number): number => {
      seen.push(step);
      return 0.1;
    };
    for (const optimizer of [
      torch.SGD({ lr: watched }),
      keras.SGD({ learning_rate: watched }),
      optax.sgd({ learning_rate: watched }),
    ]) {
      const state = optimizer.init(w);
      seen.length = 0;
      optimizer.step(w, g, state);
      optimizer.step(w, g, state);
      expect([...new Set(seen)]).toEqual(optimizer.name === "torch.SGD" ? [1, 2] : [0, 1]);
    }
  });

  it("that give a bad value are refused by the step, before it changes anything", () => {
    const optimizer = keras.Adam({ learning_rate: (iteration) => (iteration === 2 ? -1 : 0.1) });
    const weights = Float64Array.of(1, 2);
    const gradient = Float64Array.of(1, -1);
    const state = optimizer.init(weights);
    optimizer.step(weights, gradient, state);
    optimizer.step(weights, gradient, state);
    const before = [...weights];
    expect(() => optimizer.step(weights, gradient, state)).toThrow("keras.Adam: lr is -1 at step 3");
    expect([...weights]).toEqual(before);
    expect(state.t).toBe(2);
  });

  it("keep what they carry: a plateau can still be told the cost", () => {
    const plateau = reduceOnPlateau({ lr: 1, patience: 0 });
    const { lr } = keras.SGD({ learning_rate: plateau }).hyper;
    expect(lr).toHaveProperty("observe");
  });
});

describe("the state", () => {
  it("has w's type and length; float32 weights follow float64 ones to rounding", () => {
    const cases = ["torch", "keras", "optax"].flatMap((library) => {
      const { cases, sets } = readGoldens(library);
      return cases.map((golden) => ({ library, golden, set: sets[golden.gradients] }));
    });
    for (const { library, golden, set } of cases) {
      const optimizer = make(library, golden);
      const w = Float32Array.from(set.w0);
      const state = optimizer.init(w);
      optimizer.step(w, Float32Array.from(set.g[0]), state);
      for (const slot of optimizer.slots) {
        expect(state[slot]).toBeInstanceOf(Float32Array);
        expect(state[slot]).toHaveLength(w.length);
      }
      const wanted = golden.w[0];
      const worst = Math.max(...wanted.map((b, i) => Math.abs(w[i] - b) / Math.max(1, Math.abs(b))));
      if (golden.tensors.length === 1) expect(worst, JSON.stringify(golden)).toBeLessThan(1e-5);
    }
  });
});
