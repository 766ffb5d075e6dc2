// What came of it, as a table and as a list of those that no test found.

/** Counts by chapter, and of all. */
export function countsOf(results) {
  const chapters = [...new Set(results.map(({ chapter }) => chapter))].sort();
  return [
    ...chapters.map((chapter) =>
      count(
        chapter,
        results.filter((each) => each.chapter === chapter),
      ),
    ),
    count("all", results),
  ];
}

function count(chapter, results) {
  const of = (state) => results.filter((each) => each.state === state).length;
  const [killed, survived, timedOut, noCoverage] = ["killed", "survived", "timed out", "no coverage"].map(of);
  const found = killed + timedOut;
  return {
    chapter,
    mutants: results.length,
    killed,
    survived,
    timedOut,
    noCoverage,
    score: found / Math.max(1, results.length),
  };
}

export function table(results) {
  const head = ["chapter", "mutants", "killed", "survived", "timed out", "no coverage", "score"];
  const rows = countsOf(results).map(({ score, ...counts }) => [
    ...Object.values(counts).map(String),
    `${(100 * score).toFixed(1)} %`,
  ]);
  const widths = head.map((name, i) => Math.max(name.length, ...rows.map((row) => row[i].length)));
  const line = (cells) =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join("  ");
  return [head, ...rows].map(line).join("\n");
}

/** Those that no test found, with what was changed. */
export function survivors(results) {
  return results
    .filter(({ state }) => state === "survived" || state === "no coverage")
    .sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1))
    .map(
      ({ file, line, state, kind, diff }) =>
        `${file}:${line}  ${kind}${state === "survived" ? "" : `, ${state}`}\n${diff}`,
    )
    .join("\n\n");
}

/** The changed lines, as a diff shows them. */
export function diffOf(before, after) {
  const [a, b] = [before.split("\n"), after.split("\n")];
  let [top, bottom] = [0, 0];
  while (top < a.length && a[top] === b[top]) top++;
  while (bottom < a.length - top && bottom < b.length - top && a[a.length - 1 - bottom] === b[b.length - 1 - bottom])
    bottom++;
  const part = (lines, sign) => lines.slice(top, lines.length - bottom).map((line) => `  ${sign} ${line.trim()}`);
  return [...part(a, "-"), ...part(b, "+")].join("\n");
}
