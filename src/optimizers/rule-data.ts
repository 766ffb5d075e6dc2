import { checkOptions, isOptions, quote, quoteValue } from "../arguments/index.ts";
import { checkGroupData, type ParameterGroup } from "./groups.ts";
import { findRule } from "./registry.ts";

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
  /** Parameters for which hyper-parameters are multiplied by factors. */
  readonly groups?: readonly ParameterGroup[] | undefined;
}

/** The types of the fields, to check data from JSON or from callers without types. */
const fields: Readonly<Record<keyof RuleData, "text" | "numbers" | "groups">> = {
  ...{ rule: "text", text: "text", schedule: "text", hyper: "numbers", groups: "groups" },
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
      throw new TypeError(
        `${place}: ${name} is ${quoteValue(value)}; give a text, as in ${(name === "rule" && plainForm(value)) || EXAMPLE}`,
      );
    if (kind === "numbers") checkNumbers(`${place}: ${name}`, value);
    if (kind === "groups") checkGroupData(`${place}: ${name}`, value);
  }
}

/**
 * How to write a rule or an optimizer as plain data: a built-in one by its name, your own by its text, as a function cannot be sent
 * to a thread or written to a file. Undefined for anything else.
 */
export function plainForm(given: unknown): string | undefined {
  if ((typeof given !== "function" && !isOptions(given)) || !("spec" in given)) return undefined;
  const { spec } = given;
  if (!isOptions(spec) || !("name" in spec && "update" in spec) || typeof spec.name !== "string") return undefined;
  if (updateNamed(spec.name) === spec.update) return `{ rule: ${quote(spec.name)} }`;
  const name = spec.name.replaceAll("+", "-");
  return `{ rule: ${quote(name)}, text: writeRule(rule.spec) }, where rule is your own and writeRule comes from downhill/optimizers`;
}

function updateNamed(name: string): string | undefined {
  try {
    return findRule(name).spec.update;
  } catch {
    return undefined;
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
