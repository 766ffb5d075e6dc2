import { once } from "../../expr/index.ts";
import { type LeastSquares, type LeastSquaresSpec, leastSquares } from "../least-squares.ts";
import { checkSize } from "../surface-checks.ts";

/** One of the 35 problems, as the paper gives it: its number, n parameters x1 … xn, one standard start. */
export interface ProblemSpec extends Pick<LeastSquaresSpec, "name" | "data" | "define" | "residuals" | "minima"> {
  readonly number: number;
  readonly title: string;
  readonly start: readonly number[];
}

/** The problem. Its formulas are parsed when first needed, not on import. */
export function problem({ number, start, ...spec }: ProblemSpec): LeastSquares {
  const given = {
    ...spec,
    parameters: names(start.length),
    starts: [start],
    source: `Moré, Garbow & Hillstrom 1981, Testing unconstrained optimization software, ACM TOMS 7, problem ${number}`,
  };
  const read = once(() => leastSquares(given));
  const { name, title, parameters, starts, minima = [], source } = given;
  return {
    ...{ name, title, parameters, starts, minima, source },
    get data() {
      return read().data;
    },
    get residuals() {
      return read().residuals;
    },
    get count() {
      return read().count;
    },
  };
}

/** The most parameters or residuals of a problem, since its formulas are written out. */
const MOST = 200;

/** Throws unless n is a size that the problem allows. */
export const size = (name: string, n: number, least: number, most = MOST): void =>
  checkSize(name, "the size", n, least, most);

/** x1 … xn. */
export const names = (n: number): string[] => upTo(n).map((i) => `x${i}`);

/** 1 … n. */
export const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

/** f(1) … f(n). */
export const column = (n: number, f: (i: number) => number): number[] => upTo(n).map(f);

/** The sum of terms, in parentheses. */
export const total = (terms: readonly string[]): string => (terms.length === 0 ? "0" : `(${terms.join(" + ")})`);
