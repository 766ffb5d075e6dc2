import { isMissing } from "../cells/missing.ts";
import { type NumberForm, readNumber } from "../cells/number.ts";
import { nameIn } from "../cells/plain.ts";
import type { NumberFacts, WordFacts } from "../table/cells.ts";
import type { RecordScanner } from "./scanner.ts";

/** How the cells of a table are read. */
export interface CellForm {
  readonly numbers: NumberForm;
  /** Words that are values, although they usually stand for a missing one. */
  readonly notMissing?: readonly string[];
}

type NamedColumn = Pick<NumberFacts, "name" | "number">;

class Missing {
  count = 0;
  first: { readonly row: number; readonly text: string } | undefined;

  add(text: string, row: number): void {
    this.first ??= { row, text: copied(text) };
    this.count++;
  }

  get fields() {
    return { missing: this.count, ...(this.first && { firstMissing: this.first }) };
  }
}

/** Takes the cells of a column that holds numbers. */
export class NumberReader {
  /** Whether a cell is neither a number nor missing. */
  isBroken = false;
  /** The first number beyond double precision. */
  large: { readonly row: number; readonly text: string } | undefined;
  readonly #form: CellForm;
  readonly #missing: Missing;

  constructor(form: CellForm, missing = new Missing()) {
    this.#form = form;
    this.#missing = missing;
  }

  /** The number in a cell of the current record that the scanner has not read itself; NaN if it is missing, or breaks the column. */
  read(scanner: RecordScanner, column: number, row: number): number {
    if (this.isBroken) return Number.NaN;
    const text = scanner.cell(column).trim();
    const value = readNumber(text, this.#form.numbers);
    if (value !== undefined && !Number.isFinite(value)) this.large ??= { row, text };
    if (value !== undefined) return value;
    if (isMissing(text, this.#form.notMissing)) this.#missing.add(text, row);
    else this.isBroken = true;
    return Number.NaN;
  }

  facts(column: NamedColumn): NumberFacts {
    return { ...column, ...this.#missing.fields };
  }
}

/** A column with more different words is judged again: it may be one of numbers whose spelling does not matter. */
const MANY_WORDS = 2 ** 14;

/** Stands for all words beyond those that are kept. */
const ANOTHER = "…";

/** Takes the cells of a column that holds words. */
export class WordReader {
  readonly #form: CellForm;
  readonly #missing = new Missing();
  /** The codes of words; and those of cells as they are written, of which several may be one word. */
  readonly #known = new Map<string, number>();
  readonly #written = new Map<string, number>();
  readonly #firstRows: number[] = [];
  #isJudged: boolean;
  #isCut = false;

  /** @param areWords whether it is known that not all of them are numbers */
  constructor(form: CellForm, areWords = false) {
    this.#form = form;
    this.#isJudged = areWords;
  }

  /** The code of the word in the scanner's current record, −1 if it is missing. */
  read(scanner: RecordScanner, column: number, row: number): number {
    const text = scanner.cell(column).trim();
    const code = this.#written.get(text) ?? this.#learn(text, row);
    if (code < 0) this.#missing.add(text, row);
    return code;
  }

  /**
   * The value of each code, if there are many words and all of them are numbers. If they are not, those that follow are no longer told
   * apart, unless all are kept.
   */
  judge(keepsAll: boolean): Float64Array | undefined {
    if (this.#known.size <= MANY_WORDS) return undefined;
    this.#isCut = !keepsAll;
    if (this.#isJudged) return undefined;
    this.#isJudged = true;
    const values = new Float64Array(this.#known.size);
    for (const [word, code] of this.#known) {
      values[code] = readNumber(word, this.#form.numbers) ?? Number.NaN;
      if (!Number.isFinite(values[code])) return undefined;
    }
    return values;
  }

  /** Reads the rest of the column as numbers. */
  asNumbers(): NumberReader {
    return new NumberReader(this.#form, this.#missing);
  }

  facts(column: NamedColumn): WordFacts {
    const words = [...this.#known.keys()];
    const common = { words, firstRows: this.#firstRows, ...(this.#isCut && { isCut: this.#isCut }) };
    return { ...column, ...common, ...this.#missing.fields };
  }

  #learn(text: string, row: number): number {
    const { notMissing, numbers } = this.#form;
    const own = copied(text);
    const word = wordIn(own, numbers);
    const code = isMissing(text, notMissing)
      ? -1
      : (this.#known.get(word) ?? this.#add(this.#isCut ? ANOTHER : word, row));
    if (this.#written.size < MANY_WORDS) this.#written.set(own, code);
    return code;
  }

  #add(word: string, row: number): number {
    const known = this.#known.get(word);
    if (known !== undefined) return known;
    const code = this.#known.size;
    this.#known.set(word, code);
    this.#firstRows.push(row);
    return code;
  }
}

/** A cell's word. What looks like a number but is not one, such as 5 before an invisible character, stays as it is. */
function wordIn(text: string, form: NumberForm): string {
  const name = nameIn(text);
  return name !== text && readNumber(name, form) !== undefined ? text : name;
}

/** Engines keep the whole of a text in memory for a part of it, unless that is short. */
const SHORT = 13;

const copied = (text: string): string => (text.length < SHORT ? text : Array.from(text).join(""));
