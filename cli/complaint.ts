import type { CommanderError } from "commander";
import { nearestName } from "../src/expr/nearest.ts";
import { commands } from "./commands.ts";

/** Commander's complaint in our words, with the nearest name. */
export function complaint(error: CommanderError, argv: readonly string[]): string {
  const command = commands.find(({ name }) => name === argv.find((word) => !word.startsWith("-")));
  const [, given = ""] = /'([^']*)'/.exec(error.message) ?? [];
  const help = `see downhill ${command === undefined ? "" : `${command.name} `}--help`;
  const near = (names: readonly string[]): string => {
    const name = nearestName(given, names);
    return name === undefined ? help : `did you mean ${name}?`;
  };
  if (error.code === "commander.unknownOption") {
    const minus =
      command?.words !== undefined && /^-[^-]/.test(given) ? ` (to give ${given} as it is, write -- before it)` : "";
    return `there is no flag ${given}; ${near((command?.flags ?? []).map(({ name }) => `--${name}`))}${minus}`;
  }
  if (error.code === "commander.unknownCommand")
    return `there is no command ${JSON.stringify(given)}; ${near(commands.map(({ name }) => name))}`;
  if (error.code === "commander.help")
    return `a command is needed: ${commands.map(({ name }) => name).join(", ")}; ${help}`;
  if (error.code === "commander.excessArguments") {
    const [, expected = "", got = ""] = /Expected (.*) but got (\d+)/.exec(error.message) ?? [];
    const quotes = command?.words === undefined ? help : "put quotes around what has blanks in it";
    return `${command?.name ?? "downhill"} takes ${expected}, not ${got}; ${quotes}`;
  }
  const [first] = error.message.replace(/^error: /, "").split("\n", 1);
  return `${first.replace(/\.$/, "")}; ${help}`;
}
