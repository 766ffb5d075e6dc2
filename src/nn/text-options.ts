import { cut, isDecimal, unknownName } from "../arguments/index.ts";

/**
 * Options as a text gives them after a name, `64:relu:bias=false`, split at the colons: values in the order of the options, or
 * `name=value`. Throws a RangeError for too many, one given twice, and one called "kind".
 */
export function textOptions(
  name: string,
  parts: readonly string[],
  options: readonly string[],
): Readonly<Record<string, unknown>> {
  checkCount(name, parts.length, options);
  const named = parts.map((part, i): [string, unknown] => {
    const [, option = options[i], value = part] = /^([\w-]+)=(.*)$/.exec(part) ?? [];
    return [option, read(value)];
  });
  const given = named.map(([option]) => option);
  if (given.includes("kind")) throw new RangeError(unknownName(`${name}: option`, "kind", options));
  const twice = given.find((option, i) => given.indexOf(option) !== i);
  if (twice !== undefined) throw new RangeError(`${name}: ${twice} is given twice: ${cut(parts.join(":"))}`);
  return Object.fromEntries(named);
}

/** Throws a RangeError for more options than there are. */
export function checkCount(name: string, given: number, options: readonly string[]): void {
  if (given <= options.length) return;
  const allowed = options.length === 0 ? "there are none" : `there are only ${options.length}: ${options.join(", ")}`;
  throw new RangeError(`${name}: ${given === 1 ? "an option is" : `${given} options are`} given, but ${allowed}`);
}

const WORDS: Readonly<Record<string, boolean>> = { true: true, false: false };

const read = (text: string): unknown => (isDecimal(text) ? Number(text) : (WORDS[text] ?? text));
