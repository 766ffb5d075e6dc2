import {
  checkNumber,
  checkOptions,
  type Domain,
  domains,
  quote,
  quoteValue,
  someOf,
  whole,
} from "../arguments/index.ts";
import { type Activation, activations } from "./activations.ts";
import { type Initializer, initializers } from "./initializers.ts";
import { type Member, readNamed, writeNamed } from "./named.ts";

/** The functions that options refer to by name. */
export interface Names {
  readonly activations: Readonly<Record<string, Activation>>;
  readonly initializers: Readonly<Record<string, Initializer>>;
}

/** The built-in functions. */
export const builtInNames: Names = { activations, initializers };

/** Options in a form that JSON can hold. */
export type PlainOptions = Readonly<Record<string, unknown>>;

/**
 * Reads a layer's options one by one, checks each, and records it for JSON. `usual` is the value of an option that is
 * not given. All methods throw a TypeError for a value of the wrong type, and a RangeError for one that is not allowed.
 */
export class OptionReader {
  readonly #what: string;
  readonly #given: object;
  readonly #names: Names;
  readonly #plain = new Map<string, (names: Names) => unknown>();

  /** @param what the layer's kind, as messages name it */
  constructor(what: string, given: object, allowed: readonly string[], names: Names = builtInNames) {
    checkOptions(what, given, allowed);
    this.#what = what;
    this.#given = given;
    this.#names = names;
  }

  /** A whole number, 1 or more. */
  count(name: string, usual?: number): number {
    return this.#number(name, usual, domains.count);
  }

  /** From 0 to less than 1. */
  fraction(name: string, usual?: number): number {
    return this.#number(name, usual, domains.fraction);
  }

  /** A finite number. */
  number(name: string, usual?: number): number {
    return this.#number(name, usual, domains.finite);
  }

  /** A whole number, 0 or more, or one of some words. */
  wholeOr<W extends string>(name: string, words: readonly W[], usual: number | W): number | W {
    const value = this.#take(name) ?? usual;
    const word = words.find((each) => each === value);
    if (word !== undefined) return word;
    if (typeof value !== "number")
      throw new TypeError(
        `${this.#what}: ${name} is ${quoteValue(value)}; it must be ${whole(0).words}, or ${someOf(words.map(quote))}`,
      );
    return checkNumber(`${this.#what}: ${name}`, value, whole(0));
  }

  /** True or false. */
  flag(name: string, usual: boolean): boolean {
    const value = this.#take(name) ?? usual;
    if (typeof value !== "boolean")
      throw new TypeError(`${this.#what}: ${name} is ${quoteValue(value)}; it must be true or false`);
    return value;
  }

  /** A name, a name with settings, or a function of an expression. */
  activation(name: string, usual: Activation): Activation {
    const allowed = 'a name, such as "relu", or a function of an expression';
    return this.#function({ name, list: "activations", allowed }, isActivation, (names) => names.activations) ?? usual;
  }

  /** A name, a name with settings, or a function that draws values. Undefined if none is given. */
  initializer(name: string): Initializer | undefined {
    const allowed = 'a name, such as "he-normal", or a function that draws numbers';
    return this.#function({ name, list: "initializers", allowed }, isInitializer, (names) => names.initializers);
  }

  /** The options that were read, for JSON: functions by their names. Throws a TypeError if one has none. */
  plain(names: Names): PlainOptions {
    return Object.fromEntries(Array.from(this.#plain, ([name, write]) => [name, write(names)]));
  }

  #number(name: string, usual: number | undefined, domain: Domain): number {
    const value = this.#take(name) ?? usual;
    if (value === undefined) throw new TypeError(`${this.#what}: ${name} is missing; give ${domain.words}`);
    if (typeof value !== "number")
      throw new TypeError(`${this.#what}: ${name} is ${quoteValue(value)}; it must be ${domain.words}`);
    return checkNumber(`${this.#what}: ${name}`, value, domain);
  }

  #function<F extends Member<F>>(
    option: { readonly name: string; readonly list: keyof Names; readonly allowed: string },
    isOne: (given: unknown) => given is F,
    table: (names: Names) => Readonly<Record<string, F>>,
  ): F | undefined {
    const { name, list, allowed } = option;
    const given = this.#take(name);
    if (given === undefined) return undefined;
    const what = list.slice(0, -1);
    const found = isOne(given) ? given : readNamed(what, given, table(this.#names));
    if (found === undefined) throw new TypeError(`${what} is ${quoteValue(given)}; give ${allowed}`);
    this.#plain.set(name, (names) => {
      const written = writeNamed(found, table(names));
      if (written !== undefined) return written;
      throw new TypeError(
        `${this.#what}: ${name} is a function that JSON cannot hold; give it a name: registry.with({ ${list}: { "my-name": f } })`,
      );
    });
    return found;
  }

  /** An option's value, recorded unchanged. */
  #take(name: string): unknown {
    const value: unknown = Reflect.get(this.#given, name);
    if (value !== undefined) this.#plain.set(name, () => value);
    return value;
  }
}

const isActivation = (given: unknown): given is Activation => typeof given === "function";
const isInitializer = (given: unknown): given is Initializer => typeof given === "function";
