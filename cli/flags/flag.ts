import { type Domain, domains, isDecimal, whole as wholeNumber } from "../../src/arguments/index.ts";

/** Names listed in the library. They are loaded on demand, since the top-level `--help` need not load the library. */
export type Names = () => Promise<readonly string[]>;

/** The allowed values of a flag, and how to read one. */
export interface Kind<T> {
  /** In words, to follow "it must be". */
  readonly allowed: string;
  /** The largest allowed number, where it is too large to be worth a word otherwise. */
  readonly largest?: number;
  /** All allowed values, if they are a few words. */
  readonly words?: readonly string[];
  /** The same, if the library has the list. */
  readonly names?: Names;
  /** The value that a text stands for, or undefined. */
  read(text: string): T | undefined;
}

/** What a shell may suggest as a value. */
export interface Suggestions {
  readonly names?: Names;
  /** Longer values, offered once a `:` or `+` is typed: `cosine:warmup=`. */
  readonly longer?: Names;
  /** Whether a value may be several names with commas between them. */
  readonly list?: boolean;
  readonly paths?: "files" | "folders";
}

/** A flag of the command line, and a setting of the same name in a configuration. */
export interface Flag<T> {
  /** Without the dashes. */
  readonly name: string;
  /** Placeholder for its value in the help: `<n>`, or `[n]` if the value is optional. A switch has none. */
  readonly value?: string;
  /** What it does; "{names}" is replaced by the names of its kind or its suggestions. */
  readonly help: string;
  /** Its heading in the help. */
  readonly group: Group;
  readonly kind: Kind<T>;
  /** Whether it may be repeated. */
  readonly repeats?: boolean;
  /** The flag that it replaces: only one of the two may be given. */
  readonly insteadOf?: string;
  /** Whether it concerns this call only, and is not a setting. */
  readonly transient?: boolean;
  /** Whether help and completion leave it out: an older name that still works. */
  readonly hidden?: boolean;
  /** What a shell may suggest beside the words of its kind. */
  readonly suggests?: Suggestions;
}

/** Whether its value is optional; without one it is read as "true". */
export const isOptional = ({ value }: Flag<unknown>): boolean => value?.startsWith("[") ?? true;

/** Flags, keyed by the library's options that they set. */
export type FlagsByOption = Readonly<Record<string, Flag<unknown>>>;

/** The options that they set: undefined for a flag that was not given. */
export type OptionsOf<F extends FlagsByOption> = {
  readonly [K in keyof F]: F[K] extends Flag<infer T> ? T | undefined : never;
};

/** Flags that set options of a type of the library; given two types, options that both have. */
export type FlagsFor<A extends object, B extends object = A> = {
  readonly [K in keyof A & keyof B]?: Flag<NonNullable<A[K] & B[K]>>;
};

export const groups = [
  "Data",
  "Model",
  "Optimizer",
  "Training",
  "Walk",
  "Fit",
  "Comparison",
  "Landscape",
  "Output",
  "Settings",
] as const;
export type Group = (typeof groups)[number];

export const text: Kind<string> = {
  allowed: "a text that is not empty",
  read: (given) => (given.trim() === "" ? undefined : given),
};

export const isOn: Kind<boolean> = {
  allowed: "true or false",
  read: (given) => (given === "true" ? true : given === "false" ? false : undefined),
};

/** Whether a text other than zero is so near to it that float64 has no other number for it. */
export const isLost = (text: string, value: number): boolean => value === 0 && /^[^e]*[1-9]/i.test(text);

/** A decimal number within limits. */
export const number = (allowed: string, holds: (value: number) => boolean): Kind<number> => ({
  allowed,
  read: (given) => {
    const value = isDecimal(given.trim()) ? Number(given) : Number.NaN;
    return Number.isFinite(value) && holds(value) && !isLost(given, value) ? value : undefined;
  },
});

const numberIn = ({ words, allows, largest }: Domain): Kind<number> => ({
  ...number(words, allows),
  ...(largest === undefined ? {} : { largest }),
});

export const notNegative = numberIn(domains.notNegative);
export const positive = numberIn(domains.positive);
export const fraction = numberIn(domains.fraction);
export const between = numberIn(domains.between);
export const whole = (least: number, most?: number): Kind<number> => numberIn(wholeNumber(least, most));

/** One of some words, or what another kind reads. */
export const wordOr = <W extends string, T>(word: W, kind: Kind<T>): Kind<W | T> => ({
  ...(kind.largest === undefined ? {} : { largest: kind.largest }),
  allowed: `${kind.allowed}, or "${word}"`,
  read: (given) => (given === word ? word : kind.read(given)),
});

/** One of the names listed in the library. Until `withNames` has loaded them, any text. */
export const nameIn = (names: Names): Kind<string> => ({ ...text, allowed: "a name", names });

/** The flag with the library's names in its help, and in its kind if no other value is allowed. */
export async function withNames<T>(flag: Flag<T>): Promise<Flag<T>> {
  const { kind, help, suggests } = flag;
  const load = kind.names ?? (help.includes("{names}") ? suggests?.names : undefined);
  if (load === undefined) return flag;
  const names = await load();
  const allowed = kind.names === undefined ? kind : { ...kind, words: names, read: readerOf(kind, names) };
  return { ...flag, help: help.replace("{names}", names.join(", ")), kind: allowed };
}

const readerOf =
  <T>(kind: Kind<T>, names: readonly string[]): Kind<T>["read"] =>
  (given) =>
    names.includes(given) ? kind.read(given) : undefined;

export const oneOf = <W extends string>(words: readonly W[]): Kind<W> => ({
  allowed: words.join(" or "),
  words,
  read: (given) => words.find((word) => word === given),
});

/** Numbers separated by commas. */
export const list = (kind: Kind<number>): Kind<readonly number[]> => ({
  allowed: `a list of numbers separated by commas, each ${kind.allowed}`,
  read: (given) => {
    const parts = given
      .replace(/,\s*$/, "")
      .split(",")
      .map((part) => kind.read(part));
    const values = parts.filter((value) => value !== undefined);
    return values.length === parts.length ? values : undefined;
  },
});
