import { cut, isDecimal, quote, quoteValue, unknownName, wordsFor } from "../src/arguments/index.ts";
import { JsonError, parseJson } from "../src/files/index.ts";
import { readText } from "../src/files/node/index.ts";
import { type Flag, type FlagsByOption, isLost, isOptional, type OptionsOf } from "./flags/flag.ts";
import { UsageError } from "./mistakes/failure.ts";
import { flagMeant, valueMeant } from "./mistakes/synonyms.ts";

/** What was given for a flag, as texts (one, or several where it repeats), and where. */
export interface Given {
  readonly texts: readonly string[];
  /** As it is called in an error: "--lr", or "lr in config.json". */
  readonly place: string;
  /** Whether it was typed on the command line: neither a default nor in a configuration. */
  readonly isTyped?: boolean;
}

/** Values by the names of their flags. */
export type Layer = ReadonlyMap<string, Given>;

/**
 * What a command is to do: for each flag what stands on the command line, else in the configuration, else the default.
 * All values are read once at the start, so that a mistake shows before anything is done.
 */
export class Settings {
  readonly #flags: readonly Flag<unknown>[];
  readonly #given: Layer;
  /** What stands on the command line without a flag. */
  readonly words: readonly string[];

  /** @param layers each overrides those before it */
  constructor(flags: readonly Flag<unknown>[], words: readonly string[], layers: readonly Layer[]) {
    this.#flags = flags;
    this.words = words;
    this.#given = layers.reduce<Layer>((below, layer) => laidOver(below, layer, flags), new Map());
    for (const flag of flags) this.all(flag);
  }

  /** The value of a flag; undefined where it was not given and has no default. */
  get<T>(flag: Flag<T>): T | undefined {
    return this.all(flag).at(-1);
  }

  /** The value of a flag that has a default. */
  value<T>(flag: Flag<T>): T {
    const [value] = this.all(flag).slice(-1);
    if (value === undefined) throw new UsageError(`--${flag.name} is needed`);
    return value;
  }

  /** The values of several flags, as options of the library. */
  options<F extends FlagsByOption>(flags: F): OptionsOf<F>;
  options(flags: FlagsByOption): OptionsOf<FlagsByOption> {
    return Object.fromEntries(Object.entries(flags).map(([option, flag]) => [option, this.get(flag)]));
  }

  /** All values of a flag that repeats. */
  all<T>(flag: Flag<T>): T[] {
    const { texts, place } = this.#given.get(flag.name) ?? { texts: [], place: "" };
    return texts.map((text) => readValue(flag, text, place));
  }

  /** The last text that was given for a flag, as it was typed. */
  typed = (flag: Flag<unknown>): string | undefined => this.#given.get(flag.name)?.texts.at(-1);

  has = (flag: Flag<unknown>): boolean => this.#given.has(flag.name);

  /** Whether it stands on the command line. */
  isTyped = (flag: Flag<unknown>): boolean => this.#given.get(flag.name)?.isTyped === true;

