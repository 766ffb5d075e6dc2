export { quote } from "../arguments/index.ts";

/**
 * Data that cannot be used. The message is one line: where, what was found and expected, what to do. It names settings as the library's
 * options; `commandWords(error)` names them as the command's flags.
 */
export class DataError extends Error {
  override readonly name: string = "DataError";
  readonly #words: string;

  constructor(where: string, problem: string, advice: string, options?: ErrorOptions) {
    const words = `${cutInTheMiddle(where)}: ${problem}; ${advice}`;
    super(printable(inCode(words)), options);
    this.#words = words;
  }

  /** The message as the command says it. */
  get onCommandLine(): string {
    return printable(words(this.#words, FLAG));
  }
}

/** A RangeError about an option that the command has as a flag, made with `setting`. */
export class SettingError extends RangeError {
  /** The message as the command says it. */
  readonly onCommandLine: string;

  constructor(message: string) {
    super(inCode(message));
    this.onCommandLine = words(message, FLAG);
  }
}

/** An error's message as the command says it: with flags in place of the library's options. */
export const commandWords = (error: Error): string =>
  error instanceof DataError || error instanceof SettingError ? error.onCommandLine : error.message;

/** Paths up to this length are shown in full; longer ones only by their two ends. */
const LONGEST = 200;
const END = 25;

const cutInTheMiddle = (path: string): string =>
  path.length > LONGEST ? `${path.slice(0, END)}…${path.slice(-END)}` : path;

/**
 * A setting in the words of a DataError or a SettingError: its flag for the command, and its option for the library. Noncharacters of
 * Unicode, which no text has, mark both, and each reader sees one.
 */
export function setting(flag: string, option: string): string {
  return `\ufdd0${flag}\ufdd1${option}\ufdd2`;
}

const SETTINGS = /\ufdd0([^\ufdd0-\ufdd2]*)\ufdd1([^\ufdd0-\ufdd2]*)\ufdd2/g;
const [FLAG, OPTION] = ["$1", "$2"] as const;

const words = (text: string, form: typeof FLAG | typeof OPTION): string => text.replace(SETTINGS, form);

/** Words with settings, as the library says them. */
const inCode = (text: string): string => words(text, OPTION);

/** Removes line breaks and terminal escape sequences, since file names and cells come from outside. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]/gu, "\ufffd");
}
