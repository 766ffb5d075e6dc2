/**
 * The allowed name that is nearest to a mistyped one, or undefined where none is near: fewest insertions, deletions,
 * replacements and swaps of neighbours (Damerau 1964), letters compared without case. Of equally near ones the one that
 * begins alike for longer, then the shorter.
 */
export function nearestName(given: string, allowed: Iterable<string>): string | undefined {
  const limit = Math.max(1, Math.floor(given.length / 3));
  const wanted = given.toLowerCase();
  const near = [...allowed]
    .filter((name) => Math.abs(name.length - given.length) <= limit)
    .map((name) => ({ name, edits: distance(wanted, name.toLowerCase()), alike: alike(wanted, name.toLowerCase()) }))
    .filter(({ edits }) => edits <= limit);
  near.sort((a, b) => a.edits - b.edits || b.alike - a.alike || a.name.length - b.name.length);
  return near[0]?.name;
}

/** How many letters two words begin with together. */
function alike(a: string, b: string): number {
  let count = 0;
  while (count < a.length && a[count] === b[count]) count++;
  return count;
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
