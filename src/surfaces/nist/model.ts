import type { Expr } from "../../expr/index.ts";
import { type Names, parseExpression } from "../../expr/text/index.ts";
import type { Lines } from "./lines.ts";

/** response = f(predictors, parameters) + error. */
export interface RegressionModel {
  readonly response: Expr;
  readonly prediction: Expr;
}

/**
 * Reads a model from its lines in the file. `log[y] = b1 - b2*x1 * exp[-b3*x2]  +  e` is the model, over several lines if it
 * is long; an earlier equation with a plain name on the left defines that name (`pi = 3.14…`). Throws a SyntaxError that
 * points at the mistake in the file.
 */
export function readModel(
  lines: Lines,
  first: number,
  last: number,
  names: ReadonlyMap<string, Expr>,
): RegressionModel {
  const scope = new Map(names);
  for (const { left, right, line } of equationsIn(lines, first, last)) {
    const value = read(right, line, scope);
    if (names.has(left) || !/^[A-Za-z]\w*$/.test(left)) return { response: read(left, line, scope), prediction: value };
    scope.set(left, value);
  }
  throw new SyntaxError(`lines ${first} to ${last}: expected an equation for the response, such as y = b1*x + e`);
}

interface Equation {
  readonly left: string;
  /** Padded to its position in the file, so that errors point at the right column. */
  readonly right: string;
  /** The line on which the equation begins. */
  readonly line: number;
}

/** The equations, each from a line with a = to the line before the next one. */
function equationsIn(lines: Lines, first: number, last: number): Equation[] {
  const starts: number[] = [];
  for (let line = first; line <= last; line++) if (lines.at(line).includes("=")) starts.push(line);
  return starts.map((line, i) => {
    const end = starts[i + 1] ?? last + 1;
    const text = Array.from({ length: end - line }, (_, k) => lines.at(line + k))
      .join("\n")
      .trimEnd();
    const sign = text.indexOf("=");
    // Parentheses let an expression span several lines; the opening one replaces the equals sign.
    const right = `${" ".repeat(sign)}(${stripErrorTerm(text.slice(sign + 1))})`;
    return { left: text.slice(0, sign).trim(), right, line };
  });
}

/** Removes the error term, "+ e" at the end, which only stands for noise in the data. */
const stripErrorTerm = (text: string): string => text.replace(/\+\s*e\s*$/, "");

/** Parses NIST's notation: brackets serve as parentheses, and atan has its long name. The text keeps its length. */
function read(text: string, line: number, names: Names): Expr {
  const ours = text
    .replaceAll("[", "(")
    .replaceAll("]", ")")
    .replace(/\barctan\b/g, "  atan");
  return parseExpression(ours, names, { firstLine: line });
}
