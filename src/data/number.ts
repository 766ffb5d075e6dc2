const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** The number that a trimmed cell writes in decimal, infinite where it is too large; undefined for anything else. */
export function readNumber(cell: string): number | undefined {
  return DECIMAL.test(cell) ? Number(cell) : undefined;
}
