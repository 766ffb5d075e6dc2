import { type CompareResult, labelOf, ruleOf, type Trial } from "../compare/index.ts";
import { type Block, chart, details, prose, type Row, table } from "../figure/page/index.ts";
import { type Series, seriesOf } from "./compare-figures.ts";
import { cost, listed, rate } from "./phrases.ts";
import { sensitivityFigure } from "./rate-figure.ts";

/** How much may be lost for a rate to be called good. */
const GOOD = 1.25;

/** What the search for one optimizer's rate has found. */
interface Found extends Pick<Series, "label" | "series"> {
  /** The rule's own rate, and the trial nearest to it: the first. */
  readonly own: number;
  readonly first: Trial;
  readonly best: Trial;
  /** Whether the best is the least or the greatest rate that was tried: beyond it may be a better one. */
  readonly atEdge: boolean;
  /** The least and the greatest rate whose cost is good. */
  readonly good: readonly [low: number, high: number];
}

/** What the rate does to the cost, drawn and in numbers. */
export function rateBlocks(result: CompareResult): Block[] {
  const all = seriesOf(result).flatMap((each) => found(each, result));
  if (all.length === 0)
    return [
      prose("No rates were searched for: each optimizer was run with the rate that was given, or with its default."),
    ];
  const words = `Each point is a trial, the diamond the rate that was chosen, a cross at the top a rate that diverged. ${outOfTheBox(all)}${atTheEdge(all)}`;
  const drawn = sensitivityFigure(result, words);
  return [...(drawn === null ? [] : [chart(drawn, words)]), details("The rates in numbers", [ratesTable(all)])];
}

function found({ label, series, trials }: Series, { settings }: CompareResult): Found[] {
  const contender = settings.optimizers.find((each) => labelOf(each) === label);
  const [first] = trials;
  const best = trials.reduce<Trial | undefined>((a, b) => (lossOf(b) < lossOf(a) ? b : a), undefined);
  if (contender === undefined || best === undefined) return [];
  const good = trials.filter((trial) => lossOf(trial) <= GOOD * lossOf(best)).map(({ lr }) => lr);
  const own = ruleOf(contender).spec.hyper.lr;
  const rates = trials.map(({ lr }) => lr);
  const atEdge = best.lr === Math.min(...rates) || best.lr === Math.max(...rates);
  return [{ label, series, own, first, best, atEdge, good: [Math.min(...good), Math.max(...good)] }];
}

const lossOf = (trial: Trial | undefined): number => trial?.loss ?? Number.POSITIVE_INFINITY;

/** Who is good at the default rate. */
function outOfTheBox(all: readonly Found[]): string {
  const ready = all.filter(({ best, first }) => lossOf(first) <= GOOD * lossOf(best)).map(({ label }) => label);
  if (ready.length === 0)
    return "No optimizer comes within a quarter of its best cost at its default rate: here a search pays for all of them.";
  const [come, own] = ready.length === 1 ? ["comes", "its"] : ["come", "their"];
  const rest = ready.length === all.length ? "" : "; for the others a search pays";
  return `At the default rate ${listed(ready)} ${come} within a quarter of ${own} best cost${rest}.`;
}

/** Whose search ran out of trials on its way. */
function atTheEdge(all: readonly Found[]): string {
  const labels = all.filter(({ atEdge }) => atEdge).map(({ label }) => label);
  if (labels.length === 0) return "";
  return ` The search of ${listed(labels)} ended at its edge: with more trials there might be a better rate.`;
}

const ratesTable = (all: readonly Found[]): Block =>
  table({
    caption: "Rates: the default, the chosen, and those that cost at most a quarter more",
    columns: [
      "optimizer",
      { name: "default", numeric: true },
      { name: "cost near it", numeric: true },
      { name: "chosen", numeric: true },
      { name: "cost there", numeric: true, best: "min" },
      "good rates",
    ],
    rows: all.map(
      ({ label, series, own, first, best, good: [low, high] }): Row => ({
        label,
        series,
        cells: [
          label,
          { value: own, text: rate(own) },
          first.loss === null ? "diverged" : { value: first.loss, text: cost(first.loss) },
          { value: best.lr, text: rate(best.lr) },
          best.loss === null ? null : { value: best.loss, text: cost(best.loss) },
          low === high ? rate(low) : `${rate(low)} to ${rate(high)}`,
        ],
      }),
    ),
  });
