/** Invisible characters that programs leave in texts: zero-width space, word joiner, byte-order mark, soft hyphen. */
const NO_WIDTH = /[\u200b\u2060\ufeff\u00ad]/g;

/** ASCII, which nearly all texts are, only needs trimming. */
const PLAIN = /^[\x20-\x7e]*$/;

/**
 * Makes names and classes that look the same equal: é may be one character or two (Unicode's NFC), a blank may be a non-breaking
 * one, and invisible characters are dropped.
 */
export function nameIn(cell: string): string {
  if (PLAIN.test(cell)) return cell.trim();
  return cell
    .replace(NO_WIDTH, "")
    .replace(/\p{Zs}/gu, " ")
    .trim()
    .normalize("NFC");
}

/** A text to compare, in lower case, with "-" for all dashes and minus signs, and ordinary forms of wide letters (NFKC). */
export function plainText(cell: string): string {
  if (PLAIN.test(cell)) return cell.toLowerCase().trim();
  const narrow = cell
    .normalize("NFKC")
    .replace(NO_WIDTH, "")
    .replace(/[\u200c-\u200f\u2061-\u2064]/g, "");
  return narrow
    .replace(/[\p{Pd}\u2212]/gu, "-")
    .toLowerCase()
    .trim();
}
