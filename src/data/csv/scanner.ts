import { DataError } from "../../files/index.ts";
import { isComment } from "../cells/comment.ts";
import type { DecimalSign } from "../cells/number.ts";
import { BLANK, endOfLine, HASH, isDressed, LINE_FEED, lineBreaks, QUOTE, RETURN, TAB } from "./characters.ts";

/** Which of the lines that begin with # are skipped. */
export type Comments = "none" | "all" | "all but the first";

/** What a scanner has to know of a text. */
export interface ScannedForm {
  /** Names the text in errors. */
  readonly file: string;
  readonly delimiter: string;
  readonly comments: Comments;
  /** The line on which the text begins, from 1. */
  readonly line: number;
  /** The decimal separator. Default: a point. */
  readonly decimal?: DecimalSign;
}

/** A row with more cells is not a table to train on, but a file that lost its line breaks. */
const MOST_CELLS = 100_000;

/** The same of a row with more characters than this, where the text comes in pieces. */
const MOST_CHARACTERS = 2 ** 26;

const [PLUS, MINUS, ZERO] = [..."+-0"].map((character) => character.charCodeAt(0));

/** With more digits a number may be larger than the integers that a double holds exactly. */
const MOST_DIGITS = 15;

const POWERS = Array.from({ length: MOST_DIGITS + 1 }, (_, power) => 10 ** power);

/**
 * Finds the records in a text that comes in pieces, which may be cut anywhere, and the places of their cells: strings are made only of
 * those that are asked for. `records.ts` says how records are written.
 */
export class RecordScanner {
  /** The line on which the current record begins, from 1. */
  line = 0;
  /** The cells of the current record. */
  count = 0;
  /** The pieces that are not yet passed. Cells lie in it from `starts` to `ends`, until the next piece comes. */
  text = "";
  starts = new Int32Array(64);
  ends = new Int32Array(64);
  /** The cells that are plain numbers of up to 15 digits: the value that `Number` gives. NaN for others, numbers or not. */
  numbers = new Float64Array(64);
  /** How many lines were skipped as comments. */
  skipped = 0;
  readonly #file: string;
  /** Its character code. */
  readonly #delimiter: number;
  /** Whether runs of blanks are the delimiter. */
  readonly #runs: boolean;
  readonly #comments: Comments;
  readonly #point: number;
  /** The columns of the current record whose quotes are doubled. */
  #doubled: number[] = [];
  #at = 0;
  /** How many characters have to be there before a record is tried again that was not whole: so the time stays linear. */
  #enough = 0;
  #nextLine: number;
  #isFirst = true;
  #isLast = false;

  constructor({ file, delimiter, comments, line, decimal = "." }: ScannedForm) {
    this.#file = file;
    this.#delimiter = delimiter.charCodeAt(0);
    this.#runs = delimiter === " ";
    this.#comments = comments;
    this.#nextLine = line;
    this.#point = decimal.charCodeAt(0);
  }

