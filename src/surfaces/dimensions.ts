import { checkSize } from "./check.ts";

/** The most variables that a family is made for: its formula is written out. */
const MOST = 500;

/** The variables of an n-dimensional function: x and y in the plane, else x1, x2, …, xn. Throws where n is no size. */
export function variablesOf(name: string, n: number, least = 1): string[] {
  checkSize(name, "the number of variables", n, least, MOST);
  if (n <= 2) return ["x", "y"].slice(0, n);
  return Array.from({ length: n }, (_, i) => `x${i + 1}`);
}

/** "Rosenbrock's valley", and where n is not 2 "Rosenbrock's valley in 5 dimensions". */
export function titleIn(n: number, title: string): string {
  return n === 2 ? title : `${title} in ${n} dimension${n === 1 ? "" : "s"}`;
}

/** The same number for each variable. */
export const everywhere = (variables: readonly string[], x: number): number[] => variables.map(() => x);

/** The same interval for each variable. */
export const box = (variables: readonly string[], low: number, high: number) =>
  variables.map(() => [low, high] as const);

/** One term for each variable, added up. */
export const total = (variables: readonly string[], term: (variable: string, i: number) => string): string =>
  variables.map(term).join(" + ");
