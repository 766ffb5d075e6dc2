import { type CompareResult, labelOf, type Trial } from "../../compare/index.ts";
import { type Block, chart, details, prose } from "../../figure/index.ts";
import { ruleOf } from "../../optimizers/index.ts";
import * as format from "../format.ts";
import { listed } from "../phrases.ts";
import { type Column, numberColumn, tableBlock, textColumn } from "../table.ts";
import { type Series, seriesOf } from "./curve-figures.ts";
import { doneOf } from "./done.ts";
import { sensitivityFigure } from "./rate-figure.ts";

/** How much may be lost for a rate to be called good. */
const GOOD = 1.25;

/** What the search for one optimizer's rate has found. */
interface Found extends Pick<Series, "label" | "series"> {
  /** Whether all of its trials were made: only then is a rate chosen. */
  readonly isEnded: boolean;
  /** The rule's own rate, and the trial nearest to it: the first. */
  readonly own: number;
  readonly first: Trial;
  /** Null where every rate diverged. */
  readonly best: Judged | null;
  /** Whether the best is the least or the greatest rate that was tried: beyond it may be a better one. */
  readonly atEdge: boolean;
  /** The least and the greatest rate whose loss is good; null where none is, as where losses are negative. */
  readonly good: readonly [low: number, high: number] | null;
}

/** A trial that did not diverge. */
type Judged = Trial & { readonly loss: number };

/** What the rate does to the loss, drawn and in numbers. */
export function rateBlocks(result: CompareResult): Block[] {
  const all = seriesOf(result).flatMap((each) => searchOf(each, result));
  if (all.length === 0)
    return [
      prose(
        doneOf(result).tunable.length > 0
          ? "The search was interrupted before a trial finished: no rate was chosen."
          : "No rates were searched for: each optimizer was run with the rate that was given, or with its default.",
      ),
    ];
  const ended = all.filter(({ isEnded }) => isEnded);
  const found = [outOfTheBox(ended), atTheEdge(ended), hopeless(ended), notEnded(result)]
    .filter((each) => each !== "")
    .join(" ");
  const words = `${marksWords(result)} ${found}`;
  const drawn = sensitivityFigure(result, words);
  return [drawn === null ? prose(found) : chart(drawn, words), details("The rates in numbers", [ratesTable(all)])];
}

function searchOf({ label, series, trials }: Series, result: CompareResult): Found[] {
  const { settings } = result;
  const contender = settings.optimizers.find((each) => labelOf(each) === label);
  const [first] = trials;
  if (contender === undefined || first === undefined) return [];
  const judged = trials.flatMap((trial): Judged[] => (trial.loss === null ? [] : [{ ...trial, loss: trial.loss }]));
  const [best = null] = [...judged].sort((a, b) => a.loss - b.loss || a.lr - b.lr);
  const good = judged.filter(({ loss }) => best !== null && loss <= GOOD * best.loss).map(({ lr }) => lr);
  const rates = trials.map(({ lr }) => lr);
  return [
    {
      ...{ label, series, first, best },
      isEnded: doneOf(result).searched.includes(label),
      own: ruleOf(contender).spec.hyper.lr,
      atEdge: best !== null && (best.lr === Math.min(...rates) || best.lr === Math.max(...rates)),
      good: good.length === 0 ? null : [Math.min(...good), Math.max(...good)],
    },
  ];
}

/** What the chart's marks mean. */
function marksWords(result: CompareResult): string {
  const { sensitivity } = result;
  const lost = sensitivity.some(({ loss }) => loss === null) ? "a rate that diverged, or whose" : "a rate whose";
  const chosen = doneOf(result).searched.length === 0 ? "" : ", the diamond the rate that was chosen";
  return `Each point is a trial${chosen}; a cross at the top is ${lost} loss lies above the chart.`;
}

/** Who is good at the default rate. */
function outOfTheBox(all: readonly Found[]): string {
  const searched = all.filter(({ best }) => best !== null);
  const ready = searched.filter(
    ({ best, first }) => first.loss !== null && best !== null && first.loss <= GOOD * best.loss,
  );
  if (searched.length === 0) return "";
  if (ready.length === 0)
    return `At the rate nearest to its default ${searched.length === 1 ? searched[0].label : "no optimizer"} ${searched.length === 1 ? "does not come" : "comes"} within a quarter of its lowest loss.`;
  const [come, own] = ready.length === 1 ? ["comes", "its"] : ["come", "their"];
  const rest = ready.length === searched.length ? "" : "; the others do not";
  return `At the rate nearest to the default ${listed(ready.map(({ label }) => label))} ${come} within a quarter of ${own} lowest loss${rest}.`;
}

/** Whose search was cut off. */
function notEnded(result: CompareResult): string {
  const { tunable, searched } = doneOf(result);
  const cut = tunable.filter((label) => !searched.includes(label));
  return cut.length === 0 ? "" : `The search was interrupted for ${listed(cut)}: no rate was chosen there.`;
}

/** Whose search ran out of trials on its way. */
function atTheEdge(all: readonly Found[]): string {
  const labels = all.filter(({ atEdge }) => atEdge).map(({ label }) => label);
  if (labels.length === 0) return "";
  return `The search of ${listed(labels)} ended at its edge: with more trials there might be a better rate.`;
}

/** Whom the search did not help. */
function hopeless(all: readonly Found[]): string {
  const labels = all.filter(({ best }) => best === null).map(({ label }) => label);
  return labels.length === 0 ? "" : `With ${listed(labels)} every rate that was tried diverged.`;
}

/** The search for rates as a table. */
const rateColumns: readonly Column<Found>[] = [
  textColumn("optimizer", ({ label }) => label),
  numberColumn("default", ({ own }) => own, format.setting),
  numberColumn("loss near it", ({ first }) => first.loss ?? "diverged", format.loss),
  numberColumn("chosen", ({ isEnded, best }) => (isEnded ? best?.lr : "interrupted"), format.setting),
  numberColumn("loss there", ({ isEnded, best }) => (isEnded ? best?.loss : null), format.loss),
  numberColumn("good rates", ({ isEnded, good }) => (isEnded ? good && goodWords(good) : null), format.setting),
];

const goodWords = ([low, high]: readonly [number, number]): string =>
  low === high ? format.setting(low) : `${format.setting(low)} to ${format.setting(high)}`;

const ratesTable = (all: readonly Found[]): Block =>
  tableBlock({
    caption: "Rates: the default, the chosen, and those whose loss is at most a quarter above the lowest",
    columns: rateColumns,
    rows: all,
    curve: ({ label, series }) => ({ label, series }),
  });
