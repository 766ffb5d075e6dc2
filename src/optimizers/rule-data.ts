import { checkOptions, isOptions, quoteValue } from "../arguments/index.ts";

/** An update rule with its settings, as plain data: for JSON, workers and the command line. */
export interface RuleData {
  /** A rule of the library, followed by wrappers: `adam`, `momentum+clip-norm`. With `text`, the name of your own rule, followed by wrappers. */
  readonly rule: string;
  /** The text of your own rule. */
  readonly text?: string | undefined;
  /** Hyper-parameters that differ from the defaults, including those of wrappers. */
  readonly hyper?: Readonly<Record<string, number>> | undefined;
  /** The learning rate's schedule over the run, as text: `cosine:warmup=100`. Default: constant. */
  readonly schedule?: string | undefined;
}

/** The types of the fields, to check data from JSON or from callers without types. */
const fields: Readonly<Record<keyof RuleData, "text" | "numbers">> = {
  ...{ rule: "text", text: "text", schedule: "text", hyper: "numbers" },
} as const;

const EXAMPLE = '{ rule: "adam", hyper: { lr: 0.01 } }';

/**
 * Throws a TypeError for anything but a rule's data, and a RangeError for an unknown field; `more` names further text fields that are
 * allowed.
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

/** A schedule must be text here: a function cannot be sent to a thread or written to a file. */
function checkNumbers(place: string, given: unknown): void {
  if (!isOptions(given)) throw new TypeError(`${place} is ${quoteValue(given)}; give numbers by name: { lr: 0.01 }`);
  for (const [name, value] of Object.entries(given))
    if (value !== undefined && typeof value !== "number")
      throw new TypeError(
        `${place}: ${name} is ${quoteValue(value)}; give a number${typeof value === "function" ? ', and a schedule as text: schedule: "cosine"' : ""}`,
      );
}
