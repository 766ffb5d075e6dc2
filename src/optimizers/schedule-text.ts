import { unknownName } from "../expr/nearest.ts";
import type { Schedule } from "./hyper.ts";
import * as schedules from "./schedules.ts";

/** The run that a schedule is spread over. */
export interface Span {
  /** The rate that it starts from or rises to. */
  readonly lr: number;
  /** Steps of the whole run. */
  readonly steps: number;
}

interface Form {
  /** The settings that may stand behind the name, and what they are where they don't. */
  readonly settings: (span: Span) => Readonly<Record<string, number>>;
  readonly make: (span: Span, settings: Readonly<Record<string, number>>) => Schedule;
}

/** Every schedule by the name that it has in text, spread over the run where nothing is set. */
const forms: Readonly<Record<string, Form>> = {
  constant: { settings: () => ({}), make: ({ lr }) => schedules.constant({ lr }) },
  cosine: {
    settings: ({ steps }) => ({ warmup: 0, end: 0, cycles: 1, steps }),
    make: ({ lr }, { warmup, end, cycles, steps }) => schedules.cosine({ lr, steps, warmup, end, cycles }),
  },
  "one-cycle": {
    settings: ({ steps }) => ({ rise: 0.3, steps }),
    make: ({ lr }, { rise, steps }) => schedules.oneCycle({ lr, steps, rise }),
  },
  // Two falls, after a third and after two thirds of the run.
  step: {
    settings: ({ steps }) => ({ every: Math.max(1, Math.ceil(steps / 3)), factor: 0.1 }),
    make: ({ lr }, { every, factor }) => schedules.step({ lr, every, factor }),
  },
  // Down to a hundredth by the end of the run.
  exponential: {
    settings: ({ steps }) => ({ decay: 0.01 ** (1 / Math.max(1, steps)) }),
    make: ({ lr }, { decay }) => schedules.exponential({ lr, decay }),
  },
  polynomial: {
    settings: ({ steps }) => ({ power: 1, end: 0, steps }),
    make: ({ lr }, { power, end, steps }) => schedules.polynomial({ lr, steps, power, end }),
  },
  // Down to a tenth by the end of the run.
  "1/t": {
    settings: ({ steps }) => ({ decay: 9 / Math.max(1, steps) }),
    make: ({ lr }, { decay }) => schedules.inverseTime({ lr, decay }),
  },
  "1/sqrt(t)": { settings: () => ({}), make: ({ lr }) => schedules.inverseSquareRoot({ lr }) },
  plateau: {
    settings: () => ({ factor: 0.5, patience: 3, min: 0 }),
    make: ({ lr }, { factor, patience, min }) => schedules.reduceOnPlateau({ lr, factor, patience, min }),
  },
};

export const scheduleNames: readonly string[] = Object.keys(forms);

/**
 * A schedule from its text: a name, and settings behind a colon, as in `cosine:warmup=100,end=1e-5`. Throws a RangeError
 * for a name or a setting that does not exist, with the nearest, and for a value that is not allowed.
 */
export function scheduleFrom(text: string, span: Span): Schedule {
  const [, name = "", rest = ""] = /^([^:]*):?(.*)$/s.exec(text.trim()) ?? [];
  if (!Object.hasOwn(forms, name)) throw new RangeError(unknownName("schedule", name, Object.keys(forms)));
  const { settings, make } = forms[name];
  const usual = settings(span);
  const given = rest.split(",").filter((part) => part.trim() !== "");
  return make(span, {
    ...usual,
    ...Object.fromEntries(given.map((part) => settingOf(name, part, Object.keys(usual)))),
  });
}

function settingOf(schedule: string, part: string, names: readonly string[]): readonly [string, number] {
  const [key, digits = ""] = part.split("=").map((half) => half.trim());
  if (!names.includes(key)) throw new RangeError(unknownName(`${schedule}'s setting`, key, names));
  const value = digits === "" ? Number.NaN : Number(digits);
  if (Number.isFinite(value)) return [key, value];
  throw new RangeError(`schedule ${schedule}: ${key} is ${JSON.stringify(digits)}; write ${key}=1, a number`);
}
