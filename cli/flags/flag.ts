import { type Domain, domains, isDecimal, whole as wholeNumber } from "../../src/arguments/index.ts";

/** What a flag's value may be, and how it is read. */
export interface Kind<T> {
  /** In words: "it must be …". */
  readonly allowed: string;
  /** All that it may be, where that is a few words. */
  readonly words?: readonly string[];
  /** The value that a text stands for; undefined where it stands for none. */
  read(text: string): T | undefined;
}

/** A flag of the command line, and a setting of the same name in a configuration. */
export interface Flag<T> {
  /** Without the dashes. */
  readonly name: string;
  /** What stands for its value in the help; a switch has none. */
  readonly value?: string;
  readonly help: string;
  /** The heading that it stands under in the help. */
  readonly group: Group;
  readonly kind: Kind<T>;
  /** Whether it may be given several times. */
  readonly repeats?: boolean;
  /** The flag that it stands in the place of: only one of the two can be given. */
  readonly insteadOf?: string;
  /** Whether it is about this call alone, and no setting. */
  readonly transient?: boolean;
}

export const groups = ["Data", "Model", "Optimizer", "Training", "Walk", "Comparison", "Output", "Settings"] as const;
export type Group = (typeof groups)[number];

export const text: Kind<string> = {
  allowed: "a text that is not empty",
  read: (given) => (given.trim() === "" ? undefined : given),
};

export const isOn: Kind<boolean> = {
  allowed: "true or false",
  read: (given) => (given === "true" ? true : given === "false" ? false : undefined),
};

/** A decimal number within limits. */
export const number = (allowed: string, holds: (value: number) => boolean): Kind<number> => ({
  allowed,
  read: (given) => {
    const value = isDecimal(given.trim()) ? Number(given) : Number.NaN;
    return Number.isFinite(value) && holds(value) ? value : undefined;
  },
});

const numberIn = ({ words, allows }: Domain): Kind<number> => number(words, allows);

export const notNegative = numberIn(domains.notNegative);
export const positive = numberIn(domains.positive);
export const fraction = numberIn(domains.fraction);
export const whole = (least: number, most?: number): Kind<number> => numberIn(wholeNumber(least, most));

/** One of some words, or what another kind reads. */
export const wordOr = <W extends string, T>(word: W, kind: Kind<T>): Kind<W | T> => ({
  allowed: `${kind.allowed}, or "${word}"`,
  read: (given) => (given === word ? word : kind.read(given)),
});

export const oneOf = <W extends string>(words: readonly W[]): Kind<W> => ({
  allowed: words.join(" or "),
  words,
  read: (given) => words.find((word) => word === given),
});

/** Numbers with commas between them. */
export const list = (kind: Kind<number>): Kind<readonly number[]> => ({
  allowed: `a list of numbers with commas between them, each ${kind.allowed}`,
  read: (given) => {
    const parts = given
      .replace(/,\s*$/, "")
      .split(",")
      .map((part) => kind.read(part));
    const values = parts.filter((value) => value !== undefined);
    return values.length === parts.length ? values : undefined;
  },
});
