import { describe, expect, it } from "vitest";
import { cut, quote, quoteList, quoteValue, someOf, withShortWords } from "../../src/arguments/quote.ts";

const long = "x".repeat(100_000);

describe("a given value in a message", () => {
  it("is a text in quotes, of 50 characters at most", () => {
    expect(quote("adam")).toBe('"adam"');
    expect(quote('a "b"\n')).toBe('"a \\"b\\"\\n"');
    expect(quote(long)).toBe(`"${"x".repeat(50)}…"`);
    expect(quote("x".repeat(50))).toBe(`"${"x".repeat(50)}"`);
  });

  it("is not cut in the middle of a character, and leaves no trace in a terminal", () => {
    expect(cut(`${"x".repeat(49)}💡${long}`)).toBe(`${"x".repeat(49)}…`);
    expect(quote("\u001b[31m\u009b1m\u2028\u202e")).toBe('"\\u001b[31m\\u009b1m\\u2028\\u202e"');
  });

  it("is a list's first 5 values, and how many there are", () => {
    expect(quoteList([])).toBe("[]");
    expect(quoteList([1, -0.5, Number.NaN])).toBe("[1, -0.5, NaN]");
    expect(quoteList(new Float64Array(4810))).toBe("[0, 0, 0, 0, 0, … 4810 in all]");
    expect(quoteList([long, [long], { long }]).length).toBeLessThan(200);
  });

  it("is any value, however deep, wide or odd", () => {
    let [deep, nested]: [unknown, unknown] = [[], {}];
    for (let i = 0; i < 200_000; i++) [deep, nested] = [[deep], { a: nested }];
    expect([quoteValue(deep), quoteValue(nested)]).toEqual(["[[[[…]]]]", '{"a":{"a":{"a":{…}}}}']);
    expect(quoteValue({ a: [1, "b", null], c: undefined })).toBe('{"a":[1,"b",null],"c":undefined}');
    expect(quoteValue(Array(1e6).fill(0))).toBe("[0,0,0,0,0,…]");
    expect([1, 2n, null, undefined, true, Symbol("s"), () => 1].map(quoteValue)).toEqual([
      "1",
      "2n",
      "null",
      "undefined",
      "true",
      "Symbol(s)",
      "a function",
    ]);
    expect(quoteValue(new Float32Array(9))).toBe("[0, 0, 0, 0, 0, … 9 in all]");
    expect(quoteValue({ [long]: long })).toHaveLength(51);
  });

  it("is names to choose from, 20 at most; and words that are cut", () => {
    expect(someOf(["a", "b"])).toBe("a, b");
    expect(someOf(Array(1000).fill(long)).length).toBeLessThan(1200);
    expect(withShortWords(`the ${long} is unknown`)).toBe(`the ${"x".repeat(50)}… is unknown`);
  });
});
