import { nearestNames, unknownName } from "../arguments/index.ts";

/** The error for a layer, loss or function that a registry lacks: a part of your own, unless the name is nearly one that it has. */
export function unknownPart(what: string, name: string, table: Readonly<Record<string, unknown>>): RangeError {
  const names = Object.keys(table);
  const own =
    nearestNames(name, names).length > 0
      ? ""
      : "; if it is your own, pass a registry that has it, in TypeScript: load(folder, { registry })";
  return new RangeError(`${unknownName(what, name, names)}${own}`);
}

/** A name for a part of your own in the registry: its own, unless that is taken, as for a changed copy of a built-in part. */
export const ownName = (name: string, table: Readonly<Record<string, unknown>>, usual: string): string =>
  name === "" || Object.hasOwn(table, name) ? usual : name;
