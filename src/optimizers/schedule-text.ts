import { cut, nearestName, quote, unknownName } from "../arguments/index.ts";
import type { Schedule } from "./hyper.ts";
import { need, needCount } from "./schedules/check.ts";
import { elsewhere, type Form, forms, type Kind, type Span, settingsElsewhere } from "./schedules/forms.ts";
import { joined, warmup as warmedUp } from "./schedules.ts";

/** The names of all schedules, as texts have them. */
export const scheduleNames: readonly string[] = Object.keys(forms);

/** The names of a schedule's settings. */
export const scheduleSettings = (name: string): string[] =>
  Object.keys({ ...(Object.hasOwn(forms, name) ? forms[name].settings : {}), ...COMMON });

/** Settings that every schedule has: its warm-up, and its length if that is not the run's. */
const COMMON: Readonly<Record<string, Kind>> = { warmup: "steps", steps: "steps" };

/**
 * A schedule from its text: a name, then settings after a colon, as in `cosine:warmup=100,end=1%`. A rate is a number or a
 * percentage of lr; a number of steps or a position is a number or a percentage of the run; positions are separated by /
 * (`piecewise:at=50%/75%`). `then` joins schedules in sequence: `constant:steps=100 then cosine`. Throws a RangeError for an
 * unknown name or setting, with the nearest, and for a value that is not allowed.
 */
export function scheduleFrom(text: string, span: Span): Schedule {
  const parts = text.split(/\sthen\s/).map(readPart);
  const lengths = parts.slice(0, -1).map((part) => lengthOf(part, span));
  const at = lengths.map((_, i) => lengths.slice(0, i + 1).reduce((sum, length) => sum + length));
  const rest = span.steps - (at.at(-1) ?? 0);
  if (rest < 1)
    throw new RangeError(
      `schedule: the parts before the last take ${at.at(-1)} steps, of the run's ${span.steps}; the last has none`,
    );
  const made = parts.map((part, i) => scheduleOf(part, span, { begin: at[i - 1] ?? 0, length: lengths[i] ?? rest }));
  return made.length === 1 ? made[0] : joined({ schedules: made, at });
}

/**
 * Checks a schedule whose learning rate will be tuned: rates given as numbers would lie above small rates that are tried, and mean
 * something different for each. Throws a RangeError that says how to write them.
 */
export function checkTunable(text: string): void {
  for (const { name, form, given } of text.split(/\sthen\s/).map(readPart))
    for (const [key, value] of given)
      if (kindOf(form, key) === "rate" && !value.endsWith("%") && Number(value) !== 0)
        throw new RangeError(
          `schedule ${name}: ${key}=${cut(value)} is a fixed rate, but lr is tuned here; write it as a fraction of lr, such as ${key}=1%, or set lr`,
        );
}

/** More steps than any run has: stands for a length that is not known yet, so that data can be checked before it is. */
export const MANY = 1e9;

interface Part {
  readonly name: string;
  readonly form: Form;
  readonly given: ReadonlyMap<string, string>;
}

function readPart(text: string): Part {
  const [word, ...more] = text.trim().split(":");
  const rest = more.join(":");
  const name = word.trim();
  if (!Object.hasOwn(forms, name)) throw new RangeError(unknownSchedule(name));
  const form = forms[name];
  const names = scheduleSettings(name);
  const given = new Map<string, string>();
  for (const part of rest.split(",").filter((each) => each.trim() !== "")) {
    const [key, value = ""] = part.split("=", 2).map((half) => half.trim());
    if (!names.includes(key)) throw new RangeError(unknownSetting(name, key, names));
    if (given.has(key)) throw new RangeError(`schedule ${name}: ${key} is set twice`);
    given.set(key, value);
  }
  return { name, form, given };
}

const plainName = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "");

function unknownSetting(schedule: string, key: string, names: readonly string[]): string {
  const what = `${schedule}'s setting`;
  const plain = plainName(key);
  const ours = Object.hasOwn(settingsElsewhere, plain) ? settingsElsewhere[plain] : [];
  const meant = ours.find((each) => names.includes(each));
  if (meant === undefined) return unknownName(what, key, names);
  return `${what} ${quote(key)} is not known; did you mean ${meant}? (allowed: ${names.join(", ")})`;
}

