import type { ColumnFacts, Dataset } from "../../src/data/index.ts";
import { commandWords } from "../../src/files/index.ts";
import { network, tableFlags } from "../flags/bundles.ts";
import * as flags from "../flags/index.ts";
import { type Settings, shellWord } from "../settings.ts";
import { flagNames } from "./data-notes.ts";
import type { ShownTable } from "./table-look.ts";

/**
 * The command to run next: training, or, where there is a problem, another look with the settings that solve it; undefined where no
 * setting does.
 */
export function nextCommand({ table, columns, data, problem }: ShownTable, settings?: Settings): string | undefined {
  const typed = tableFlags.flatMap((flag) => {
    const text = settings?.typed(flag);
    return text === undefined ? [] : [{ name: flag.name, text }];
  });
  const given = (name: string) => typed.find((flag) => flag.name === name)?.text;
  if (data !== undefined) return commandLine("train --data", table.name, typed);
  const [, flag, text] =
    / say --(decimal|thousands) (\S+)/.exec(problem === undefined ? "" : commandWords(problem)) ?? [];
  if (flag !== undefined) return commandLine("data show", table.name, [...typed, { name: flag, text }]);
  const refused = columns.filter(({ role }) => role === "refused");
  const holes = (role: ColumnFacts["role"]) => columns.some((column) => column.role === role && column.missing > 0);
  const missing = given("missing") ?? (holes("input") ? "mean" : holes("target") ? "drop" : undefined);
  const ignore = [given("ignore"), ...(refused.length > 0 ? [flagNames(refused)] : [])].filter(
    (text) => text !== undefined,
  );
  const added = [
    ...(ignore.length > 0 ? [{ name: "ignore", text: ignore.join(",") }] : []),
    ...(missing === undefined ? [] : [{ name: "missing", text: missing }]),
  ];
  const kept = typed.filter(({ name }) => name !== "ignore" && name !== "missing");
  const isSame = added.every(({ name, text }) => given(name) === text);
  return isSame ? undefined : commandLine("data show", table.name, [...kept, ...added]);
}

function commandLine(command: string, name: string, typed: readonly { name: string; text: string }[]): string {
  const settings = typed.map(({ name: flag, text }) =>
    text === "true" ? `--${flag}` : `--${flag} ${shellWord(text)}`,
  );
  return ["downhill", command, shellWord(name), ...settings].join(" ");
}

/** The command that predicts with a net in a folder, where it predicts from a table's rows. */
export const predictLines = (folder: string, { columns }: Dataset): string[] =>
  columns === undefined ? [] : [`next: downhill predict ${shellWord(folder)} new.csv`];

/** What a saved model has decided already, and where the last net came from and went. */
const DECIDED = [
  ...[flags.model, ...Object.values(network), flags.ignore, flags.columns, flags.rare, flags.asIs],
  ...[flags.from, flags.partial, flags.save],
];

/** How an interrupted run goes on, from the folder with its net: by another run of the same settings. */
export const goOnLines = (folder: string, settings: Settings): string[] => [
  "train it further, with the optimizer's state, the schedule and the epochs begun anew:",
  `  downhill train --from ${shellWord(folder)} ${settings.toCommandLine({ without: DECIDED })}`,
];
