import type { Expr } from "../../expr/index.ts";
import { type Names, parseExpression } from "../../expr/text/index.ts";
import type { Lines } from "./lines.ts";

/** response = f(predictors, parameters) + error. */
export interface Model {
  readonly response: Expr;
  readonly prediction: Expr;
}

/**
 * Reads the equations of a model, which stand between two lines of the file. `log[y] = b1 - b2*x1 * exp[-b3*x2]  +  e` is
 * the model, over several lines where it is long; an equation before it with a plain name at its left gives that name a
 * value (`pi = 3.14…`). Throws a SyntaxError that points at the place in the file.
 */
export function readModel(lines: Lines, first: number, last: number, names: ReadonlyMap<string, Expr>): Model {
  const scope = new Map(names);
  for (const { left, right, line } of equationsIn(lines, first, last)) {
    const value = read(right, line, scope);
    if (names.has(left) || !/^[A-Za-z]\w*$/.test(left)) return { response: read(left, line, scope), prediction: value };
    scope.set(left, value);
  }
  throw new SyntaxError(`lines ${first} to ${last}: an equation for the response is expected, such as y = b1*x + e`);
}

interface Equation {
  readonly left: string;
  /** As long as the text in the file up to there, so that places of errors are those in the file. */
  readonly right: string;
  /** Where the equation begins. */
  readonly line: number;
}

/** Equations, each from a line with a = to the line before the next one. */
function equationsIn(lines: Lines, first: number, last: number): Equation[] {
  const starts: number[] = [];
  for (let line = first; line <= last; line++) if (lines.at(line).includes("=")) starts.push(line);
  return starts.map((line, i) => {
    const end = starts[i + 1] ?? last + 1;
    const text = Array.from({ length: end - line }, (_, k) => lines.at(line + k))
      .join("\n")
      .trimEnd();
    const sign = text.indexOf("=");
    // In parentheses an expression may go over several lines; the opening one takes the place of the equals sign.
    const right = `${" ".repeat(sign)}(${withoutError(text.slice(sign + 1))})`;
    return { left: text.slice(0, sign).trim(), right, line };
  });
}

/** The error term, "+ e" at the end, says only that the data are not exact. */
const withoutError = (text: string): string => text.replace(/\+\s*e\s*$/, "");

/** NIST's notation: brackets group as parentheses do, and atan has its long name. Lengths stay as they are. */
function read(text: string, line: number, names: Names): Expr {
  const ours = text
    .replaceAll("[", "(")
    .replaceAll("]", ")")
    .replace(/\barctan\b/g, "  atan");
  return parseExpression(ours, names, { firstLine: line });
}
