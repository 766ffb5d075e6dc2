import { describe, expect, it } from "vitest";
import { input } from "../../../src/expr/index.ts";
import { assign, LanguageError, parseExpression, parseStatements } from "../../../src/expr/text/index.ts";

const names = { x: input("x"), y: input("y"), beta1: input("beta1"), v: input("v", [3]) };

function errorOf(text: string): LanguageError {
  try {
    parseExpression(text, names);
  } catch (error) {
    if (error instanceof LanguageError) return error;
    throw error;
  }
  throw new Error(`${text} is read without an error`);
}

describe("an error", () => {
  it("says where, shows the line with a caret, and offers the nearest name", () => {
    const error = errorOf("m = 2\n  m*betta1 + x");
    expect(error.message).toBe(
      ['line 2, column 5: unknown name "betta1"; did you mean beta1?', "      m*betta1 + x", "        ^"].join("\n"),
    );
    expect(error).toMatchObject({ name: "LanguageError", line: 2, column: 5 });
    expect(error).toBeInstanceOf(SyntaxError);
  });

  it("points at the right character after tabs and letters beyond 16 bits", () => {
    expect(errorOf("\tx + 𝛽").message).toBe(
      ['line 1, column 6: unknown name "𝛽"', "    \tx + 𝛽", "    \t    ^"].join("\n"),
    );
    const [, line, caret] = errorOf("(𝛼 = 2").message.split("\n");
    expect([...line].indexOf("=")).toBe(caret.indexOf("^"));
  });

  it("shows a part of a long line, and no control characters", () => {
    const [, line, caret] = errorOf(`${"x + ".repeat(500)}zz${" + x".repeat(500)}`).message.split("\n");
    expect(line.length).toBeLessThan(140);
    expect(line.slice(caret.indexOf("^"))).toMatch(/^zz \+ x/);
    expect(errorOf("x + \u001b[31m").message).not.toContain("\u001b");
  });

  it("about shapes gives the place and names both shapes", () => {
    const error = errorOf("2*x + \n# …\n(v + [1, 2])".replace("\n# …\n", ""));
    expect(error.message).toMatch(/^line 1, column 10: add: the shapes \[3\] and \[2\] do not broadcast/);
    expect(error.cause).toBeInstanceOf(RangeError);
  });
});

describe("messages", () => {
  it.each([
    ["", "expected an expression; the text is empty"],
    ["x +", 'expected a number, a name or "(", found the end of the text'],
    ["x +\ny", 'expected a number, a name or "(", found the end of the line'],
    ["2x", 'expected an operator, found "x"; to multiply, write *x'],
    ["x (y)", "x is not a function; to multiply, write x*(…)"],
    ["(x)(y)", 'expected an operator, found "("; to multiply, write *('],
    ["x) + y", 'expected an operator or the end of the line, found ")"'],
    ["(x + y", 'expected ")" for the "(" at line 1, column 1, found the end of the text'],
    ["[1, 2", 'expected "]" for the "[" at line 1, column 1, found the end of the text'],
    ["x = y = 2", "only a name can be assigned to; to compare, write =="],
    ["x + 1 = 2", "only a name can be assigned to; to compare, write =="],
    ["x < y < 1", "comparisons don't chain; put one of them in parentheses"],
    ["x & y", 'unexpected character "&" (U+0026); for both of two conditions, multiply them: (a > 0)*(b > 0)'],
    ["x ! y", 'unexpected character "!" (U+0021); for the opposite of a condition, write 1 - (a > 0)'],
    ["exp", "exp is a function; write exp(…)"],
    ["sim(x)", 'unknown function "sim"; did you mean sin?'],
    ["Sqrt(x)", 'unknown function "Sqrt"; did you mean sqrt?'],
    ["Beta1", 'unknown name "Beta1"; did you mean beta1?'],
    ["wholly_unknown", 'unknown name "wholly_unknown"'],
    ["max(x)", "max takes 2 operands, 1 given: max(a, b)"],
    ["reshape(v, [3, 1])", "reshape takes 1 operand, 2 given: reshape(x, shape=…)"],
    ["reshape(v)", "reshape needs shape=…"],
    ["sum(v, axis=0)", 'sum has no setting "axis"; did you mean axes?'],
    ["sum(v, foo=0)", 'sum has no setting "foo"; it has axes, keepdims'],
    ["exp(x, axes=0)", "exp has no settings"],
    ["sum(v, axes=0, axes=0)", "axes is given twice"],
    ["sum(axes=0, v)", "operands come first, then settings by name (name=…)"],
    ["sum(v, axes=x)", "expected a number here, not an expression"],
    ["sum(v, keepdims=2)", "expected 0 or 1, found 2"],
    ["cast(x, bits=16)", "expected 32 or 64, found 16"],
    ["[1, x]", "expected a number here, not an expression"],
    ["[1, [2, 3]]", "item 0 has shape [], but item 1 has [2]; all items must have the same shape"],
    ["inf = 1; 2", "inf is a number; it can't be assigned to"],
    ["x\ny", "this value is not used: write name = …, or let it be the last statement"],
    ["a = x", "expected an expression after a = …"],
    ["sum(v, axes=1)", "sum: axis 1 does not exist in a tensor with 1 axes"],
  ])("%j", (text, detail) => {
    expect(errorOf(text).detail).toBe(detail);
  });

  it("ask for an assignment instead of a bare value", () => {
    expect(() => assign(parseStatements("a = 1\na + 2"), {})).toThrow(/line 2, column 1: expected an assignment/);
  });
});
