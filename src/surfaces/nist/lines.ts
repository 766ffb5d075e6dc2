import { quote } from "../../arguments/index.ts";

/** The lines of a file, numbered from 1 as in the file's own header. Errors name the line. */
export class Lines {
  readonly #lines: readonly string[];

  constructor(text: string) {
    this.#lines = text.split(/\r\n|\n|\r/);
  }

  /** Line `number`, without trailing blanks; empty beyond the end. */
  at(number: number): string {
    return (this.#lines[number - 1] ?? "").trimEnd();
  }

  /** The number of the first line, from `from` on, that matches. Throws if there is none. */
  find(pattern: RegExp, what: string, from = 1): number {
    return this.#first((line) => pattern.test(line), what, from);
  }

  #first(holds: (line: string) => boolean, what: string, from = 1): number {
    for (let number = from; number <= this.#lines.length; number++) if (holds(this.at(number))) return number;
    throw new SyntaxError(`${what} is missing: the file is incomplete, or not one of NIST's nonlinear regressions`);
  }

  /** The numbers on a line. Throws if there are not exactly `count` numbers. */
  numbers(number: number, text: string, count: number, what: string): number[] {
    const words = text.trim().split(/\s+/);
    const values = words.map(Number);
    if (words.length !== count || !values.every(Number.isFinite))
      throw new SyntaxError(`line ${number}: ${what} is ${quote(text.trim())}; ${count} numbers are needed`);
    return values;
  }

  /** The one number after a heading such as "Residual Sum of Squares:". */
  numberAfter(heading: string): number {
    const beginning = `${heading.toLowerCase()}:`;
    const number = this.#first((line) => line.trimStart().toLowerCase().startsWith(beginning), heading);
    const [value] = this.numbers(number, this.at(number).replace(/^[^:]*:/, ""), 1, heading);
    return value;
  }
}
