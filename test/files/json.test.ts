import { describe, expect, test } from "vitest";
import { JsonError, parseJson } from "../../src/files/index.ts";

function placeOf(text: string): string {
  try {
    parseJson(text);
    return "none";
  } catch (error) {
    return error instanceof JsonError ? `${error.line}:${error.column}` : `${error}`;
  }
}

describe("a text that is not JSON", () => {
  test.each([
    ["", "1:1", "a value is expected; the text ends"],
    ['{"a": 1,\n "b" 2}', "2:6", 'a colon is expected; found "2}"'],
    ['{"a": 1\n "b": 2}', "2:2", "a comma or } is expected"],
    ["{a: 1}", "1:2", "a name in double quotes is expected"],
    ["{'a': 1}", "1:2", "a name in double quotes is expected"],
    ['{"a": 1,}', "1:9", "a name in double quotes is expected"],
    ["[1, 2", "1:6", "a comma or ] is expected; the text ends"],
    ["[01]", "1:2", "a value is expected"],
    ["[1.]", "1:2", "a value is expected"],
    ["[.5]", "1:2", "a value is expected"],
    ["[NaN]", "1:2", "a value is expected"],
    ['["a\nb"]', "1:4", "the closing quote is expected"],
    ['["a', "1:4", "the closing quote is expected; the text ends"],
    ['["C:\\dir"]', "1:5", "a second backslash"],
    ['["\\u12"]', "1:3", "a second backslash"],
    ["1 2", "1:3", "the end is expected"],
    ['{"ä💡": x}', "1:8", "a value is expected"],
  ])("%j: line and column, in one line of words", (text, place, words) => {
    expect(placeOf(text)).toBe(place);
    expect(() => parseJson(text)).toThrow(words);
    expect(() => parseJson(text)).toThrow(/^[^\n]*$/);
  });

  test("whatever is cut off or overwritten is an error with a place, exactly where JSON.parse finds one", () => {
    const whole = JSON.stringify({ a: [1, -2.5e-7, true, null, 'x\\"\n\u0001ü'], b: { c: {}, d: [] } }, null, 1);
    for (let at = 0; at < whole.length; at++)
      for (const text of [
        whole.slice(0, at),
        ...[..."{}[]:,\"'\\ \n\t0e.-+tx"].map((odd) => `${whole.slice(0, at)}${odd}${whole.slice(at + 1)}`),
      ]) {
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        expect([text, placeOf(text)]).toEqual([text, valid ? "none" : expect.stringMatching(/^\d+:\d+$/)]);
      }
  });

  test("what is nested without end is refused before anybody walks through it", () => {
    for (const [open, close] of [
      ["[", "]"],
      ['{"a":', "}"],
    ])
      expect(() => parseJson(`${open.repeat(200_000)}1${close.repeat(200_000)}`)).toThrow("deeper than 100 levels");
    expect(parseJson(`"${"[".repeat(1000)}\\"${"{".repeat(1000)}"`)).toContain('["{');
    expect(parseJson(`${"[".repeat(100)}${"]".repeat(100)}`)).toBeInstanceOf(Array);
  });
});
