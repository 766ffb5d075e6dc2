import { isDecimal } from "../expr/decimal.ts";
import { setting } from "./error.ts";

/** What stands before the fraction of a number. */
export type DecimalSign = "." | ",";

/** The number that a trimmed cell writes in decimal, infinite where it is too large; undefined for anything else. */
export function readNumber(cell: string, sign: DecimalSign = "."): number | undefined {
  if (!isDecimal(cell, sign)) return undefined;
  return Number(sign === "." ? cell : cell.replace(sign, "."));
}

/**
 * A number's one spelling: 007, 7.0 and 0.7e1 all give 7e0. Two cells have the same if they write the same number,
 * beyond the 16 digits that a double tells apart.
 *
 * @param cell one that `readNumber` reads
 */
export function exactNumber(cell: string, sign: DecimalSign = "."): string {
  const [mantissa, exponent = "0"] = cell.toLowerCase().split("e");
  const [whole, fraction = ""] = mantissa.replace(/^[+-]/, "").split(sign);
  const digits = whole + fraction;
  let [first, end] = [0, digits.length];
  while (digits[first] === "0") first++;
  while (end > first && digits[end - 1] === "0") end--;
  if (first === end) return "0";
  const shift = digits.length - end - fraction.length;
  return `${mantissa.startsWith("-") ? "-" : ""}${digits.slice(first, end)}e${Number(exponent) + shift}`;
}

/** What to do where a cell is no number with this sign, but one with the other, or with marks for thousands. */
export function otherwiseNumber(cell: string, sign: DecimalSign): string | undefined {
  const other = sign === "." ? "," : ".";
  if (readNumber(cell, other) !== undefined) {
    return `if "${other}" stands before the fraction, say ${setting(`--decimal ${other}`, `decimal: "${other}"`)}`;
  }
  return hasThousands(cell) ? "write numbers without a mark for thousands" : undefined;
}

/** Whether a cell is a number with marks for thousands: 1.234,50. */
export const hasThousands = (cell: string): boolean => /^[+-]?\d{1,3}([.,' \u00a0\u202f]\d{3})+([.,]\d+)?$/.test(cell);
