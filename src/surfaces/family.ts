import { checkSize } from "./surface-checks.ts";

/** The most variables of a family, since its formula is written out. */
const MOST = 500;

/** The variables of an n-dimensional function: x and y in the plane, else x1, x2, …, xn. Throws if n is not an allowed size. */
export function variablesOf(name: string, n: number, least = 1): string[] {
  checkSize(name, "the number of variables", n, least, MOST);
  if (n <= 2) return ["x", "y"].slice(0, n);
  return Array.from({ length: n }, (_, i) => `x${i + 1}`);
}

/** "Rosenbrock's valley", or, if n is not 2, "Rosenbrock's valley in 5 dimensions". */
export function titleIn(n: number, title: string): string {
  return n === 2 ? title : `${title} in ${n} dimension${n === 1 ? "" : "s"}`;
}

/** A point with the same value for each variable. */
export const everywhere = (variables: readonly string[], x: number): number[] => variables.map(() => x);

/** A domain with the same interval for each variable. */
export const box = (variables: readonly string[], low: number, high: number) =>
  variables.map(() => [low, high] as const);

/** The sum of one term for each variable. */
export const total = (variables: readonly string[], term: (variable: string, i: number) => string): string =>
  variables.map(term).join(" + ");
