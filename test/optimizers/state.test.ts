import { describe, expect, it } from "vitest";
import * as torch from "../../src/compat/torch.ts";
import { adam, loadState, type State, saveState } from "../../src/optimizers/index.ts";
import { someGradients, someWeights } from "./descents.ts";

const odd: State = {
  t: 7,
  minusZero: -0,
  infinite: Number.NEGATIVE_INFINITY,
  none: Number.NaN,
  tiny: 5e-324,
  third: 1 / 3,
  m: Float64Array.of(1, -0, Number.MIN_VALUE, Math.PI),
  v: Float32Array.of(1, 2.5, -3),
  empty: new Float64Array(0),
};

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const bytes = (head: string, size = 0): Uint8Array => {
  const line = new TextEncoder().encode(`${head}\n`);
  const all = new Uint8Array(line.length + size);
  all.set(line);
  return all;
};

describe("a saved state", () => {
  it("reads back to the same bits, and shares no memory", () => {
    const saved = saveState(odd);
    const loaded = loadState(saved);
    expect(loaded).toEqual(odd);
    for (const [name, value] of Object.entries(odd))
      expect(Object.is(loaded[name], value) || typeof value === "object").toBe(true);
    saved.fill(255);
    expect(loaded).toEqual(odd);
  });

  it("reads back from Node's Buffer and from the middle of a larger array", () => {
    const saved = saveState(odd);
    expect(loadState(Buffer.from(saved))).toEqual(odd);
    const larger = new Uint8Array(saved.length + 30);
    larger.set(saved, 13);
    expect(loadState(larger.subarray(13, 13 + saved.length))).toEqual(odd);
  });

  it("begins with one line of JSON, and has the numbers little-endian", () => {
    const saved = saveState({ t: 2, m: Float32Array.of(1) });
    expect(text(saved).split("\n")[0]).toBe(
      '{"format":"downhill-state 1","numbers":{"t":"2"},"vectors":[{"name":"m","dtype":"f32","length":1}]}',
    );
    expect([...saved.slice(-4)]).toEqual([0, 0, 128, 63]);
  });

  it("keeps a view's numbers only", () => {
    const memory = Float64Array.of(1, 2, 3, 4);
    expect(loadState(saveState({ t: 0, m: memory.subarray(1, 3) }))).toEqual({ t: 0, m: Float64Array.of(2, 3) });
  });

  it.each(["f32", "f64"] as const)("lets a run go on with the same bits, scalars too: %s", (dtype) => {
    const Vector = dtype === "f32" ? Float32Array : Float64Array;
    // NAdam keeps a product as a scalar.
    for (const optimizer of [adam({ lr: 0.1 }), torch.NAdam({ lr: 0.1 })]) {
      const w = Vector.from(someWeights(9));
      const gradients = someGradients(12, 9).map((g) => Vector.from(g));
      let state = optimizer.init(w);
      for (const g of gradients.slice(0, 5)) optimizer.step(w, g, state);
      const copy = w.slice();
      let other = loadState(saveState(state));
      for (const g of gradients.slice(5)) {
        optimizer.step(w, g, state);
        optimizer.step(copy, g, other);
        other = loadState(saveState(other));
      }
      expect([...copy]).toEqual([...w]);
      expect(other).toEqual(state);
      state = other;
    }
  });

  const head = (parts: object): string =>
    JSON.stringify({ format: "downhill-state 1", numbers: { t: "1" }, vectors: [], ...parts });

  it.each([
    ["nothing", new Uint8Array(0), /not a saved state/],
    ["a text without a line", new TextEncoder().encode("hello"), /not a saved state/],
    ["another JSON", bytes('{"format":"other"}'), /not a saved state/],
    ["numbers that are no text", bytes(head({ numbers: { t: 1 } })), /not a saved state/],
    [
      "vectors of an unknown type",
      bytes(head({ vectors: [{ name: "m", dtype: "i8", length: 1 }] }), 8),
      /not a saved state/,
    ],
    ["a negative length", bytes(head({ vectors: [{ name: "m", dtype: "f64", length: -1 }] })), /not a saved state/],
    [
      "a vector that is cut short",
      bytes(head({ vectors: [{ name: "m", dtype: "f64", length: 2 }] }), 15),
      /m is cut short/,
    ],
    ["a huge length", bytes(head({ vectors: [{ name: "m", dtype: "f64", length: 2 ** 50 }] }), 8), /m is cut short/],
    ["bytes too many", bytes(head({}), 3), /3 bytes too many/],
    ["a step count that is no number", bytes(head({ numbers: { t: "soon" } })), /t, .*, is NaN/],
    ["a step count below 0", bytes(head({ numbers: { t: "-1" } })), /t, .*, is -1/],
  ])("is refused where it is %s", (_, given, message) => {
    expect(() => loadState(given)).toThrow(RangeError);
    expect(() => loadState(given)).toThrow(message);
  });
});