  /** The settings as `--config` reads them back. */
  toJSON(): Record<string, unknown> {
    const kept = this.#flags.filter((flag) => this.has(flag) && !flag.transient);
    return Object.fromEntries(kept.map((flag) => [flag.name, this.#plain(flag)]));
  }

  /** The words and flags as one types them to have all this again; `without` leaves some flags out. */
  toCommandLine({ without = [] }: { readonly without?: readonly Flag<unknown>[] } = {}): string {
    const kept = this.#flags.filter((flag) => this.has(flag) && !flag.transient && !without.includes(flag));
    const typed = kept.flatMap((flag) => {
      const texts = this.#given.get(flag.name)?.texts ?? [];
      return texts.map((text) =>
        isOptional(flag) && text === "true" ? `--${flag.name}` : `--${flag.name} ${shellWord(text)}`,
      );
    });
    const words = this.words.map(shellWord);
    // A word such as -x^2 would be taken for a flag.
    return (this.words.some((word) => word.startsWith("-")) ? [...typed, "--", ...words] : [...words, ...typed]).join(
      " ",
    );
  }

  #plain(flag: Flag<unknown>): unknown {
    const values = (this.#given.get(flag.name)?.texts ?? []).map((text) => plainValue(flag, text));
    return flag.repeats ? values : values.at(-1);
  }
}

/** Throws a UsageError for a text that stands for none. */
function readValue<T>({ name, kind: { allowed, largest, words, read } }: Flag<T>, text: string, place: string): T {
  const value = read(text);
  if (value !== undefined) return value;
  const meant = valueMeant(name, text);
  const hint = meant === undefined ? "" : `; did you mean ${meant}?`;
  if (isDecimal(text.trim()) && !Number.isFinite(Number(text)))
    throw new UsageError(`${place} is ${quote(text)}, which is no finite number here; it must be ${allowed}`);
  if (isDecimal(text.trim()) && isLost(text, Number(text)))
    throw new UsageError(
      `${place} is ${quote(text)}, which is too near to 0 to be told from it; write 0 if that is meant`,
    );
  if (words === undefined)
    throw new UsageError(
      `${place} is ${quote(text)}; it must be ${wordsFor({ words: allowed, largest }, Number(text))}${hint}`,
    );
  if (meant === undefined) throw new UsageError(unknownName(place, text, words));
  throw new UsageError(`${place} ${quote(text)} is not known${hint} (allowed: ${words.join(", ")})`);
}

/** One layer over what lies below it: a flag also covers the one that it stands in the place of, and the other way round. */
function laidOver(below: Layer, layer: Layer, flags: readonly Flag<unknown>[]): Layer {
  const merged = new Map(below);
  for (const { name, insteadOf } of flags) {
    if (insteadOf === undefined) continue;
    const [one, other] = [layer.get(name), layer.get(insteadOf)];
    if (one && other) throw new UsageError(`${one.place} and ${other.place}: give one of them`);
    if (one) merged.delete(insteadOf);
    if (other) merged.delete(name);
  }
  return new Map([...merged, ...layer]);
}

/** As a shell takes it for one word. */
export const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

/** Numbers and switches as such, where reading them back gives the same. */
function plainValue(flag: Flag<unknown>, text: string): unknown {
  const value = flag.kind.read(text);
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (text === "true" && isOptional(flag)) return true;
  return Number.isFinite(Number(text)) && String(Number(text)) === text ? Number(text) : text;
}

/** Bytes of a configuration file; a setting takes a line. */
const LARGEST = 2 ** 20;

/** Reads a configuration file: one JSON object whose names are those of the flags. */
export function readConfig(file: string, command: string, flags: readonly Flag<unknown>[]): Layer {
  const names = flags.filter((flag) => !flag.transient).map((flag) => flag.name);
  const layer = new Map<string, Given>();
  for (const [key, value] of Object.entries(settingsIn(parseObject(readText(file, LARGEST), file), file, command))) {
    const name = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    if (!names.includes(name)) throw new UsageError(`${file}: ${unknownSetting(command, key, names)}`);
    const flag = flags.find((each) => each.name === name);
    if (value === null) continue;
    // What is off is its opposite, header and no-header, out and no-out; or a switch that was not given.
    const opposite = flags.find((each) => each.name === `no-${name}` && each.insteadOf === name);
    if (value === false && opposite) layer.set(opposite.name, { texts: ["true"], place: `${key} in ${file}` });
    if (value === false && (opposite || flag === undefined || isOptional(flag))) continue;
    if (typeof value === "boolean" && flag !== undefined && !isOptional(flag))
      throw new UsageError(`${key} in ${file} is ${value}; it must be ${flag.kind.allowed}`);
    const texts = textsOf(value, key, file);
    layer.set(name, { texts: flag?.repeats ? texts : [texts.join(",")], place: `${key} in ${file}` });
  }
  return layer;
}

/** The settings in a file: all that it holds, or, where a run has left it in its folder, those that made the run. */
function settingsIn(found: object, file: string, command: string): object {
  if (!("format" in found && "kind" in found && "settings" in found)) return found;
  const { kind, settings } = found;
  if (kind !== command)
    throw new UsageError(`${file}: it is of a run of ${quoteValue(kind)}, and the command is ${command}`);
  if (typeof settings !== "object" || settings === null || Array.isArray(settings))
    throw new UsageError(`${file}: its settings are ${quoteValue(settings)}; one JSON object is expected`);
  return settings;
}

/** Says which setting is probably meant, or which there are. */
function unknownSetting(command: string, key: string, names: readonly string[]): string {
  const what = `${command}'s setting`;
  const meant = flagMeant(key, names);
  return meant === undefined
    ? unknownName(what, key, names)
    : `${what} ${quote(key)} is not known; did you mean ${meant}? (allowed: ${names.join(", ")})`;
}

function parseObject(text: string, file: string): object {
  const value = parsed(text, file);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new UsageError(`${file}: one JSON object is expected, such as {"data": "digits", "lr": 0.01}`);
}

function parsed(text: string, file: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof JsonError) throw new UsageError(`${file}: it is not JSON: ${error.message}`);
    throw error;
  }
}

/** A value of the configuration as it would stand on the command line. */
function textsOf(value: unknown, key: string, file: string): string[] {
  if (Array.isArray(value)) return value.map((item: unknown) => textOf(item, key, file));
  if (typeof value !== "object" || value === null) return [textOf(value, key, file)];
  return Object.entries(value).map(([name, item]) => `${name}=${textOf(item, key, file)}`);
}

function textOf(value: unknown, key: string, file: string): string {
  if (["string", "number", "boolean"].includes(typeof value)) return String(value);
  throw new UsageError(`${file}: ${cut(key)} is ${quoteValue(value)}; give a text, a number, true or false, or a list`);
}
