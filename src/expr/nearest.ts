/**
 * The allowed name that is nearest to a mistyped one, or undefined where none is near: fewest insertions, deletions,
 * replacements and swaps of neighbours (Damerau 1964), letters compared without case.
 */
export function nearestName(given: string, allowed: Iterable<string>): string | undefined {
  const limit = Math.max(1, Math.floor(given.length / 3));
  let best: string | undefined;
  let fewest = limit + 1;
  for (const name of allowed) {
    if (Math.abs(name.length - given.length) >= fewest) continue;
    const edits = distance(given.toLowerCase(), name.toLowerCase());
    if (edits < fewest) [best, fewest] = [name, edits];
  }
  return best;
}

/** What to say of a name that does not exist: `Adam: unknown hyper-parameter beta; did you mean beta1? Allowed: …` */
export function unknownName(what: string, given: string, allowed: readonly string[]): string {
  const near = nearestName(given, allowed);
  return `${what} ${JSON.stringify(given)} is not known${near === undefined ? "" : `; did you mean ${near}?`} (allowed: ${allowed.join(", ") || "none"})`;
}

function distance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = rows[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swaps = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = swaps ? rows[i - 2][j - 2] + 1 : Number.POSITIVE_INFINITY;
      row.push(Math.min(rows[i - 1][j] + 1, row[j - 1] + 1, replaced, swapped));
    }
    rows.push(row);
  }
  return rows[a.length][b.length];
}
