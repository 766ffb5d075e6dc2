export { quote } from "../arguments/index.ts";

/** Data that cannot be used as they are. The message is one line: where, what was found and expected, what to do. */
export class DataError extends Error {
  override readonly name: string = "DataError";

  constructor(where: string, problem: string, advice: string, options?: ErrorOptions) {
    super(printable(`${inTheMiddleCut(where)}: ${problem}; ${advice}`), options);
  }
}

/** A path up to this long is worth reading whole; beyond, its ends tell which it is. */
const LONGEST = 200;
const END = 25;

const inTheMiddleCut = (path: string): string =>
  path.length > LONGEST ? `${path.slice(0, END)}…${path.slice(-END)}` : path;

/** A setting in an error's advice: as the command takes it, and as the library does. */
export function setting(flag: string, option: string): string {
  return `${flag} (in code: ${option})`;
}

/** File names and cells come from outside: no line breaks, no escape sequences for the terminal. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]/gu, "\ufffd");
}
