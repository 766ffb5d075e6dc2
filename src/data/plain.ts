/** Characters without a width, which programs leave in texts: zero-width space, word joiner, byte-order mark, soft hyphen. */
const NO_WIDTH = /[\u200b\u2060\ufeff\u00ad]/g;

/**
 * Names and classes that look the same are the same: é may be written as one character or as two (Unicode's NFC), a blank
 * may be one that does not break, and characters without a width say nothing.
 */
export const nameIn = (cell: string): string =>
  cell
    .replace(NO_WIDTH, "")
    .replace(/\p{Zs}/gu, " ")
    .trim()
    .normalize("NFC");

/** A text to compare, in lower case, with "-" for all dashes and minus signs, and ordinary forms of wide letters (NFKC). */
export const plainText = (cell: string): string =>
  cell
    .normalize("NFKC")
    .replace(NO_WIDTH, "")
    .replace(/[\u200c-\u200f\u2061-\u2064]/g, "")
    .replace(/[\p{Pd}\u2212]/gu, "-")
    .toLowerCase()
    .trim();
