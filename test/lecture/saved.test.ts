import { expect, it } from "vitest";
import { restored, saved } from "../../lecture/index.ts";

it("keeps the values of a diverged run, which JSON alone would turn into null", () => {
  const numbers = { losses: [1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN], word: "infinite" };
  expect(restored(saved({ numbers }))).toEqual({ numbers });
});

it("refuses a text that no measurement was saved as", () => {
  expect(() => restored('{"numbers":')).toThrow(SyntaxError);
  for (const text of ["null", "3", "[]", "{}", '{"numbers":[1]}', '{"numbers":null}']) {
    expect(() => restored(text)).toThrow("has no object `numbers`; give what saved() wrote");
  }
});
