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
import { NestingError } from "./in-place.ts";
import { type Initializer, initializers } from "./initializers.ts";
import { placeIn, readLayer, writeLayer } from "./layer-data.ts";
import type { LayerBuilder, Names, PlainOptions } from "./layer-kind.ts";
import { type Member, readNamed, writeNamed } from "./named.ts";

/** The built-in functions. */
export const builtInNames: Names = { activations, initializers };

/** The most levels of layers within layers; deeper ones could overflow the stack. */
const MOST_LEVELS = 32;

/**
 * Reads a layer's options one by one, checks each, and records it for JSON. `usual` is the value of an option that is
 * not given. All methods throw a TypeError for a value of the wrong type, and a RangeError for one that is not allowed.
 */
export class OptionReader {
  readonly #what: string;
  readonly #given: object;
  readonly #names: Names;
  readonly #level: number;
  readonly #plain = new Map<string, (names: Names) => unknown>();
  #levels = 0;

  /**
   * @param what the layer's kind, as messages name it
   * @param options those that are given, and the names of all
   * @param level the number of layers that the layer is within
   */
  constructor(
    what: string,
    { given, allowed }: { readonly given: object; readonly allowed: readonly string[] },
    names: Names = builtInNames,
    level = 0,
  ) {
    checkOptions(what, given, allowed);
    this.#what = what;
    this.#given = given;
    this.#names = names;
    this.#level = level;
  }

  /** The levels of the layers that were read: 0 if there were none. */
  get levels(): number {
    return this.#levels;
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

  /** Whole numbers, 1 or more, at least so many of them: a list, or a text with dashes between them. */
  counts(name: string, usual: readonly number[], least = 1): readonly number[] {
    const value = this.#take(name) ?? usual;
    const list = isCounts(value) ? value : String(value).split("-").map(Number);
    if (list.length >= least && list.every(domains.count.allows)) return list;
    throw new RangeError(
      `${this.#what}: ${name} is ${quoteValue(value)}; it must be a list of ${least} or more whole numbers, each 1 or more, such as [${usual.join(", ")}], or ${usual.join("-")} in a text`,
    );
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

  /** Layers, one or more: plain data, or made by functions. Without `usual` they must be given. */
  layers(name: string, usual?: readonly LayerBuilder[]): readonly LayerBuilder[] {
    const given: unknown = Reflect.get(this.#given, name);
    if (given === undefined && usual !== undefined) return usual;
    if (!Array.isArray(given) || given.length === 0)
      throw new TypeError(
        `${this.#what}: ${name} ${given === undefined ? "is missing" : `is ${quoteValue(given)}`}; give a list of layers, such as [{ "kind": "dense", "units": 64 }]`,
      );
    const level = this.#level + 1;
    if (level > MOST_LEVELS) throw tooDeep(this.#what);
    const read = given.map((each: unknown, i) => readLayer(each, placeIn(name, i), this.#names, level));
    this.#levels = Math.max(this.#levels, 1 + Math.max(...read.map(({ levels }) => levels)));
    if (this.#levels > MOST_LEVELS) throw tooDeep(this.#what);
    this.#plain.set(name, (names) => read.map((each, i) => writeLayer(each, placeIn(name, i), names)));
    return read;
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
    option: { readonly name: string; readonly list: "activations" | "initializers"; readonly allowed: string },
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

const isCounts = (given: unknown): given is readonly number[] =>
  Array.isArray(given) && given.every((each) => typeof each === "number");
const isActivation = (given: unknown): given is Activation => typeof given === "function";
const isInitializer = (given: unknown): given is Initializer => typeof given === "function";

const tooDeep = (what: string): NestingError =>
  new NestingError(
    `${what}: its layers are nested deeper than ${MOST_LEVELS} levels; give a net that is nested less deeply`,
  );