  /** Adds a piece of the text, from the place `at` on. */
  feed(piece: string, at = 0): void {
    const left = this.text.length - this.#at;
    if (left > MOST_CHARACTERS)
      throw new DataError(
        this.#place(),
        `a row of more than ${MOST_CHARACTERS} characters`,
        "check line breaks and quotes",
      );
    this.text = left > 0 ? this.text.slice(this.#at) + piece.slice(at) : piece;
    this.#at = left > 0 ? 0 : at;
  }

  /** No piece follows: the text ends here. */
  finish(): void {
    this.#isLast = true;
  }

  /** Goes to the next record. False if the text has no more, or the rest of it has to come first. */
  next(): boolean {
    if (this.text.length - this.#at < this.#enough && !this.#isLast) return false;
    while (this.#at < this.text.length) {
      const [from, line] = [this.#at, this.#nextLine];
      const isWhole = this.#mayBeComment() ? this.#readHashed() : this.#readRecord();
      if (!isWhole) {
        this.#at = from;
        this.#nextLine = line;
        this.#enough = 2 * (this.text.length - from);
        return false;
      }
      this.#enough = 0;
      if (this.count === 0) continue; // a comment
      this.line = line;
      this.#isFirst = false;
      if (this.count > 1 || !this.#isBlank()) return true;
    }
    return false;
  }

  /** A cell of the current record, without its quotes; not trimmed. */
  cell(column: number): string {
    const inside = this.text.slice(this.starts[column], this.ends[column]);
    return this.#doubled.length > 0 && this.#doubled.includes(column) ? inside.replaceAll('""', '"') : inside;
  }

  /** All cells of the current record. */
  cells(): string[] {
    return Array.from({ length: this.count }, (_, column) => this.cell(column));
  }

  #mayBeComment(): boolean {
    if (this.#comments === "none" || this.text.charCodeAt(this.#at) !== HASH) return false;
    return this.#comments === "all" || !this.#isFirst;
  }

  /** Passes a comment, without cells, or reads the record that begins with a #. */
  #readHashed(): boolean {
    const [from, line] = [this.#at, this.#nextLine];
    this.#at = endOfLine(this.text, from);
    if (!this.#passLineBreak()) return false;
    this.count = 0;
    if (isComment(this.text, from)) {
      this.skipped++;
      return true;
    }
    this.#at = from;
    this.#nextLine = line;
    return this.#readRecord();
  }

  /** Reads to the end of the record and past its line break; false if that is still to come. */
  #readRecord(): boolean {
    if (this.#doubled.length > 0) this.#doubled = [];
    this.count = 0;
    do {
      if (!this.#readCell()) return false;
      this.#checkCells();
    } while (this.#passDelimiter());
    return this.#passLineBreak();
  }

  #checkCells(): void {
    if (this.count > MOST_CELLS)
      throw new DataError(this.#place(), `more than ${MOST_CELLS} cells`, "check the file's line breaks");
  }

  #passLineBreak(): boolean {
    const { text } = this;
    const code = text.charCodeAt(this.#at);
    const isCut = this.#at >= text.length || (code === RETURN && this.#at + 1 === text.length);
    if (isCut && !this.#isLast) return false;
    if (code === RETURN && text.charCodeAt(this.#at + 1) === LINE_FEED) this.#at++;
    this.#at++;
    this.#nextLine++;
    return true;
  }

  /** Skips the delimiter between two cells; false at the end of the line. */
  #passDelimiter(): boolean {
    if (this.#runs) this.#passBlanks();
    const code = this.text.charCodeAt(this.#at);
    if (this.#runs) return !(code === LINE_FEED || code === RETURN || this.#at >= this.text.length);
    if (code !== this.#delimiter) return false;
    this.#at++;
    return true;
  }

  /** False if the end of a quoted cell is still to come. */
  #readCell(): boolean {
    let start = this.#at;
    const code = this.text.charCodeAt(start);
    if (isDressed(code)) {
      this.#passBlanks();
      if (this.text.charCodeAt(this.#at) === QUOTE) return this.#readQuoted();
      if (this.#runs) start = this.#at;
    }
    this.#readPlain(start);
    return true;
  }

  /**
   * Reads an unquoted cell and those that follow it, and their numbers on the way, since most of the time is spent here. Digits and
   * power of ten are exact, so that their one division rounds correctly (Clinger, How to read floating point numbers accurately, 1990).
   */
  #readPlain(start: number): void {
    const { text } = this;
    const [delimiter, point] = [this.#delimiter, this.#point];
    const tab = this.#runs ? TAB : delimiter;
    let at = this.#at;
    for (let from = start; ; from = ++at) {
      const sign = text.charCodeAt(at);
      if (sign === MINUS || sign === PLUS) at++;
      const first = at;
      let [value, fraction] = [0, -1];
      for (; at < text.length; at++) {
        const code = text.charCodeAt(at);
        if (code >= ZERO && code <= ZERO + 9) value = 10 * value + (code - ZERO);
        else if (code === delimiter || code === LINE_FEED || code === RETURN || code === tab) break;
        else if (code === point && fraction < 0) fraction = at + 1;
        else {
          at = this.#endOfPlain(at);
          value = Number.NaN;
          break;
        }
      }
      const digits = at - first - (fraction < 0 ? 0 : 1);
      if (digits === 0 || digits > MOST_DIGITS) value = Number.NaN;
      else if (fraction >= 0) value /= POWERS[at - fraction];
      this.#add(from, at, sign === MINUS ? -value : value);
      if (this.#runs || text.charCodeAt(at) !== delimiter || isDressed(text.charCodeAt(at + 1))) break;
    }
    this.#at = at;
  }

  #add(start: number, end: number, number: number): void {
    if (this.count === this.starts.length) this.#grow();
    this.starts[this.count] = start;
    this.ends[this.count] = end;
    this.numbers[this.count++] = number;
  }

  #grow(): void {
    this.#checkCells();
    const [starts, ends, numbers] = [this.starts, this.ends, this.numbers];
    this.starts = new Int32Array(2 * starts.length);
    this.ends = new Int32Array(2 * starts.length);
    this.numbers = new Float64Array(2 * starts.length);
    this.starts.set(starts);
    this.ends.set(ends);
    this.numbers.set(numbers);
  }

  #readQuoted(): boolean {
    const { text } = this;
    const [start, line] = [this.#at + 1, this.#nextLine];
    let end = text.indexOf('"', start);
    while (end >= 0 && text.charCodeAt(end + 1) === QUOTE) {
      if (this.#doubled.at(-1) !== this.count) this.#doubled.push(this.count);
      end = text.indexOf('"', end + 2);
    }
    if (end < 0 && this.#isLast) {
      const advice = "close it, or double a quote that belongs to the text";
      throw new DataError(this.#place(this.count + 1), "the quote is never closed", advice);
    }
    if (end < 0 || (end + 1 === text.length && !this.#isLast)) return false;
    this.#add(start, end, Number.NaN);
    this.#at = end + 1;
    this.#nextLine += lineBreaks(text, start, end);
    if (!this.#runs) this.#passBlanks();
    if (this.#endOfPlain(this.#at) === this.#at) return true;
    const where = `${this.#file}: line ${line}, column ${this.count}`;
    throw new DataError(where, "text follows the closing quote", "double a quote that belongs to the text");
  }

  /** Passes blanks and tabs that may be skipped: not the delimiter, or part of a run that is. */
  #passBlanks(): void {
    const { text } = this;
    for (let code = text.charCodeAt(this.#at); code === BLANK || code === TAB; code = text.charCodeAt(this.#at)) {
      if (code === this.#delimiter && !this.#runs) return;
      this.#at++;
    }
  }

  /** The end of an unquoted cell. */
  #endOfPlain(first: number): number {
    const text = this.text;
    const delimiter = this.#delimiter;
    const tab = this.#runs ? TAB : delimiter;
    for (let at = first; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === delimiter || code === LINE_FEED || code === RETURN || code === tab) return at;
    }
    return text.length;
  }

  #isBlank(): boolean {
    return this.cell(0).trim() === "";
  }

  #place(column?: number): string {
    return `${this.#file}: line ${this.#nextLine}${column === undefined ? "" : `, column ${column}`}`;
  }
}

/** Whether a cell may begin with blanks or a quote, that are not part of it. */
