import type { Spread } from "../compare/index.ts";
import { fixed, formatNumber } from "../figure/index.ts";

/** How numbers are written, on pages and in a terminal alike. */

/** Where there is none. */
const NONE = "–";

type Maybe = number | null | undefined;

const orNone = (value: Maybe, write: (value: number) => string): string =>
  value === null || value === undefined ? NONE : write(value);

/**
 * A loss, an error or a value of a function: four digits, zeros at the end, too, so that a column compares. Three would hide how a
 * loss still falls late in a run; a fourth is what other programs' logs have.
 */
export const loss = (value: Maybe): string =>
  orNone(value, (number) => (isPlain(number) ? fixed(number, decimalsOf(number)) : formatNumber(number, DIGITS)));

const DIGITS = 4;

/** What is written with its zeros: others have a power of ten, or more digits before the point. */
const isPlain = (value: number): boolean => Math.abs(value) >= 1e-3 && Math.abs(value) < 1e4;

/** As many as give DIGITS digits: 9.99996 has as many as 10. */
const decimalsOf = (value: number): number => {
  const [, power] = value.toExponential(DIGITS - 1).split("e");
  return Math.max(0, DIGITS - 1 - Number(power));
};

/** `lowest–highest`, both with the decimals of the highest. */
export function lossRange({ low, high }: Pick<Spread, "low" | "high">): string {
  const ends = isPlain(high) ? [low, high].map((end) => fixed(end, decimalsOf(high))) : [low, high].map(loss);
  return ends[0] === ends[1] ? ends[0] : ends.join("–");
}

/** R², the part of a variance that is explained: `0.920`. */
export const rSquared = (value: Maybe): string => orNone(value, (number) => fixed(number, 3));

/** `94.8 %` of 0.948. */
export const percent = (part: Maybe): string => orNone(part, (number) => `${(100 * number).toFixed(1)} %`);

/** `94.8–98.6 %` */
export const percentRange = ([low, high]: readonly [number, number]): string =>
  `${(100 * low).toFixed(1)}–${percent(high)}`;

/** Whole: `4,810`. */
export const count = (value: Maybe): string =>
  orNone(value, (number) =>
    Math.abs(number) < 1e15 ? Math.round(number).toLocaleString("en") : formatNumber(number, 3),
  );

/** A learning rate, a hyper-parameter, or the word that a setting is: exactly, as it is typed: 0.01, 1e-8. */
export const setting = (value: Maybe | string): string =>
  typeof value === "string"
    ? value
    : orNone(value, (number) => {
        if (!Number.isFinite(number)) return formatNumber(number);
        return number !== 0 && Math.abs(number) < 1e-3 ? number.toExponential() : String(number);
      });

/** Hyper-parameters on one line: `lr 0.001, beta1 0.9`. */
export const settings = (hyper: Readonly<Record<string, number | string>>): string =>
  Object.entries(hyper)
    .map(([name, value]) => `${name} ${setting(value)}`)
    .join(", ");

/** A coordinate of a point: six digits. */
export const coordinate = (value: number): string => formatNumber(value, 6);

/** A point, of which `most` coordinates are written: `(3, 0.5)`. Thousands have no commas, which part the coordinates. */
export const place = (at: readonly number[] = [], most = 7): string => {
  const numbers = at.slice(0, most).map((value) => coordinate(value).replaceAll(",", ""));
  return `(${[...numbers, ...(at.length > most ? ["…"] : [])].join(", ")})`;
};

/** A time that was taken: `5.5 ms`, `12 s`, `1 min 40 s`. */
export const duration = (time: Maybe): string =>
  orNone(time, (seconds) => {
    if (seconds < 0.0995) return `${formatNumber(seconds * 1000, 2)} ms`;
    if (seconds < 99.5) return `${seconds.toPrecision(2)} s`;
    if (seconds >= 360_000) return `${formatNumber(seconds / 3600, 3)} h`;
    const whole = Math.round(seconds);
    return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  });

/** A time that is left, which nobody knows so well: whole seconds, or larger units. */
export function timeLeft(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** How fast something goes: `1,234 steps/s`, `2.4 steps/s`, or where each takes long `3.1 s/step`. */
export function pace(perSecond: number): string {
  if (!(perSecond > 0) || !Number.isFinite(perSecond)) return "";
  if (perSecond >= 9.95) return `${count(perSecond)} steps/s`;
  return perSecond >= 1 ? `${perSecond.toFixed(1)} steps/s` : `${duration(1 / perSecond)}/step`;
}
