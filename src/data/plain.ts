/** Characters without a width, which programs leave in texts: zero-width space, word joiner, byte-order mark, soft hyphen. */
const NO_WIDTH = /[\u200b\u2060\ufeff\u00ad]/g;

/** ASCII needs no more than trimming, and is nearly all that there is. */
const PLAIN = /^[\x20-\x7e]*$/;

/**
 * Names and classes that look the same are the same: é may be written as one character or as two (Unicode's NFC), a blank
 * may be one that does not break, and characters without a width say nothing.
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
