import { type MeanInterval, meanInterval } from "../src/compare/index.ts";
import { formatNumber } from "../src/figure/index.ts";

/** What a measurement says of a claim. "undecided": the seeds are too few, or too far apart, to tell. */
export const verdicts = ["holds", "does not hold", "undecided"] as const;
/** One of them. */
export type Verdict = (typeof verdicts)[number];

/** A claim with its verdict, and the numbers that it rests on, in words. */
export interface Judged {
  /** One sentence. */
  readonly claim: string;
  readonly verdict: Verdict;
  readonly measured: string;
}

/** A judgement before it has a claim. */
type Finding = Omit<Judged, "claim">;

/**
 * Whether the mean of values, one for each seed, lies from `low` to `high`: it does where its 95 % interval lies within, and does not
 * where that lies outside.
 */
export function within(values: readonly number[], low: number, high: number): Finding {
  const interval = meanInterval(values);
  return { verdict: placed(interval, low, high), measured: intervalWords(interval) };
}

function placed({ mean, low: from, high: to }: MeanInterval, low: number, high: number): Verdict {
  if (Number.isNaN(mean)) return "undecided";
  if (from >= low && to <= high) return "holds";
  return to < low || from > high ? "does not hold" : "undecided";
}

/**
 * Whether a is at most `factor` times b, seed by seed: in the same place of both lists are runs from the same initial weights on the same
 * batches. The mean of log(a/b) decides, by its 95 % interval. Losses must be above 0; one that is not finite leaves it open.
 */
export function atMost(a: readonly number[], b: readonly number[], factor = 1): Finding {
  return ratio(a, b, 0, factor);
}

/** Whether a and b differ by at most `factor`, in either direction; judged as in `atMost`. */
export function alike(a: readonly number[], b: readonly number[], factor: number): Finding {
  return ratio(a, b, 1 / factor, factor);
}

function ratio(a: readonly number[], b: readonly number[], low: number, high: number): Finding {
  if (a.length !== b.length) throw new RangeError(`${a.length} values cannot be paired with ${b.length}`);
  const logs = meanInterval(a.map((value, seed) => Math.log(value / b[seed])));
  const { mean, low: from, high: to } = logs;
  const interval = { mean: Math.exp(mean), low: Math.exp(from), high: Math.exp(to) };
  return { verdict: placed(interval, low, high), measured: `ratio ${intervalWords(interval)}` };
}

/** Whether a count is what it must be: there is no chance in it. */
export const exactly = (count: number, wanted: number): Finding => ({
  verdict: count === wanted ? "holds" : "does not hold",
  measured: count.toLocaleString("en"),
});

/** All of several findings, each with a name: the verdict holds if all do, and does not if one does not. */
export function allOf(named: Readonly<Record<string, Finding>>): Finding {
  const found = Object.values(named).map(({ verdict }) => verdict);
  const measured = Object.entries(named).map(([name, { measured: words }]) => `${name}: ${words}`);
  const verdict = found.includes("does not hold")
    ? "does not hold"
    : found.length > 0 && found.every((each) => each === "holds")
      ? "holds"
      : "undecided";
  return { verdict, measured: measured.join("; ") };
}

/** For a claim of which nothing was measured, since the work was interrupted. */
export const unmeasured: Finding = { verdict: "undecided", measured: "not measured" };

function intervalWords({ mean, low, high }: MeanInterval): string {
  if (Number.isNaN(mean)) return "not finite";
  if (low === high) return formatNumber(mean, 3);
  const isOne = low <= 0 && high === Number.POSITIVE_INFINITY;
  return isOne
    ? `${formatNumber(mean, 3)} (one seed)`
    : `${formatNumber(mean, 3)} (${formatNumber(low, 3)} to ${formatNumber(high, 3)})`;
}
