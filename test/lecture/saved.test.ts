import { expect, it } from "vitest";
import { restored, saved } from "../../lecture/index.ts";

it("keeps the values of a diverged run, which JSON alone would turn into null", () => {
  const numbers = { losses: [1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN], word: "infinite" };
  expect(restored(saved({ numbers }))).toEqual({ numbers });
});

it("keeps −0, the elements of vectors, and texts that look like such values", () => {
  const words = ["NaN", "Infinity", "-Infinity", "-0", "'NaN", "''-0", "'", "0", "not NaN"];
  const measured = { numbers: { zero: -0, list: [-0, 0] }, words, w: Float64Array.of(1, -0, Number.NaN) };
  const back = restored(saved(measured));
  expect(back).toStrictEqual({ ...measured, w: [1, -0, Number.NaN] });
});

it("refuses a text that no measurement was saved as", () => {
  expect(() => restored('{"numbers":')).toThrow(SyntaxError);
  expect(() => restored('{"numbers":')).toThrow(/^the text is not JSON \(.*\); give what saved\(\) wrote$/);
  for (const text of ["null", "3", "[]", "{}", '{"numbers":[1]}', '{"numbers":null}']) {
    expect(() => restored(text)).toThrow("has no object `numbers`; give what saved() wrote");
  }
});
