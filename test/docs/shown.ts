/**
 * Whether a program wrote what a page shows: line by line, with blanks of any width. A line of `…` stands for any lines,
 * `…` in a line for anything, a number behind `~` for any number, and a time in ms, s or min for any time.
 */
export function showsOutput(shown: string, written: string): boolean {
  return new RegExp(`^${squeezed(shown).split("\n").map(patternOf).join("")}$`).test(`${squeezed(written)}\n`);
}

const squeezed = (text: string): string =>
  text
    .split("\n")
    .map((line) => line.trim().replace(/\s+/g, " "))
    .join("\n")
    .replace(/^\n+|\n+$/g, "");

function patternOf(line: string): string {
  if (line === "…") return "(?:[^\\n]*\\n)*?";
  const pieces = line.split(/(…|[\d.,]+ (?:ms|s|min)\b|~[\d.,]+)/).map((piece) => {
    if (piece === "…") return "[^\\n]*?";
    if (/^[\d.,]+ (ms|s|min)$/.test(piece)) return "[\\d.,]+ (?:ms|s|min)";
    if (/^~\d/.test(piece)) return "[\\d.,e-]+";
    return piece.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
  });
  return `${pieces.join("")}\\n`;
}
