/** Font sizes in pixels. */
export const sizes = { title: 16, panel: 13, label: 12, tick: 11 } as const;

/** Widths of words without a browser: shares of the font size between those of Arial and of the wider DejaVu Sans. */

const WIDE = /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\u{1F000}-\u{3FFFD}]/u;

function widthOf(character: string): number {
  if (/[ijl.,:;'|!\u2009\u202F]/.test(character)) return 0.28;
  if (/[frt ()[\]{}/\\*"⁰¹²³⁴-⁹⁻-]/.test(character)) return 0.37;
  if (/[mwMW@%]/.test(character)) return 0.88;
  if (/[A-Z&+=<>~−×±∞→_]/.test(character)) return 0.69;
  return WIDE.test(character) ? 1.03 : 0.57;
}

/** Pixels that words take in a font of `size` pixels: an estimate. */
export const textWidth = (text: string, size: number): number =>
  size * Array.from(text).reduce((sum, character) => sum + widthOf(character), 0);

/** Words broken into lines no wider than `width` pixels; a longer word keeps its line. */
export function wrap(text: string, width: number, size: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter((part) => part !== "")) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && textWidth(longer, size) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
