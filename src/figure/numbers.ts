import { checkNumber, quoteValue, whole } from "../arguments/index.ts";

/** Numbers in words of a figure: typographic minus, powers of ten with raised exponents, thousands set apart. */

const [DIGITS, DECIMALS] = [whole(1, 21), whole(0)];
const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/**
 * A number as text, with `significant` digits at most (default 4), and powers of ten below 10⁻⁴ and from 10⁷; "not a
 * number", "∞" or "−∞" if it is not finite.
 */
export function formatNumber(value: number, significant = 4): string {
  if (typeof value !== "number") throw new TypeError(`formatNumber: the value is ${quoteValue(value)}; give a number`);
  checkNumber("formatNumber: the number of significant digits", significant, DIGITS);
  if (Number.isNaN(value)) return "not a number";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (value === 0) return "0";
  const [mantissa, exponent] = value.toExponential(significant - 1).split("e");
  const power = Number(exponent);
  if (power < -4 || power >= 7) return `${signed(String(Number(mantissa)))}×${tenTo(power)}`;
  return withoutZeros(fixed(value, Math.max(0, significant - 1 - power)));
}

/** Without the zeros that a fraction ends in. */
function withoutZeros(digits: string): string {
  if (!digits.includes(".")) return digits;
  let end = digits.length;
  while (digits[end - 1] === "0") end--;
  return digits.slice(0, digits[end - 1] === "." ? end - 1 : end);
}

/** A number as text, with exactly `decimals` decimals. */
export function fixed(value: number, decimals: number): string {
  if (typeof value !== "number") throw new TypeError(`fixed: the value is ${quoteValue(value)}; give a number`);
  checkNumber("fixed: the number of decimals", decimals, DECIMALS);
  const [whole, fraction] = value.toFixed(Math.min(decimals, 20)).split(".");
  const grouped = inThousands(whole);
  const text = fraction === undefined ? grouped : `${grouped}.${fraction}`;
  return signed(/^-[0,.]*$/.test(text) ? text.slice(1) : text);
}

/** A comma before each third digit from the right. */
function inThousands(whole: string): string {
  if (!/^-?\d{4,}$/.test(whole)) return whole; // from 1e21 on there is an exponent
  const sign = whole.startsWith("-") ? 1 : 0;
  const groups: string[] = [];
  for (let end = whole.length; end > sign; end -= 3) groups.unshift(whole.slice(Math.max(sign, end - 3), end));
  return whole.slice(0, sign) + groups.join(",");
}

/** 10ⁿ. */
export const tenTo = (power: number): string => `10${power < 0 ? "⁻" : ""}${raise(Math.abs(power))}`;

const raise = (digits: number): string => Array.from(String(digits), (d) => RAISED[Number(d)]).join("");
const signed = (text: string): string => text.replace("-", "−");
