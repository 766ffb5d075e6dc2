import { findEntry } from "../../src/data/index.ts";
import type { Preprocessing } from "../../src/data/table/index.ts";
import { tableFlags } from "../flags/bundles.ts";
import * as flags from "../flags/index.ts";
import { UsageError } from "../mistakes/failure.ts";
import type { Settings } from "../settings.ts";

/**
 * Refuses what only a table can do for a data set without columns, such as the one that is taken where `--data` was forgotten.
 *
 * @param kept the preprocessing of a net to start from
 */
export function checkColumns(name: string, settings: Settings, kept?: Preprocessing): void {
  if (findEntry(name).hasColumns) return;
  const flag = [flags.groupBy, ...tableFlags].find((each) => settings.has(each));
  const told = `and ${name} is none; give --data FILE`;
  if (flag !== undefined) throw new UsageError(`--${flag.name} needs a table, ${told}`);
  if (kept?.inputs.kind !== "columns") return;
  throw new UsageError(`--from ${settings.get(flags.from)}: its net predicts from the columns of a table, ${told}`);
}
