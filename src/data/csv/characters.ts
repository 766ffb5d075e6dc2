/** Characters of a table's text, by their codes, and the ends of its lines. */

export const [TAB, LINE_FEED, RETURN, BLANK, QUOTE, HASH] = [...'\t\n\r "#'].map((character) =>
  character.charCodeAt(0),
);

/** Whether a cell that begins with this character may not be taken as it stands. */
export const isDressed = (code: number): boolean => code === QUOTE || code === BLANK || code === TAB;

/** The place of the line break after `from`, or the text's end. */
export function endOfLine(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === LINE_FEED || code === RETURN) return at;
  }
  return text.length;
}

/** The number of line breaks in a stretch: LF, CR LF or CR. */
export function lineBreaks(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === LINE_FEED || (code === RETURN && text.charCodeAt(at + 1) !== LINE_FEED)) count++;
  }
  return count;
}
