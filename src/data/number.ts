import { isDecimal } from "../arguments/index.ts";
import { setting } from "../files/index.ts";
import { plainText } from "./plain.ts";

/** The decimal separator. */
export type DecimalSign = "." | ",";

/** The decimal number in a trimmed cell, infinite if it is too large; undefined for anything else. */
export function readNumber(cell: string, sign: DecimalSign = "."): number | undefined {
  if (!isDecimal(cell, sign)) return undefined;
  return Number(sign === "." ? cell : cell.replace(sign, "."));
}

/**
 * A number's canonical spelling: 007, 7.0 and 0.7e1 all give 7e0. Two cells have the same one if they are the same number, even
 * beyond the 16 digits of a double.
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

/** Advice for a cell that is not a number with this decimal separator, but is one with the other, or is written differently. */
export function otherwiseNumber(cell: string, sign: DecimalSign): string | undefined {
  const other = sign === "." ? "," : ".";
  if (readNumber(cell, other) !== undefined) {
    return `if "${other}" stands before the fraction, say ${setting(`--decimal ${other}`, `decimal: "${other}"`)}`;
  }
  if (hasThousands(cell)) return "write numbers without a thousands separator";
  return isDressed(cell) ? `write numbers in decimal with the characters 0-9, "-" and "${sign}" alone` : undefined;
}

/** Whether a cell is a number with thousands separators: 1.234,50. */
export const hasThousands = (cell: string): boolean => /^[+-]?\d{1,3}([.,' \u00a0\u202f]\d{3})+([.,]\d+)?$/.test(cell);

/** Longer cells are not numbers that someone wrote. */
const LONGEST = 60;

/** Whether a cell is a number except for its digits, minus sign, currency, percent sign or base: −5, $5, 5 %, 0x1. */
function isDressed(cell: string): boolean {
  if (cell.length > LONGEST || !/\p{N}/u.test(cell)) return false;
  const plain = plainText(cell).replace(/\p{Nd}/gu, (digit) => (digit >= "0" && digit <= "9" ? digit : "0"));
  if (/^[+-]?0(x[\da-f]+|b[01]+|o[0-7]+)$/.test(plain)) return true;
  const bare = plain
    .replace(/[\p{Sc}%‰\u066a]/gu, "")
    .trim()
    .replace(/^\((.*)\)$/, "$1")
    .replace(/^([+-]) +/, "$1");
  const marked = bare.replace(/['’_\u066c]/g, ",").replace("\u066b", ".");
  const written = readNumber(bare) ?? readNumber(bare, ",") ?? readNumber(bare.replace("\u066b", "."));
  return written !== undefined || hasThousands(marked) || LAKHS.test(marked);
}

/** India's thousands separators: 12,34,567. */
const LAKHS = /^[+-]?\d{1,2}(,\d\d)+,\d{3}(\.\d+)?$/;
