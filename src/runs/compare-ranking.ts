import { type CompareResult, median, type Ranked } from "../compare/index.ts";
import { type Block, type Cell, prose, type Row, table } from "../figure/page/index.ts";
import { seriesOf } from "./compare-figures.ts";
import { cost, costRange, duration, listed, percent, rate, several } from "./phrases.ts";
import { goal, TARGET_RULE } from "./table.ts";

/** Who gets down how soon and how far, and how much that means. */
export const rankingBlocks = (result: CompareResult): Block[] => [rankingTable(result), prose(...verdict(result))];

function rankingTable(result: CompareResult): Block {
  const series = new Map(seriesOf(result).map((each) => [each.label, each.series]));
  const classes = result.dataset.task === "classification";
  const all = result.ranking.every(({ reached, runs }) => reached === runs);
  const middle = (spread: Ranked["final"], write: (value: number) => string) => written(spread?.median ?? null, write);
  const rows = result.ranking.map(
    (line): Row => ({
      label: line.optimizer,
      series: series.get(line.optimizer),
      cells: [
        line.optimizer,
        written(line.lr, rate),
        line.steps,
        written(line.seconds, duration),
        middle(line.final, cost),
        line.diverged > 0 ? `${line.diverged} of ${line.runs} diverged` : line.final && unbroken(costRange(line.final)),
        middle(line.best, cost),
        classes ? middle(line.testAccuracy, percent) : middle(line.testLoss, cost),
        ...(all ? [] : [`${line.reached} of ${line.runs}`]),
      ],
    }),
  );
  return table({
    caption: "Who gets down how soon, and how far",
    columns: [
      "optimizer",
      { name: "rate", numeric: true },
      { name: "steps", numeric: true, best: "min" },
      { name: "time", numeric: true, best: "min" },
      { name: "final cost", numeric: true, best: "min" },
      "over seeds",
      { name: "lowest", numeric: true, best: "min" },
      classes
        ? { name: "test accuracy", numeric: true, best: "max" }
        : { name: "test cost", numeric: true, best: "min" },
      ...(all ? [] : ["arrived"]),
    ],
    rows,
  });
}

/** A range stays on one line: no break is allowed after its dash. */
const unbroken = (range: string): string => range.replace("–", "–\u2060");

const written = (value: number | null, write: (value: number) => string): Cell =>
  value === null ? null : { value, text: write(value) };

/** What the numbers of the table do and do not say. */
function verdict({ ranking, settings, target }: CompareResult): string[] {
  const seeds = settings.seeds.length;
  const finals = ranking.flatMap(({ final }) => final ?? []);
  const medians = finals.map(({ median: middle }) => middle);
  const between = Math.max(...medians) - Math.min(...medians);
  const within = median(finals.map(({ low, high }) => high - low));
  const lost = ranking.filter(({ diverged }) => diverged > 0).map(({ optimizer }) => optimizer);
  return [
    `Costs are of the validation part, and all numbers medians over ${several(seeds, "seed")}.${
      target === null
        ? ""
        : ` Steps and time are those until ${goal(target)}, looked at after each epoch.${target.given ? "" : ` That target lies ${TARGET_RULE}.`}`
    }`,
    ...(finals.length > 1 && seeds > 1
      ? [
          1.5 * within >= between
            ? `In the end the optimizers are about equal: their final costs differ by ${cost(between)}, those of one optimizer from seed to seed by ${cost(within)}. What tells them apart is how soon they arrive.`
            : `Their final costs differ by ${cost(between)}, those of one optimizer from seed to seed by ${cost(within)}: some of the differences are more than chance.`,
        ]
      : []),
    ...(lost.length === 0
      ? []
      : [`${listed(lost)} diverged in some runs: the cost grew beyond all numbers, and the run was ended.`]),
  ];
}
