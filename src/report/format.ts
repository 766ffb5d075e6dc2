import type { Spread } from "../compare/index.ts";
import { fixed, formatNumber } from "../figure/index.ts";

/** Numbers as text, on pages and in a terminal alike. */

/** Stands for a missing number. */
const NONE = "–";

type Maybe = number | null | undefined;

const orNone = (value: Maybe, write: (value: number) => string): string =>
  value === null || value === undefined ? NONE : write(value);

/**
 * A loss, an error or a function's value: four significant digits, with trailing zeros, so that a column lines up. Three would hide
 * a loss that still falls late in a run; other programs' logs have four, too.
 */
export const loss = (value: Maybe): string =>
  orNone(value, (number) => (isPlain(number) ? fixed(number, decimalsOf(number)) : formatNumber(number, DIGITS)));

const DIGITS = 4;

/** Whether a number is written with trailing zeros: others need a power of ten, or have more digits before the point. */
const isPlain = (value: number): boolean => Math.abs(value) >= 1e-3 && Math.abs(value) < 1e4;

/** The decimals that give DIGITS significant digits after rounding: 9.99996 has as many as 10. */
const decimalsOf = (value: number): number => {
  const [, power] = value.toExponential(DIGITS - 1).split("e");
  return Math.max(0, DIGITS - 1 - Number(power));
};

/** `lowest–highest`, both with the decimals of the highest. */
export function lossRange({ low, high }: Pick<Spread, "low" | "high">): string {
  const ends = isPlain(high) ? [low, high].map((end) => fixed(end, decimalsOf(high))) : [low, high].map(loss);
  return ends[0] === ends[1] ? ends[0] : ends.join("–");
}

/** R², the fraction of the variance explained: `0.920`. */
export const rSquared = (value: Maybe): string => orNone(value, (number) => fixed(number, 3));

/** `94.8 %` of 0.948. */
export const percent = (fraction: Maybe): string => orNone(fraction, (number) => `${(100 * number).toFixed(1)} %`);

/** `94.8–98.6 %` */
export const percentRange = ([low, high]: readonly [number, number]): string =>
  `${(100 * low).toFixed(1)}–${percent(high)}`;

/** A whole number: `4,810`. */
export const count = (value: Maybe): string =>
  orNone(value, (number) =>
    Math.abs(number) < 1e15 ? Math.round(number).toLocaleString("en") : formatNumber(number, 3),
  );

/** A median of whole numbers, which may lie halfway between two: `16.5`. */
export const middle = (value: Maybe): string =>
  orNone(value, (number) =>
    Number.isInteger(2 * number) && !Number.isInteger(number) && Math.abs(number) < 1e15
      ? number.toLocaleString("en", { minimumFractionDigits: 1 })
      : count(number),
  );

/** A learning rate or another hyper-parameter, exactly and as one types it: 0.01, 1e-8; or a setting that is a word. */
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

/** A point, up to `most` of its coordinates: `(3, 0.5)`. Thousands have no commas, since commas separate coordinates. */
export const point = (at: readonly number[] = [], most = 7): string => {
  const numbers = at.slice(0, most).map((value) => coordinate(value).replaceAll(",", ""));
  return `(${[...numbers, ...(at.length > most ? ["…"] : [])].join(", ")})`;
};

const UNITS = ["B", "kB", "MB", "GB", "TB"];

/** An amount of memory or of a disk: `512 B`, `945 MB`, `1.66 GB`. */
export function bytes(size: number): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, size)) / 3));
  return `${power === 0 ? size : (size / 1000 ** power).toPrecision(3)} ${UNITS[power]}`;
}

/** A measured time: `5.5 ms`, `12 s`, `1 min 40 s`. */
export const duration = (time: Maybe): string =>
  orNone(time, (seconds) => {
    if (seconds < 0.0995) return `${formatNumber(seconds * 1000, 2)} ms`;
    if (seconds < 99.5) return `${seconds.toPrecision(2)} s`;
    if (seconds >= 360_000) return `${formatNumber(seconds / 3600, 3)} h`;
    const whole = Math.round(seconds);
    return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  });

/** An estimate of the time left: whole seconds, or larger units. */
export function timeLeft(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** A speed: `1,234 steps/s`, `2.4 steps/s`, or, for slow steps, `3.1 s/step`. */
export function pace(perSecond: number): string {
  if (!(perSecond > 0) || !Number.isFinite(perSecond)) return "";
  if (perSecond >= 9.95) return `${count(perSecond)} steps/s`;
  return perSecond >= 1 ? `${perSecond.toFixed(1)} steps/s` : `${duration(1 / perSecond)}/step`;
}
