import type { CrossValidation, FoldResult, Scores } from "../../train/index.ts";
import * as format from "../format.ts";
import { type Column, numberColumn, textColumn } from "../table.ts";
import { scoreForms } from "./fold-words.ts";

/** A fold; or, below all folds, the mean or the standard deviation of each score. */
export interface FoldRow {
  readonly label: string;
  readonly fold?: FoldResult;
  readonly scores: Scores<number | null>;
}

/** The folds, and their means and standard deviations if there are some. */
export function foldRows({ folds, scores }: CrossValidation): FoldRow[] {
  const rows = folds.map((fold) => ({ label: String(fold.fold), fold, scores: fold.scores }));
  const all = Object.entries(scores);
  if (all.length === 0) return rows;
  const of = (part: "mean" | "deviation"): FoldRow["scores"] =>
    Object.fromEntries(all.map(([name, spread]) => [name, spread[part]]));
  return [...rows, { label: "mean", scores: of("mean") }, { label: "±", scores: of("deviation") }];
}

export function foldColumns(result: Pick<CrossValidation, "folds">): Column<FoldRow>[] {
  const watched = result.folds.some(({ counts }) => counts[1] > 0);
  const counted = (head: string, of: (fold: FoldResult) => number): Column<FoldRow> =>
    numberColumn(head, ({ fold }) => (fold === undefined ? "" : of(fold)), format.count);
  return [
    textColumn("fold", ({ label }) => label),
    counted("trained on", ({ counts }) => counts[0]),
    ...(watched ? [counted("watched", ({ counts }) => counts[1])] : []),
    counted("held out", ({ counts }) => counts[2]),
    counted("epochs", ({ epochs }) => epochs),
    ...scoreForms(result).map(({ name, head, write }) =>
      numberColumn(head, ({ scores }: FoldRow) => scores[name], write),
    ),
  ];
}
