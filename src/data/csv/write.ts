/** A record of comma-separated values as RFC 4180 has it, with its line break: cells are quoted where they have to be. */
export const csvLine = (cells: readonly (string | number)[]): string => `${cells.map(cellText).join(",")}\n`;

function cellText(cell: string | number): string {
  const text = `${cell}`;
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
