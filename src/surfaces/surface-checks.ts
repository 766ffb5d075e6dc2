import { checkNumber, cut, MOST, quoteList, someOf, whole } from "../arguments/index.ts";

/** An interval for each variable. */
export type Domain = readonly (readonly [low: number, high: number])[];

/** Throws a RangeError unless a point has one finite value for each variable. */
export function checkPoint(name: string, what: string, point: readonly number[], variables: readonly string[]): void {
  if (point.length !== variables.length || !point.every(Number.isFinite))
    throw new RangeError(
      `${cut(name)}: ${what} is ${quoteList(point)}; ${variables.length} finite numbers are needed, for ${someOf(variables)}`,
    );
}

/** Throws a RangeError unless a size is a whole number in its range. */
export function checkSize(name: string, what: string, given: number, least: number, most = 1000): void {
  checkNumber(`${cut(name)}: ${what}`, given, whole(least, most));
}

/** Throws a RangeError unless a domain has one interval of finite numbers for each variable. */
export function checkDomain(name: string, domain: Domain, variables: readonly string[]): void {
  const shown = domain.slice(0, MOST.values).map(quoteList).join(" × ");
  if (domain.length !== variables.length)
    throw new RangeError(
      `${cut(name)}: the domain ${shown} has ${domain.length} intervals; give one for each variable (${someOf(variables)})`,
    );
  if (!domain.every(([low, high]) => low < high && Number.isFinite(high - low)))
    throw new RangeError(
      `${cut(name)}: the domain is ${shown}; each interval must be two finite numbers, the smaller first`,
    );
}
