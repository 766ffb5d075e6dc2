import { isDecimal } from "../../arguments/index.ts";
import { setting } from "../../files/index.ts";
import { type ThousandsSign, thousandsNames } from "../choices/index.ts";
import { plainText } from "./plain.ts";

/** The decimal separator. */
export type DecimalSign = "." | ",";

/** How the numbers of a table are written. */
export interface NumberForm {
  readonly decimal: DecimalSign;
  /** Stands between thousands; missing if nothing does. */
  readonly thousands?: ThousandsSign;
}

export const thousandsSigns: readonly ThousandsSign[] = Object.values(thousandsNames);

/** The decimal number in a trimmed cell, infinite if it is too large; undefined for anything else. */
export function readNumber(cell: string, { decimal, thousands }: NumberForm = POINT): number | undefined {
  if (isDecimal(cell, decimal)) return Number(decimal === "." ? cell : cell.replace(decimal, "."));
  if (thousands === undefined || thousandsIn(cell, decimal) !== thousands) return undefined;
  return readNumber(cell.replace(SEPARATORS[thousands], ""), { decimal });
}

const POINT: NumberForm = { decimal: "." };

const SEPARATORS: Readonly<Record<ThousandsSign, RegExp>> = {
  ",": /,/g,
  ".": /\./g,
  "'": /['’]/g,
  " ": /[ \u00a0\u202f]/g,
  _: /_/g,
};

/** The separator in a number such as 1.234.567,5; undefined if the cell is not one, or separates otherwise. */
export function thousandsIn(cell: string, decimal: DecimalSign): ThousandsSign | undefined {
  const [, first] = /^[+-]?\d{1,3}([.,'’_ \u00a0\u202f])\d{3}/.exec(cell) ?? [];
  const sign = thousandsSigns.find((each) => first !== undefined && first.search(SEPARATORS[each]) === 0);
  if (sign === undefined || sign === decimal) return undefined;
  const [whole, fraction = "0", ...more] = cell.split(decimal);
  const groups = whole.replace(/^[+-]/, "").split(SEPARATORS[sign]);
  const isGrouped = groups.slice(1).every((group) => /^\d{3}$/.test(group));
  return isGrouped && /^\d*$/.test(fraction) && more.length === 0 ? sign : undefined;
}

/**
 * A number's canonical spelling: 007, 7.0 and 0.7e1 all give 7e0. Two cells have the same one if they are the same number, even
 * beyond the 16 digits of a double.
 *
 * @param cell one that `readNumber` reads
 */
export function exactNumber(cell: string, { decimal, thousands }: NumberForm = POINT): string {
  const plain = thousands === undefined ? cell : cell.replace(SEPARATORS[thousands], "");
  const [mantissa, exponent = "0"] = plain.toLowerCase().split("e");
  const [whole, fraction = ""] = mantissa.replace(/^[+-]/, "").split(decimal);
  const digits = whole + fraction;
  let [first, end] = [0, digits.length];
  while (digits[first] === "0") first++;
  while (end > first && digits[end - 1] === "0") end--;
  if (first === end) return "0";
  const shift = digits.length - end - fraction.length;
  return `${mantissa.startsWith("-") ? "-" : ""}${digits.slice(first, end)}e${Number(exponent) + shift}`;
}

/** Advice for a cell that is not a number in this form, but is one with the other decimal separator, or is written differently. */
export function otherwiseNumber(cell: string, { decimal }: NumberForm): string | undefined {
  const other = decimal === "." ? "," : ".";
  const thousands = thousandsIn(cell, decimal);
  const fraction =
    readNumber(cell, { decimal: other }) === undefined
      ? undefined
      : `if "${other}" stands before the fraction, say ${setting(`--decimal ${other}`, `decimal: "${other}"`)}`;
  if (thousands === undefined) {
    const digits = `write numbers in decimal with the characters 0-9, "-" and "${decimal}" alone`;
    return fraction ?? (isDressed(cell) ? digits : undefined);
  }
  const name = Object.entries(thousandsNames).find(([, sign]) => sign === thousands)?.[0];
  const groups = `if "${thousands}" separates thousands, say ${setting(`--thousands ${name}`, `thousands: ${JSON.stringify(thousands)}`)}`;
  return fraction === undefined ? groups : `${groups}; ${fraction}`;
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
  const written = readNumber(bare) ?? readNumber(bare, { decimal: "," }) ?? readNumber(bare.replace("\u066b", "."));
  return written !== undefined || hasThousands(marked) || LAKHS.test(marked);
}

/** India's thousands separators: 12,34,567. */
const LAKHS = /^[+-]?\d{1,2}(,\d\d)+,\d{3}(\.\d+)?$/;
