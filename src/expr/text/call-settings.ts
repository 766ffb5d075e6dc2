import type { Ast } from "./ast.ts";

/** The binder's services for a setting. */
export interface Reader {
  /** The value of an expression that must be a number. */
  number(ast: Ast): number;
  fail(at: number, detail: string): never;
}

/** The value of a setting such as `axes=[0, 1]`, read as the type that its operator needs. */
export class Setting {
  readonly #ast: Ast;
  readonly #reader: Reader;

  constructor(ast: Ast, reader: Reader) {
    this.#ast = ast;
    this.#reader = reader;
  }

  number(): number {
    return this.#reader.number(this.#ast);
  }

  /** A number that determines how much memory is allocated. */
  numberUpTo(limit: number): number {
    const value = this.number();
    if (value > limit) this.#reader.fail(this.#ast.at, `${value} is too large; at most ${limit} is allowed`);
    return value;
  }

  /** A list of numbers; a single number is a list of one. */
  numbers(): number[] {
    const { kind } = this.#ast;
    return kind === "list" ? this.#ast.items.map((item) => this.#reader.number(item)) : [this.number()];
  }

  /** One number for height and width, or two. */
  pair(): readonly [number, number] {
    const [height, width = height, ...more] = this.numbers();
    if (height !== undefined && more.length === 0) return [height, width];
    return this.#reader.fail(this.#ast.at, "expected a number for height and width, or two");
  }

  /** 0 is no, 1 is yes. */
  flag(): boolean {
    return this.oneOf([0, 1]) === 1;
  }

  oneOf<T extends number>(allowed: readonly T[]): T {
    const value = this.number();
    const found = allowed.find((choice) => choice === value);
    return found ?? this.#reader.fail(this.#ast.at, `expected ${allowed.join(" or ")}, found ${value}`);
  }
}

/** The settings of a call, by name. */
export class Settings {
  static readonly none = new Settings(new Map(), (name) => {
    throw new TypeError(`${name} is asked of an operator that has no settings`);
  });

  readonly #settings: ReadonlyMap<string, Setting>;
  readonly #missing: (name: string) => never;

  constructor(settings: ReadonlyMap<string, Setting>, missing: (name: string) => never) {
    this.#settings = settings;
    this.#missing = missing;
  }

  get(name: string): Setting | undefined {
    return this.#settings.get(name);
  }

  need(name: string): Setting {
    return this.#settings.get(name) ?? this.#missing(name);
  }
}
