import { describe, expect, it } from "vitest";
import { adam } from "../../src/optimizers/index.ts";
import { criticalPoints } from "../../src/solvers/critical-points/critical-points.ts";
import { surfaceFromText } from "../../src/surfaces/from-text.ts";
import { minimize } from "../../src/train/index.ts";

describe("surfaceFromText", () => {
  it("finds the variables, in alphabetical order", () => {
    expect(surfaceFromText("x^2 + 3*sin(y)").variables).toEqual(["x", "y"]);
    expect(surfaceFromText("y + x*x10 - x2").variables).toEqual(["x", "x2", "x10", "y"]);
    expect(surfaceFromText("r = sqrt(a^2 + θ^2); r + pi*e").variables).toEqual(["a", "θ"]);
    expect(surfaceFromText("3").variables).toEqual(["x", "y"]);
  });

  it("takes them in the order given", () => {
    const s = surfaceFromText("width*x^2 + height", { variables: ["x", "height", "width"], start: [1, 2, 3] });
    expect(s.variables).toEqual(["x", "height", "width"]);
    expect(s.start).toEqual([1, 2, 3]);
  });

  it("is a surface like any other", () => {
    const s = surfaceFromText("x^2 + 3*sin(y)", {
      domain: [
        [-2, 2],
        [-4, 4],
      ],
    });
    const { points } = criticalPoints(s);
    expect(points.map(({ kind, global }) => [kind, global])).toEqual([
      ["minimum", true],
      ["saddle", false],
    ]);
    expect(points[0].at[1]).toBeCloseTo(-Math.PI / 2, 12);
    const path = minimize(s, { optimizer: adam({ lr: 0.1 }), steps: 400 });
    expect(path.values[400]).toBeCloseTo(-3, 4);
    expect(s.title).toBe("x^2 + 3*sin(y)");
    expect(s.source).toBe("your own");
  });

  it("starts where the function is finite", () => {
    const { start } = surfaceFromText("1/x - log(1 - x^2)");
    expect(1 - start[0] ** 2).toBeGreaterThan(0);
    expect(surfaceFromText("sqrt(-1 - x^2)").start).toEqual([-2.5]);
  });

  it("points at a mistake, and suggests the nearest name", () => {
    const message = (text: string, options = {}) => {
      try {
        surfaceFromText(text, options);
      } catch (error) {
        if (error instanceof SyntaxError) return error.message;
      }
      return "no syntax error";
    };
    expect(message("x^2 + 3*coss(y)")).toContain('line 1, column 9: unknown function "coss"; did you mean cos?');
    expect(message("x^2 + 3*")).toContain("line 1, column 9: expected a number");
    expect(message("x^2 + alpha*y")).toContain('line 1, column 7: unknown name "alpha"');
    expect(message("a = x^2\na + wiidth", { variables: ["x", "width"] })).toContain(
      'line 2, column 5: unknown name "wiidth"; did you mean width?',
    );
    expect(message("")).toContain("the text is empty");
    expect(message("process.exit(1)")).toContain("line 1, column 8");
  });

  it("refuses a start or a domain that does not fit", () => {
    expect(() => surfaceFromText("x + y", { start: [1] })).toThrow("the start is [1]; 2 finite numbers are needed");
    expect(() => surfaceFromText("x + y", { domain: [[0, 1]] })).toThrow(
      "has 1 intervals; give one for each variable (x, y)",
    );
    expect(() => surfaceFromText("x", { variables: ["x", "x"] })).toThrow("the variable x appears twice");
  });
});
