/** How many cells of a terminal a character takes: letters one, East Asian letters and pictures two. */

const WIDE =
  /^[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60]|\p{Emoji_Presentation}/u;
/** A label must not move the cursor, change colours or turn the direction of writing. U+200D joins parts of a picture. */
const CONTROL = /(?!\u200D)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

export interface Character {
  readonly character: string;
  readonly width: number;
}

/** ASCII and lines of boxes, a cell each: most of what is written, and no segmenter is needed for it. */
const PLAIN = /^[ -~\u2500-\u257F]*$/;

/** Made once: making it takes longer than to segment a label. */
const GRAPHEMES = new Intl.Segmenter("en", { granularity: "grapheme" });

/** The characters of a text as a reader sees them, marks and joiners with their letter. */
export function cells(text: string): Character[] {
  if (PLAIN.test(text)) return Array.from(text, (character) => ({ character, width: 1 }));
  return Array.from(GRAPHEMES.segment(text), ({ segment }) => {
    const character = segment.replace(CONTROL, segment.length === 1 ? "\uFFFD" : "") || "\uFFFD";
    return { character, width: WIDE.test(character) ? 2 : 1 };
  });
}

/** The width of a text in a terminal, in cells: wide characters, such as Chinese ones and emoji, take two. */
export const cellWidth = (text: string): number => cells(text).reduce((sum, { width }) => sum + width, 0);

/** A text cut to a width in cells, with an ellipsis if something is lost. */
export function shorten(text: string, width: number): string {
  const characters = cells(text);
  const join = (count: number) =>
    characters
      .slice(0, count)
      .map(({ character }) => character)
      .join("");
  if (cellWidth(text) <= width) return join(characters.length);
  let [count, used] = [0, 1];
  while (used + characters[count].width <= width) used += characters[count++].width;
  return width < 1 ? "" : `${join(count)}…`;
}
