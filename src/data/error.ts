/** Data that cannot be used as they are. The message is one line: where, what was found and expected, what to do. */
export class DataError extends Error {
  override readonly name = "DataError";

  constructor(where: string, problem: string, advice: string, options?: ErrorOptions) {
    super(printable(`${where}: ${problem}; ${advice}`), options);
  }
}

/** A cell or a file's own text inside a message: short, and in quotes. */
export function quote(text: string): string {
  return `"${printable(text.length > 40 ? `${text.slice(0, 40)}…` : text)}"`;
}

/** A setting in an error's advice: as the command takes it, and as the library does. */
export function setting(flag: string, option: string): string {
  return `${flag} (in code: ${option})`;
}

/** File names and cells come from outside: no line breaks, no escape sequences for the terminal. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]/gu, "\ufffd");
}
