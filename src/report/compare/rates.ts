import { type CompareResult, labelOf, type Trial } from "../../compare/index.ts";
import { type Block, chart, details, prose } from "../../figure/index.ts";
import { ruleOf } from "../../optimizers/index.ts";
import * as format from "../format.ts";
import { listed } from "../phrases.ts";
import { type Column, numberColumn, tableBlock, textColumn } from "../table.ts";
import { completionOf } from "./completion.ts";
import { type Series, seriesOf } from "./curve-figures.ts";
import { sensitivityFigure } from "./rate-figure.ts";

/** A rate is good if its loss is at most this multiple of the lowest. */
const GOOD = 1.25;

/** The result of the search for one optimizer's learning rate. */
interface Found extends Pick<Series, "label" | "series"> {
  /** Whether all of its trials were made: only then is a rate chosen. */
  readonly isFinished: boolean;
  /** The rule's default rate, and the first trial, which is the nearest to it. */
  readonly own: number;
  readonly first: Trial;
  /** Null where every rate diverged. */
  readonly best: FiniteTrial | null;
  /** Whether the best is the lowest or the highest rate tried: a better one may lie beyond. */
  readonly atEdge: boolean;
  /** The lowest and the highest good rate; null where there is none, as with negative losses. */
  readonly good: readonly [low: number, high: number] | null;
}

/** A trial that did not diverge. */
type FiniteTrial = Trial & { readonly loss: number };

/** The loss by learning rate, as a chart and a table. */
export function rateBlocks(result: CompareResult): Block[] {
  const all = seriesOf(result).flatMap((each) => searchOf(each, result));
  if (all.length === 0)
    return [
      prose(
        completionOf(result).tunable.length > 0
          ? "The search was interrupted before a trial finished: no learning rate was chosen."
          : "No learning rates were tuned: each optimizer ran at its given rate, or at its default.",
      ),
    ];
  const finished = all.filter(({ isFinished }) => isFinished);
  const found = [defaultWords(finished), edgeWords(finished), divergedWords(finished), interruptedWords(result)]
    .filter((each) => each !== "")
    .join(" ");
  const words = `${marksWords(result)} ${found}`;
  const drawn = sensitivityFigure(result, words);
  return [
    drawn === null ? prose(found) : chart(drawn, words),
    details("Table of the learning rates", [ratesTable(all)]),
  ];
}

function searchOf({ label, series, trials }: Series, result: CompareResult): Found[] {
  const { settings } = result;
  const contender = settings.optimizers.find((each) => labelOf(each) === label);
  const [first] = trials;
  if (contender === undefined || first === undefined) return [];
  const judged = trials.flatMap((trial): FiniteTrial[] =>
    trial.loss === null ? [] : [{ ...trial, loss: trial.loss }],
  );
  const [best = null] = [...judged].sort((a, b) => a.loss - b.loss || a.lr - b.lr);
  const good = judged.filter(({ loss }) => best !== null && loss <= GOOD * best.loss).map(({ lr }) => lr);
  const rates = trials.map(({ lr }) => lr);
  return [
    {
      ...{ label, series, first, best },
      isFinished: completionOf(result).searched.includes(label),
      own: ruleOf(contender).spec.hyper.lr,
      atEdge: best !== null && (best.lr === Math.min(...rates) || best.lr === Math.max(...rates)),
      good: good.length === 0 ? null : [Math.min(...good), Math.max(...good)],
    },
  ];
}

/** The meaning of the chart's marks. */
function marksWords(result: CompareResult): string {
  const { sensitivity } = result;
  const lost = sensitivity.some(({ loss }) => loss === null) ? "rates that diverged, or whose" : "rates whose";
  const chosen = completionOf(result).searched.length === 0 ? "" : ", each diamond a chosen rate";
  return `Each point is a trial${chosen}; crosses at the top are ${lost} loss lies above the chart.`;
}

/** Which optimizers do well at their default rate. */
function defaultWords(all: readonly Found[]): string {
  const searched = all.filter(({ best }) => best !== null);
  const ready = searched.filter(
    ({ best, first }) => first.loss !== null && best !== null && first.loss <= GOOD * best.loss,
  );
  if (searched.length === 0) return "";
  if (ready.length === 0)
    return `At the rate nearest its default, ${searched.length === 1 ? searched[0].label : "no optimizer"} ${searched.length === 1 ? "does not come" : "comes"} within 25 % of its lowest loss.`;
  const [come, own] = ready.length === 1 ? ["comes", "its"] : ["come", "their"];
  const others = searched.length - ready.length;
  const rest = others === 0 ? "" : others === 1 ? "; the other does not" : "; the others do not";
  return `At the rate nearest ${own} default, ${listed(ready.map(({ label }) => label))} ${come} within 25 % of ${own} lowest loss${rest}.`;
}

/** Which searches were cut off. */
function interruptedWords(result: CompareResult): string {
  const { tunable, searched } = completionOf(result);
  const cut = tunable.filter((label) => !searched.includes(label));
  return cut.length === 0 ? "" : `The search for ${listed(cut)} was interrupted, so no rate was chosen.`;
}

/** Which searches may have run out of trials too soon. */
function edgeWords(all: readonly Found[]): string {
  const labels = all.filter(({ atEdge }) => atEdge).map(({ label }) => label);
  if (labels.length === 0) return "";
  return `For ${listed(labels)}, the best rate is the lowest or highest that was tried: more trials might find a better one.`;
}

/** Which optimizers diverged at every rate. */
function divergedWords(all: readonly Found[]): string {
  const labels = all.filter(({ best }) => best === null).map(({ label }) => label);
  return labels.length === 0 ? "" : `With ${listed(labels)}, every rate that was tried diverged.`;
}

/** The search for learning rates as a table. */
const rateColumns: readonly Column<Found>[] = [
  textColumn("optimizer", ({ label }) => label),
  numberColumn("default", ({ own }) => own, format.setting),
  numberColumn("loss near default", ({ first }) => first.loss ?? "diverged", format.loss),
  numberColumn("chosen", ({ isFinished, best }) => (isFinished ? best?.lr : "interrupted"), format.setting),
  numberColumn("loss at chosen", ({ isFinished, best }) => (isFinished ? best?.loss : null), format.loss),
  numberColumn("good rates", ({ isFinished, good }) => (isFinished ? good && goodWords(good) : null), format.setting),
];

const goodWords = ([low, high]: readonly [number, number]): string =>
  low === high ? format.setting(low) : `${format.setting(low)} to ${format.setting(high)}`;

const ratesTable = (all: readonly Found[]): Block =>
  tableBlock({
    caption:
      "The default learning rate, the chosen one, and the good ones, whose loss is at most 25 % above the lowest",
    columns: rateColumns,
    rows: all,
    curve: ({ label, series }) => ({ label, series }),
  });
