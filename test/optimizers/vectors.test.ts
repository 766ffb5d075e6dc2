import { describe, expect, it } from "vitest";
import { adam, nesterov, type State } from "../../src/optimizers/index.ts";

const w = new Float64Array(3);
const g = new Float64Array(3);
const optimizer = adam();
const stateWith = (slots: object): State => Object.assign(optimizer.init(w), slots);

describe("vectors that do not go with w", () => {
  it.each<[string, Float32Array | Float64Array, State, string]>([
    ["of another length", new Float64Array(2), stateWith({}), "adam: g is a Float64Array of length 2; w is a Float64"],
    [
      "of another type",
      new Float32Array(3),
      stateWith({}),
      "adam: g is a Float32Array of length 3; w is a Float64Array",
    ],
    [
      "a slot of another length",
      g,
      stateWith({ m: new Float64Array(4) }),
      "adam: state.m is a Float64Array of length 4",
    ],
    ["a slot of another type", g, stateWith({ v: new Float32Array(3) }), "adam: state.v is a Float32Array of length 3"],
    ["no slot", g, { t: 0 }, "adam: the state has no vector m; make it with init(w)"],
  ])("are refused by a step, and when it is bound: %s", (_, gradient, state, words) => {
    expect(() => optimizer.bind(w, gradient, state)).toThrow(words);
    expect(() => optimizer.step(w, gradient, state)).toThrow(words);
    expect(w).toEqual(new Float64Array(3));
  });

  it("are refused as the point ahead", () => {
    const ahead = nesterov();
    expect(() => ahead.lookahead?.at(w, ahead.init(w), new Float64Array(2))).toThrow(
      "the point is a Float64Array of length 2; w is a Float64Array of length 3",
    );
  });
});
