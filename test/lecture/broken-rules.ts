import { type Rule, rule } from "../../src/optimizers/index.ts";

/** A rule with a fault in its update. Throws where the rule has no such part. */
export function broken<Name extends string>({ spec }: Rule<Name>, part: string, by: string): Rule<Name> {
  if (!spec.update.includes(part)) throw new Error(`${spec.name} has no ${part}`);
  return rule({ ...spec, update: spec.update.replace(part, by) });
}

/** A rule whose gradient is taken where it stands. */
export function withoutLookahead<Name extends string>({ spec }: Rule<Name>): Rule<Name> {
  const { lookahead, ...rest } = spec;
  if (lookahead === undefined) throw new Error(`${spec.name} does not look ahead`);
  return rule(rest);
}
