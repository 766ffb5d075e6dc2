import { checkNumber, cut, MOST, quoteList, someOf, whole } from "../arguments/index.ts";

/** The window that is looked at: an interval for each variable. */
export type Domain = readonly (readonly [low: number, high: number])[];

/** Throws a RangeError where a point has not one finite number for each variable. */
export function checkPoint(name: string, what: string, point: readonly number[], variables: readonly string[]): void {
  if (point.length !== variables.length || !point.every(Number.isFinite))
    throw new RangeError(
      `${cut(name)}: ${what} is ${quoteList(point)}; ${variables.length} finite numbers are needed, for ${someOf(variables)}`,
    );
}

/** Throws a RangeError where a size that a family of functions is asked for is not a whole number in its range. */
export function checkSize(name: string, what: string, given: number, least: number, most = 1000): void {
  checkNumber(`${cut(name)}: ${what}`, given, whole(least, most));
}

/** Throws a RangeError where a domain has not one interval for each variable. */
export function checkDomain(name: string, domain: Domain, variables: readonly string[]): void {
  const shown = domain.slice(0, MOST.values).map(quoteList).join(" × ");
  if (domain.length !== variables.length)
    throw new RangeError(`${cut(name)}: the domain ${shown} has ${domain.length} intervals for ${someOf(variables)}`);
  if (!domain.every(([low, high]) => low < high && Number.isFinite(high - low)))
    throw new RangeError(`${cut(name)}: the domain is ${shown}; each interval goes from a number up to a larger one`);
}
