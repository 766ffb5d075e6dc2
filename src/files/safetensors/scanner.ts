import { quote } from "../../arguments/index.ts";
import { DAMAGED, SafetensorsError } from "./error.ts";

const [TAB, LINE_FEED, RETURN, SPACE, QUOTE, POINT, ZERO, NINE, BACKSLASH, SMALL_E] = [
  9, 10, 13, 32, 34, 46, 48, 57, 92, 101,
];
/** The bit by which small letters and capitals differ. */
const CASE = 32;

/**
 * Reads a header's JSON (RFC 8259) piece by piece, as the header's parser requests: so nothing is nested more deeply than
 * allowed, names are unique, which JSON.parse does not check, and numbers are whole and exact.
 */
export class Scanner {
  readonly #text: string;
  readonly #where: string;
  #at = 0;

  /** @param where the file's name in errors */
  constructor(text: string, where: string) {
    this.#text = text;
    this.#where = where;
  }

  /**
   * `{"name": …, "name": …}`
   *
   * @param read reads the value after a name's colon, and returns whether the name is new
   */
  members(read: (name: string) => boolean): void {
    this.expect("{");
    if (this.#takes("}")) return;
    do {
      const name = this.string();
      this.expect(":");
      if (!read(name)) this.fail(`${quote(name)} appears twice`);
    } while (this.#takes(","));
    this.expect("}");
  }

  /** `[…, …]` of at most `most` whole numbers. */
  wholeNumbers(most: number): number[] {
    const numbers: number[] = [];
    this.expect("[");
    if (this.#takes("]")) return numbers;
    do {
      if (numbers.length === most) this.fail(`a list has more than ${most} numbers`);
      numbers.push(this.#wholeNumber());
    } while (this.#takes(","));
    this.expect("]");
    return numbers.slice(); // without the room that was kept for more
  }

  string(): string {
    this.expect('"');
    const start = this.#at;
    let isPlain = true;
    for (;;) {
      const code = this.#text.charCodeAt(this.#at++);
      if (code === QUOTE) break;
      if (code === BACKSLASH) {
        isPlain = false;
        this.#at++;
      } else if (!(code >= SPACE)) this.#failAt(this.#at - 1, "a string has no closing quote");
    }
    const inside = this.#text.slice(start, this.#at - 1);
    return isPlain ? inside : this.#unescape(inside, start);
  }

  expect(character: string): void {
    if (!this.#takes(character)) this.#failAt(this.#at, `${quote(character)} is expected, ${this.#found()}`);
  }

  /** Only white space may follow. */
  end(): void {
    if (!Number.isNaN(this.#next())) this.#failAt(this.#at, `more text follows its last bracket: ${this.#found()}`);
  }

  fail(problem: string): never {
    this.#failAt(this.#at, problem);
  }

  #failAt(at: number, problem: string): never {
    throw new SafetensorsError(this.#where, `at character ${at + 1} of its header: ${problem}`, DAMAGED);
  }

  /** The code of the next character that is not white space; NaN at the end. */
  #next(): number {
    let code = this.#text.charCodeAt(this.#at);
    while (code === SPACE || code === LINE_FEED || code === RETURN || code === TAB)
      code = this.#text.charCodeAt(++this.#at);
    return code;
  }

  #takes(character: string): boolean {
    const isNext = this.#next() === character.charCodeAt(0);
    if (isNext) this.#at++;
    return isNext;
  }

  #wholeNumber(): number {
    let code = this.#next();
    const start = this.#at;
    let value = 0;
    for (; code >= ZERO && code <= NINE; code = this.#text.charCodeAt(++this.#at)) value = 10 * value + (code - ZERO);
    const length = this.#at - start;
    const isWhole = length === 1 || (length > 1 && this.#text.charCodeAt(start) !== ZERO);
    if (isWhole && value <= Number.MAX_SAFE_INTEGER && code !== POINT && (code | CASE) !== SMALL_E) return value;
    this.#at = start;
    this.#failAt(start, `a whole number from 0 to ${Number.MAX_SAFE_INTEGER} is expected, ${this.#found()}`);
  }

  #unescape(inside: string, start: number): string {
    try {
      const text: unknown = JSON.parse(`"${inside}"`);
      if (typeof text === "string" && !/\p{Cs}/u.test(text)) return text;
    } catch {
      // reported below
    }
    this.#failAt(start, `${quote(inside)} has an invalid escape`);
  }

  #found(): string {
    const [rest] = this.#text.slice(this.#at, this.#at + 30).split(/[\s,\]}]/, 1);
    const first = rest === "" ? this.#text.slice(this.#at, this.#at + 1) : rest;
    return first === "" ? "the header ends" : `found ${quote(first)}`;
  }
}
