import type { CrossValidation, FoldSpread, ScoreName } from "../../train/index.ts";
import * as format from "../format.ts";
import { alwaysWords, dataName, several } from "../phrases.ts";

/** How a score is called and written. */
export interface ScoreForm {
  readonly name: ScoreName;
  readonly head: string;
  readonly write: (value: number) => string;
  /** The mean and the standard deviation over the folds: `81.2 ± 2.3 %`. */
  readonly spread: (spread: FoldSpread) => string;
}

const percents = ({ mean, deviation }: FoldSpread): string =>
  `${(100 * mean).toFixed(1)} ± ${format.percent(deviation)}`;
const values =
  (write: (value: number) => string) =>
  ({ mean, deviation }: FoldSpread): string =>
    `${write(mean)} ± ${write(deviation)}`;

const plain = (name: ScoreName, head: string, write: (value: number) => string): ScoreForm => ({
  ...{ name, head, write, spread: values(write) },
});

/** The scores in the order of a table; the baseline is told in words. */
const forms: readonly ScoreForm[] = [
  plain("loss", "loss", format.loss),
  { name: "accuracy", head: "accuracy", write: format.percent, spread: percents },
  plain("f1", "macro F1", format.rSquared),
  plain("rocAuc", "ROC AUC", format.rSquared),
  plain("rmse", "RMSE", format.loss),
  plain("mae", "MAE", format.loss),
  plain("r2", "R²", format.rSquared),
];

/** The forms of the scores that some fold has. */
export const scoreForms = ({ folds }: Pick<CrossValidation, "folds">): ScoreForm[] =>
  forms.filter(({ name }) => folds.some(({ scores }) => scores[name] !== undefined));

/** The score that people look at first: the accuracy, the RMSE, or else the loss. */
export const mainScore = (result: CrossValidation): ScoreForm => {
  const all = scoreForms(result);
  return all.find(({ name }) => name === "accuracy" || name === "rmse") ?? forms[0];
};

/** `adam on houses.csv, 5 folds` */
export const foldsTitle = ({ optimizer, data, planned }: CrossValidation): string =>
  `${optimizer} on ${dataName(data)}, ${several(planned, "fold")}`;

/** What was divided, and how: `300 rows, each class spread evenly over the folds; …`. */
export function dividedWords({ rows, aside, groups, task }: CrossValidation): string {
  const how =
    groups === undefined
      ? task === "classification"
        ? ", each class spread evenly over the folds"
        : ""
      : ` of ${several(groups, "group")}, each kept in one fold`;
  return [
    `${several(rows, "row")}${how}`,
    ...(aside === 0 ? [] : [`a test set of ${several(aside, "row")} stays aside`]),
  ].join("; ");
}

/** The means and spreads in a sentence, and what they are to be compared with. */
export function foldsNotes(result: CrossValidation): string[] {
  const { folds, scores, planned, outcome, task } = result;
  const main = mainScore(result);
  const found = scores[main.name];
  const baseline = scores.baseline?.mean;
  const watched = folds.find(({ counts }) => counts[1] > 0)?.counts[1];
  const diverged = folds.filter((fold) => fold.outcome.kind === "diverged").map(({ fold }) => fold);
  return [
    ...(found === undefined
      ? []
      : [`${main.head} ${main.spread(found)}: mean ± sample standard deviation over ${several(folds.length, "fold")}`]),
    ...(baseline === undefined
      ? []
      : [
          task === "classification"
            ? alwaysWords({ accuracy: baseline })
            : `always predicting the mean gives an RMSE of ${format.loss(baseline)}`,
        ]),
    ...unequalWords(result),
    ...(watched === undefined
      ? []
      : [
          `early stopping or the schedule watched ${several(watched, "row")} outside each fold, never the fold that is held out`,
        ]),
    ...(diverged.length === 0 ? [] : [`diverged: fold ${diverged.join(", ")}; a lower learning rate may help`]),
    ...(outcome === "completed" ? [] : [`interrupted after ${several(folds.length, "fold")} of ${planned}`]),
  ];
}

/** Groups are kept whole, so that one of them may be most of the rows. */
function unequalWords({ folds, groups }: CrossValidation): string[] {
  const sizes = folds.map(({ counts }) => counts[2]);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  if (groups === undefined || folds.length < 2 || most <= UNEQUAL * least) return [];
  const range = `from ${format.count(least)} to ${several(most, "row")}`;
  return [`the folds are unequal, ${range}, as each group is kept in one; so the mean says little`];
}

/** Folds are unequal if the largest has more than so many times the rows of the smallest. */
const UNEQUAL = 3;
