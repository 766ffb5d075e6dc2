import { median, quartiles } from "./quartiles.mjs";

/** Contenders compute in float32, in different orders. */
const TOLERANCE = 1e-3;

/** Throws where a contender's first results are not Downhill's. `results`: for each contender one a round. */
export function checkAgreement({ name, contenders, tolerance = TOLERANCE }, results) {
  const [subject] = Object.keys(contenders);
  const wanted = results[subject][0]?.check ?? [];
  for (const [other, [result]] of Object.entries(results))
    for (const [k, value] of (result?.check ?? []).entries())
      if (!(Math.abs(value - wanted[k]) <= tolerance * Math.abs(wanted[k])))
        throw new Error(`${name}: step ${k + 1} gives ${value} in ${other}, but ${wanted[k]} in ${subject}`);
}

/** For each contender its value, what part of it Downhill's is, and whether the target is met; or why it was left out. */
export function summarize({ contenders }, results, skipped) {
  const [subject] = Object.keys(contenders);
  return Object.entries(contenders).map(([name, contender]) => {
    if (name in skipped) return { name, skipped: skipped[name] };
    const value = acrossRounds(results[name]);
    if (name === subject) return { name, ...value, ...judged(value.median, contender) };
    if (subject in skipped) return { name, ...value };
    const ratio = quartiles(results[name].map((round, k) => results[subject][k].median / round.median));
    return { name, ...value, ratio, ...judged(ratio.median, contender) };
  });
}

/** The median over the rounds, of medians and of quartiles; and the cores that were busy elsewhere, at most. */
function acrossRounds(rounds) {
  const [lower, middle, upper] = ["lower", "median", "upper"].map((key) => median(rounds.map((round) => round[key])));
  const others = rounds.flatMap((round) => ("others" in round ? [round.others] : []));
  return { lower, median: middle, upper, ...(others.length > 0 ? { others: Math.max(...others) } : {}) };
}

function judged(value, { atMost, atLeast }) {
  if (atMost === undefined && atLeast === undefined) return {};
  return { target: { atMost, atLeast }, met: !(value > atMost || value < atLeast) };
}
