import { checkOptions, isOptions, quoteValue } from "../arguments/index.ts";

/** An update rule with all that is set of it, as plain data: what JSON holds, a worker gets and a command line fills. */
export interface RuleData {
  /** A rule of the library, with wrappers behind it: `adam`, `momentum+clip-norm`. With `text`, the name of a rule of one's own, and wrappers behind it. */
  readonly rule: string;
  /** The text of a rule of one's own. */
  readonly text?: string | undefined;
  /** Hyper-parameters other than the defaults, those of wrappers among them. */
  readonly hyper?: Readonly<Record<string, number>> | undefined;
  /** How the rate changes over the run's steps, as text: `cosine:warmup=100`. Default: not at all. */
  readonly schedule?: string | undefined;
}

/** What a caller without types, or JSON, may hand in as a rule's data. */
const fields: Readonly<Record<keyof RuleData, "text" | "numbers">> = {
  ...{ rule: "text", text: "text", schedule: "text", hyper: "numbers" },
} as const;

const EXAMPLE = '{ rule: "adam", hyper: { lr: 0.01 } }';

/**
 * Throws a TypeError where a rule's data are none, and a RangeError for a field that they do not have; `more` are texts that
 * may stand beside them.
 */
export function checkRuleData(given: unknown, place = "optimizer", more: readonly string[] = []): void {
  const texts = Object.fromEntries(more.map((name) => [name, "text"] as const));
  checkOptions(place, given, [...Object.keys(fields), ...more], EXAMPLE);
  const values = isOptions(given) ? Object.fromEntries(Object.entries(given)) : {};
  for (const [name, kind] of Object.entries({ ...fields, ...texts })) {
    const value: unknown = values[name];
    if (value === undefined && name !== "rule") continue;
    if (kind === "text" && typeof value !== "string")
      throw new TypeError(`${place}: ${name} is ${quoteValue(value)}; give a text, as in ${EXAMPLE}`);
    if (kind === "numbers") checkNumbers(`${place}: ${name}`, value);
  }
}

/** A schedule is a text here: a function cannot go to a thread, nor into a file. */
function checkNumbers(place: string, given: unknown): void {
  if (!isOptions(given)) throw new TypeError(`${place} is ${quoteValue(given)}; give numbers by name: { lr: 0.01 }`);
  for (const [name, value] of Object.entries(given))
    if (value !== undefined && typeof value !== "number")
      throw new TypeError(
        `${place}: ${name} is ${quoteValue(value)}; give a number${typeof value === "function" ? ', and a schedule as text: schedule: "cosine"' : ""}`,
      );
}
