import { Command as Commander, type CommanderError, Option } from "commander";
import type { Command } from "./commands/command.ts";
import { commands } from "./commands/index.ts";
import type { Flag } from "./flags/flag.ts";
import { groups, withNames } from "./flags/flag.ts";
import { config } from "./flags/index.ts";
import type { Io } from "./io.ts";
import { UsageError } from "./mistakes/failure.ts";
import { usageMessage } from "./mistakes/usage-message.ts";
import { type Given, type Layer, readConfig, Settings } from "./settings.ts";
import { version } from "./version.ts";

/** What stands on the command line, read and checked. */
export interface Call {
  readonly command: Command;
  readonly settings: Settings;
}

/** Reads the command line. Undefined where help or the version was asked for, and printed. Throws a UsageError. */
export async function readCommandLine(argv: readonly string[], io: Io): Promise<Call | undefined> {
  let call: Call | undefined;
  const program = programFor(await withNamesIn(argv), io, (command, parsed) => {
    call = { command, settings: settingsOf(command, parsed) };
  });
  // Nothing was asked for, so nothing was wrong: cargo, docker and gh, too, answer with their help and code 0.
  if (argv.length === 0) {
    program.outputHelp();
    return undefined;
  }
  try {
    program.parse(argv, { from: "user" });
  } catch (error) {
    if (!isCommanderError(error)) throw error;
    if (error.exitCode !== 0) throw new UsageError(usageMessage(error, argv));
  }
  return call;
}

/** The commands; those that are called, or asked about, with the names that their flags take. */
const withNamesIn = (argv: readonly string[]): Promise<Command[]> =>
  Promise.all(
    commands.map(async (command) =>
      argv.includes(command.name) ? { ...command, flags: await Promise.all(command.flags.map(withNames)) } : command,
    ),
  );

function programFor(all: readonly Command[], io: Io, onCall: (command: Command, parsed: Commander) => void): Commander {
  const program = new Commander("downhill")
    .description("Trains neural networks, and shows how each optimizer finds its way down the hill.")
    .version(version(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print a command's help")
    .usage("<command> [options]")
    .addHelpText("after", `\nStart with:\n${firstSteps.join("\n")}`);
  quietly(program, io);
  for (const command of all) program.addCommand(subcommand(command, io, onCall));
  return program;
}

const firstSteps = [
  "  downhill compare           twelve optimizers on handwritten digits, and a report",
  "  downhill minimize beale    a walk down a surface, drawn in the terminal",
  "  downhill optimizers adam   a formula, its defaults and its source",
  "  downhill train --help      all flags of a command",
];

function subcommand(command: Command, io: Io, onCall: (command: Command, parsed: Commander) => void): Commander {
  const made = new Commander(command.name).summary(command.summary).description(sentence(command));
  made.helpOption("-h, --help", "print this help");
  for (const [syntax, help] of command.words ?? []) made.argument(syntax, help);
  for (const group of groups)
    for (const flag of command.flags.filter((each) => each.group === group)) made.addOption(optionOf(flag, command));
  made.addHelpText("after", `\nExamples:\n${exampleLines(command).join("\n")}`);
  const typed = new Set<string>();
  for (const { name } of command.flags) made.on(`option:${name}`, () => typed.add(name));
  made.action(() => {
    refuseBoth(command.flags, typed);
    onCall(command, made);
  });
  quietly(made, io);
  return made;
}

/** `--header --no-header`: commander has one value for both, and keeps the last. */
function refuseBoth(flags: readonly Flag<unknown>[], typed: ReadonlySet<string>): void {
  for (const { name, insteadOf } of flags)
    if (insteadOf !== undefined && typed.has(name) && typed.has(insteadOf))
      throw new UsageError(`--${name} and --${insteadOf}: give one of them`);
}

/** Errors are thrown, not printed: they are told in one way for all. */
function quietly(made: Commander, io: Io): void {
  made.exitOverride().showSuggestionAfterError(false);
  made.configureOutput({
    writeOut: (text) => io.out.write(text),
    writeErr: () => {},
    getOutHelpWidth: () => Math.min(100, io.out.isTTY ? io.out.columns : 100),
    getOutHasColors: () => false,
  });
}

const sentence = ({ summary, about }: Command): string =>
  `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.${about === undefined ? "" : `\n${about}`}`;

const exampleLines = ({ examples }: Command): string[] =>
  examples.map(([line, does]) => (does === "" ? `  ${line}` : `  ${line}\n      ${does}`));

function optionOf(flag: Flag<unknown>, { defaults = {}, otherwise = {} }: Command): Option {
  const without = { ...otherwise, ...defaults };
  const usual = Object.hasOwn(without, flag.name) ? ` (default: ${without[flag.name]})` : "";
  const option = new Option(`--${flag.name}${flag.value === undefined ? "" : ` ${flag.value}`}`, flag.help + usual);
  option.helpGroup(`${flag.group}:`).hideHelp(flag.hidden === true);
  if (flag.repeats)
    option.argParser((text: string, before: unknown) => [...(Array.isArray(before) ? before : []), text]);
  return option;
}

function settingsOf(command: Command, parsed: Commander): Settings {
  const { name, flags, defaults = {} } = command;
  const typed = typedLayer(flags, parsed);
  const usual: Layer = new Map(
    Object.entries(defaults).map(([key, value]) => [key, { texts: [value], place: `--${key}` }]),
  );
  const [file] = typed.get(config.name)?.texts ?? [];
  const layers = file === undefined ? [usual, typed] : [usual, readConfig(file, name, flags), typed];
  return new Settings(flags, parsed.args, layers);
}

/** What commander has read, by the names of the flags. `--no-out` is commander's `out` with the value false. */
function typedLayer(flags: readonly Flag<unknown>[], parsed: Commander): Layer {
  const layer = new Map<string, Given>();
  for (const option of parsed.options) {
    const key = option.attributeName();
    const flag = flags.find(({ name }) => `--${name}` === option.long);
    const value: unknown = parsed.getOptionValue(key);
    if (flag === undefined || parsed.getOptionValueSource(key) !== "cli" || (value === false) !== option.negate)
      continue;
    const texts = typeof value === "boolean" ? ["true"] : Array.isArray(value) ? value.map(String) : [String(value)];
    layer.set(flag.name, { texts, place: `--${flag.name}`, isTyped: true });
  }
  return layer;
}

const isCommanderError = (error: unknown): error is CommanderError =>
  error instanceof Error && "code" in error && String(error.code).startsWith("commander.") && "exitCode" in error;
