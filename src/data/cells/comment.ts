import { isMissing } from "./missing.ts";

/** Whether a comment begins at a line's beginning: # and anything but a spreadsheet's error, such as #N/A or #DIV/0!. */
export function isComment(text: string, at: number): boolean {
  if (text[at] !== "#") return false;
  const [word] = text.slice(at, at + LONGEST).split(/[,;|\s"]/, 1);
  return !isMissing(word);
}

/** Longer words are no such error. */
const LONGEST = 40;