function unknownSchedule(name: string): string {
  const plain = plainName(name);
  const ours = Object.hasOwn(elsewhere, plain)
    ? elsewhere[plain]
    : elsewhere[nearestName(plain, Object.keys(elsewhere)) ?? ""];
  if (nearestName(name, scheduleNames) !== undefined || ours === undefined)
    return unknownName("schedule", name, scheduleNames);
  return `schedule ${quote(name)} is not known; did you mean ${ours}? (allowed: ${scheduleNames.join(", ")})`;
}

/** The length of a part that another one follows. */
function lengthOf(part: Part, span: Span): number {
  const given = part.given.get("steps");
  if (given !== undefined) return numberOf(part, "steps", given, span);
  throw new RangeError(`schedule ${part.name}: before "then" it must say how long it is: ${part.name}:steps=100`);
}

/** A part's position in the run. */
interface Stretch {
  /** Steps before it. */
  readonly begin: number;
  readonly length: number;
}

function scheduleOf(part: Part, span: Span, { begin, length }: Stretch): Schedule {
  const { name, form, given } = part;
  const read = (key: string): number | undefined => {
    const value = given.get(key);
    return value === undefined ? undefined : numberOf(part, key, value, span);
  };
  const steps = read("steps") ?? length;
  needCount(`schedule ${name}`, { steps });
  const said = given.get("warmup") ?? "";
  // A percentage of a run of unknown length cannot be compared with a number of steps.
  const isOpen = span.steps === MANY && said.endsWith("%") && given.has("steps");
  const warmup = isOpen ? 0 : (read("warmup") ?? 0);
  const fits = Number.isSafeInteger(warmup) && warmup >= 0 && warmup < steps;
  const limit = steps === MANY ? "the run's steps" : `steps (${steps})`;
  const isPart = said.endsWith("%") && !given.has("steps");
  const problem = isPart
    ? `${said} of the run; it must be from 0% to less than 100%, and leave at least one step`
    : `${warmup}; it must be from 0 to less than ${limit}, a whole number`;
  need(`schedule ${name}`, fits, `warmup is ${problem}`);
  const own = { lr: span.lr, steps: steps - warmup };
  const values = Object.fromEntries(
    Object.entries(form.settings).map(([key, [kind, usual]]) => {
      const value = given.get(key);
      if (value === undefined) return [key, usual(own)];
      if (kind !== "places") return [key, [numberOf(part, key, value, span)]];
      // Positions count from the start of the run, but the schedule from its own.
      const places = value.split("/").map((item) => numberOf(part, key, item.trim(), span));
      const first = begin + warmup;
      for (const place of places)
        need(
          `schedule ${name}`,
          place > first,
          `${key} is step ${place} of the run, but the schedule begins after step ${first}`,
        );
      return [key, places.map((place) => place - first)];
    }),
  );
  const schedule = form.make(own, (key) => values[key][0], values);
  return warmup === 0 ? schedule : warmedUp(schedule, { steps: warmup });
}

const kindOf = (form: Form, key: string): Kind =>
  Object.hasOwn(form.settings, key) ? form.settings[key][0] : (COMMON[key] ?? "number");

/** A number, or a percentage of lr or of the run. */
function numberOf({ name, form }: Part, key: string, text: string, { lr, steps }: Span): number {
  const kind = kindOf(form, key);
  const percent = kind !== "number" && text.endsWith("%");
  const digits = percent ? text.slice(0, -1).trim() : text;
  const value = digits === "" ? Number.NaN : Number(digits);
  if (!Number.isFinite(value))
    throw new RangeError(`schedule ${name}: ${key} is ${quote(text)}; write ${key}=1, a number${words[kind]}`);
  if (!percent) return value;
  return kind === "rate" ? (value / 100) * lr : Math.round((value / 100) * steps);
}

const words: Readonly<Record<Kind, string>> = {
  number: "",
  rate: ", or 1%, a fraction of lr",
  steps: ", or 5%, a fraction of the run",
  places: "; several as 50%/75%",
};
