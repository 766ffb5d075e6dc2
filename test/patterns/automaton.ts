/**
 * A regular expression as an automaton without empty moves (Glushkov 1961): each place where it takes a character is a
 * state, and an edge leads to each place that can take the next. Enough of JavaScript's syntax for patterns in code.
 */
export interface Automaton {
  /** Which characters a state takes. */
  readonly takes: readonly ((character: string) => boolean)[];
  /** The states that can come after a state. */
  readonly next: readonly (readonly number[])[];
  /** Moves that the pattern allows in two ways, as (a+)+ does from a to a. */
  readonly twice: readonly (readonly [from: number, to: number])[];
  /** The states that can take the first character, and those that can take the last. */
  readonly first: readonly number[];
  readonly last: readonly number[];
  /** Whether it can begin at any place of a text. */
  readonly searches: boolean;
  /** Whether a match can be refused after its last character: by an end of the text, or by what stands there. */
  readonly asserts: boolean;
}

/** A part of the pattern: whether it can take nothing, and which states are its first and its last. */
interface Part {
  readonly empty: boolean;
  readonly first: readonly number[];
  readonly last: readonly number[];
}

const NOTHING: Part = { empty: true, first: [], last: [] };

export const automatonOf = ({ source, flags }: RegExp): Automaton => new Reader(source, flags).read();

class Reader {
  readonly #source: string;
  readonly #flags: string;
  readonly #takes: ((character: string) => boolean)[] = [];
  readonly #next: Set<number>[] = [];
  readonly #twice: (readonly [number, number])[] = [];
  #at = 0;
  #asserts = false;

  constructor(source: string, flags: string) {
    this.#source = source;
    this.#flags = flags;
  }

  read(): Automaton {
    const { first, last } = this.#alternatives();
    if (this.#at < this.#source.length) throw new SyntaxError(`${this.#source}: stopped at ${this.#at}`);
    return {
      takes: this.#takes,
      next: this.#next.map((states) => [...states]),
      twice: this.#twice,
      first,
      last,
      searches: !this.#flags.includes("y") && (this.#flags.includes("m") || !beginsAtStart(this.#source)),
      asserts: this.#asserts,
    };
  }

  #alternatives(): Part {
    let whole = this.#sequence();
    while (this.#source[this.#at] === "|") {
      this.#at++;
      const other = this.#sequence();
      whole = {
        empty: whole.empty || other.empty,
        first: [...whole.first, ...other.first],
        last: [...whole.last, ...other.last],
      };
    }
    return whole;
  }

  #sequence(): Part {
    let whole = NOTHING;
    while (this.#at < this.#source.length && !"|)".includes(this.#source[this.#at])) {
      const begin = this.#at;
      whole = this.#then(whole, this.#repeated(begin));
    }
    return whole;
  }

  #then(a: Part, b: Part): Part {
    for (const state of a.last)
      for (const after of b.first) {
        if (this.#next[state].has(after)) this.#twice.push([state, after]);
        this.#next[state].add(after);
      }
    return {
      empty: a.empty && b.empty,
      first: a.empty ? [...a.first, ...b.first] : a.first,
      last: b.empty ? [...a.last, ...b.last] : b.last,
    };
  }

  /** An atom as often as its quantifier says: {2,3} is the atom, the atom, the atom or nothing. */
  #repeated(begin: number): Part {
    const once = this.#atom();
    const [text, least, most] = this.#quantifier();
    const end = this.#at;
    const copies = [once];
    for (let i = 1; i < Math.max(least, Number.isFinite(most) ? most : 1); i++) {
      this.#at = begin;
      copies.push(this.#atom());
    }
    this.#at = end;
    if (text === "") return once;
    if (!Number.isFinite(most)) this.#then(copies[copies.length - 1], copies[copies.length - 1]);
    return copies.reduce((whole, copy, i) => this.#then(whole, i < least ? copy : { ...copy, empty: true }), NOTHING);
  }

  #quantifier(): [text: string, least: number, most: number] {
    const [text = "", braces] = /^(?:[*+?]|\{(\d+(?:,\d*)?)\})\??/.exec(this.#source.slice(this.#at)) ?? [];
    this.#at += text.length;
    if (braces !== undefined) {
      const [least, most = least] = braces.split(",");
      return [text, Number(least), most === "" ? Number.POSITIVE_INFINITY : Number(most)];
    }
    const bounds = { "": [1, 1], "?": [0, 1], "*": [0, Infinity], "+": [1, Infinity] } as const;
    const [least, most] = bounds[text === "" ? "" : text[0] === "?" ? "?" : text[0] === "*" ? "*" : "+"];
    return [text, least, most];
  }

  #atom(): Part {
    const rest = this.#source.slice(this.#at);
    const [group] = /^\((?:\?(?:[:=!]|<[=!]|<\w+>))?/.exec(rest) ?? [];
    if (group !== undefined) return this.#group(group);
    const [assertion] = /^(?:[$^]|\\[bB])/.exec(rest) ?? [];
    if (assertion !== undefined) {
      this.#at += assertion.length;
      if (assertion !== "^") this.#asserts = true;
      return NOTHING;
    }
    const [taken] =
      /^(?:\[(?:\\.|[^\]\\])*\]|\\[pP]\{[^}]*\}|\\u\{[^}]*\}|\\u[\da-fA-F]{4}|\\x[\da-fA-F]{2}|\\.|[^\\])/su.exec(
        rest,
      ) ?? [];
    if (taken === undefined) throw new SyntaxError(`${this.#source}: what is at ${this.#at}?`);
    this.#at += taken.length;
    return this.#state(taken);
  }

  #state(source: string): Part {
    const one = new RegExp(`^(?:${source})$`, this.#flags.replace(/[gym]/g, ""));
    const state = this.#takes.push((character) => one.test(character)) - 1;
    this.#next.push(new Set());
    return { empty: false, first: [state], last: [state] };
  }

  #group(opening: string): Part {
    this.#at += opening.length;
    const inner = this.#alternatives();
    this.#at++;
    if (!/[=!]$/.test(opening)) return inner;
    // What is looked at takes nothing. Where it can go on and on it would be looked at again from each place.
    this.#asserts = true;
    if (inner.first.some((state) => this.#loops(state)))
      throw new SyntaxError(`${this.#source}: it looks ahead without end`);
    return NOTHING;
  }

  #loops(from: number): boolean {
    const seen = new Set<number>();
    const visit = (state: number): boolean =>
      [...this.#next[state]].some((after) => after <= state || (!seen.has(after) && visit(seen.add(after) && after)));
    return visit(from);
  }
}

/** Whether every alternative begins with ^. */
function beginsAtStart(source: string): boolean {
  let depth = 0;
  let begin = source.startsWith("^");
  for (let at = 0; at < source.length; at++) {
    const character = source[at];
    if (character === "\\") at++;
    else if (character === "[") at = source.indexOf("]", source[at + 1] === "]" ? at + 2 : at);
    else if (character === "(") depth++;
    else if (character === ")") depth--;
    else if (character === "|" && depth === 0) begin &&= source[at + 1] === "^";
  }
  return begin;
}
