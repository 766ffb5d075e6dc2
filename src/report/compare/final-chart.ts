import { type CompareResult, type Ranked, wilson } from "../../compare/index.ts";
import { type AxisOptions, type Block, chart, errorBar, figure, type Mark, marker, panel } from "../../figure/index.ts";
import * as format from "../format.ts";
import { capital, several } from "../phrases.ts";
import type { Interval } from "../table.ts";
import { seriesOf } from "./curve-figures.ts";

/** One of the ranking's measures, with its uncertainty. */
interface Measure {
  readonly name: string;
  /** The meaning of the bars. */
  readonly words: string;
  readonly x: AxisOptions;
  readonly of: (line: Ranked) => { readonly middle: number; readonly interval: Interval } | null;
  readonly write: (value: number) => string;
  /** Drawn so many times as large: a fraction in percent. */
  readonly scale: number;
}

/** A dot and a bar for each optimizer: whether its bar overlaps another's. */
export function finalChart(result: CompareResult): Block[] {
  const { ranking } = result;
  const measures = [finalLoss(ranking), testAccuracy(result)].filter(({ of }) => ranking.some((line) => of(line)));
  if (measures.length === 0) return [];
  const apart = "Where two bars overlap, the difference between those optimizers may be chance.";
  const words = [...measures.map((measure) => measure.words), apart].join(" ");
  const drawn = figure({
    title: capital(measures.map(({ name }) => name).join(" and ")),
    description: words,
    legend: "none",
    height: 120 + 26 * ranking.length,
    panels: measures.map((measure) => strip(result, measure)),
  });
  return [chart(drawn, words)];
}

/** A single seed has no range. */
const finalLoss = (ranking: readonly Ranked[]): Measure => ({
  name: "final loss",
  words: "Dots are medians over the seeds; loss bars run from the lowest to the highest.",
  x: { label: "final validation loss", scale: scaleOf(ranking) },
  of: ({ final, runs }) => (runs > 1 && final ? { middle: final.median, interval: [final.low, final.high] } : null),
  write: format.loss,
  scale: 1,
});

/** Logarithmic if the losses span more than a decade and none is 0. */
function scaleOf(ranking: readonly Ranked[]): "log" | "linear" {
  const ends = ranking.flatMap(({ final }) => (final === null ? [] : [final.low, final.high]));
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  return low > 0 && high > 10 * low ? "log" : "linear";
}

const testAccuracy = ({ dataset }: CompareResult): Measure => ({
  name: "test accuracy",
  words: `Accuracy bars are 95 % intervals (Wilson, ${several(dataset.counts[2], "example")}).`,
  x: { label: "test accuracy (%)" },
  scale: 100,
  of: ({ testAccuracy: seen }) => seen && { middle: seen.median, interval: wilson(seen.median, dataset.counts[2]) },
  write: format.percent,
});

function strip(result: CompareResult, { x, of, write, scale }: Measure) {
  const series = new Map(seriesOf(result).map((each) => [each.label, each.series]));
  const marks = result.ranking.flatMap((line): Mark[] => {
    const measured = of(line);
    if (measured === null) return [];
    const { middle, interval } = measured;
    const [low, high] = interval;
    const look = { label: line.optimizer, series: series.get(line.optimizer) };
    const title = `${line.optimizer}: ${write(middle)}, ${write(low)} to ${write(high)}`;
    return [
      errorBar({ y: [line.optimizer], lo: [scale * low], hi: [scale * high], ...look }),
      marker({ points: [[scale * middle, line.optimizer]], shape: "circle", titles: [title], ...look }),
    ];
  });
  return panel({ x, y: { scale: "band", domain: result.ranking.map(({ optimizer }) => optimizer) }, marks });
}
