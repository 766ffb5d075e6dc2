export { quote } from "../arguments/index.ts";

/** Data that cannot be used. The message is one line: where, what was found and expected, what to do. */
export class DataError extends Error {
  override readonly name: string = "DataError";

  constructor(where: string, problem: string, advice: string, options?: ErrorOptions) {
    super(printable(`${cutInTheMiddle(where)}: ${problem}; ${advice}`), options);
  }
}

/** Paths up to this length are shown in full; longer ones only by their two ends. */
const LONGEST = 200;
const END = 25;

const cutInTheMiddle = (path: string): string =>
  path.length > LONGEST ? `${path.slice(0, END)}…${path.slice(-END)}` : path;

/** A setting in an error's advice, for the command and for the library. */
export function setting(flag: string, option: string): string {
  return `${flag} (in code: ${option})`;
}

/** Removes line breaks and terminal escape sequences, since file names and cells come from outside. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]/gu, "\ufffd");
}
