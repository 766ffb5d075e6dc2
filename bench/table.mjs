/** A benchmark's results as lines of text: who, how long, and what part of it Downhill takes. */
export function table({ title, unit, results }) {
  const rows = [
    ["", `median, ${unit}`, "quartiles", "Downhill takes", "target", ""],
    ...results.filter((r) => !("skipped" in r)).map(row),
  ];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((cells) => cells[column].length)));
  const lines = rows.map((cells) =>
    cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join("  "),
  );
  const absent = results.filter((r) => "skipped" in r).map(({ name, skipped }) => `without ${name}: ${skipped}`);
  return `\n${title}\n${[...lines, ...absent].map((line) => `  ${line.trimEnd()}\n`).join("")}`;
}

function row({ name, lower, median, upper, ratio, target, met }) {
  const verdict = met === undefined ? "" : met ? "met" : "MISSED";
  const goal = target === undefined ? "" : limits(target, ratio === undefined ? number : times);
  const part = ratio === undefined ? "" : times(ratio.median);
  return [name, number(median), `${number(lower)} – ${number(upper)}`, part, goal, verdict];
}

const limits = ({ atMost, atLeast }, show) =>
  [
    ...(atMost === undefined ? [] : [`≤ ${show(atMost)}`]),
    ...(atLeast === undefined ? [] : [`≥ ${show(atLeast)}`]),
  ].join(", ");

const number = (x) => (x >= 1000 ? x.toFixed(0) : x >= 0.1 ? `${Number(x.toPrecision(3))}` : x.toPrecision(2));

/** A ratio: below a half as a fraction of 1. */
const times = (ratio) => (ratio < 0.5 ? `1/${number(1 / ratio)} ×` : `${ratio.toFixed(2)} ×`);
