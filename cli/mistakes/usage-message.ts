import type { CommanderError } from "commander";
import { cut, quote } from "../../src/arguments/index.ts";
import { commands } from "../commands/index.ts";
import { commandMeant, flagMeant } from "./synonyms.ts";

/** A word that is the path of a table. */
const LIKE_A_FILE = /^[^-].*\.(csv|tsv|txt|parquet|npy|npz)(\.gz)?$/i;

/** Commander's complaint in our words, with the name that is probably meant. */
export function usageMessage(error: CommanderError, argv: readonly string[]): string {
  const command = commands.find(({ name }) => name === argv.find((word) => !word.startsWith("-")));
  const [, given = ""] = /'([^']*)'/.exec(error.message) ?? [];
  const help = `see downhill ${command === undefined ? "" : `${command.name} `}--help`;
  const names = commands.map(({ name }) => name);
  const advice = (meant: string | undefined): string => (meant === undefined ? help : `did you mean ${meant}?`);
  if (error.code === "commander.unknownOption") {
    const word = command?.words?.find(([syntax]) => `--${syntax.replace(/\W/g, "")}` === given.split("=", 1)[0]);
    if (command !== undefined && word !== undefined)
      return `there is no flag ${cut(given)}; it stands without one: downhill ${command.name} ${word[0]}`;
    const minus =
      command?.words !== undefined && /^-[^-]/.test(given)
        ? ` (to give ${cut(given)} as it is, write -- before it)`
        : "";
    const { flags = [], without = {} } = command ?? {};
    const own = [...flags.map(({ name }) => name), "help", ...(command ? [] : ["version"])];
    const meant = flagMeant(given, [...own, ...Object.keys(without)]);
    if (meant !== undefined && Object.hasOwn(without, meant))
      return `there is no flag ${cut(given)}; ${without[meant]}`;
    return `there is no flag ${cut(given)}; ${advice(meant && `--${meant}`)}${minus}`;
  }
  // Commander's `help` looks a command up by itself.
  if (error.code === "commander.help") {
    const wanted = argv[argv.indexOf("help") + 1] ?? "";
    return `there is no command ${quote(wanted)}; ${advice(commandMeant(wanted, names))}`;
  }
  if (error.code === "commander.unknownCommand")
    return `there is no command ${quote(given)}; ${advice(commandMeant(given, names))}`;
  if (error.code === "commander.optionMissingArgument") return `${given.replace(" ", " needs a value: ")}; ${help}`;
  if (error.code === "commander.missingArgument") {
    const word = command?.words?.find(([syntax]) => syntax.replace(/\W/g, "") === given);
    return `${command?.name ?? "downhill"} needs ${word?.[0] ?? given}${word === undefined ? "" : `: ${word[1]}`}; ${help}`;
  }
  if (error.code === "commander.excessArguments") {
    const [, expected = "", got = ""] = /Expected (\d+ arguments?) but got (\d+)/.exec(error.message) ?? [];
    const file = argv.slice(1).find((word) => LIKE_A_FILE.test(word));
    const hasData = command?.flags.some(({ name }) => name === "data") && !argv.some((word) => /^--data\b/.test(word));
    if (command?.words === undefined && hasData && file !== undefined)
      return `${command?.name} takes ${expected}; did you mean --data ${cut(file)}?`;
    const quotes = command?.words === undefined ? help : "put quotes around what has spaces in it";
    return `${command?.name ?? "downhill"} takes ${expected}, not ${got}; ${quotes}`;
  }
  const [first] = error.message.replace(/^error: /, "").split("\n", 1);
  return `${first.replace(/\.$/, "")}; ${help}`;
}
