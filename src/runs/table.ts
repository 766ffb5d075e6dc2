import type { CompareResult, Ranked, TargetUsed } from "../compare/index.ts";
import { formatNumber } from "../figure/index.ts";
import { cost, costRange, count, duration, percent, rate } from "./phrases.ts";

/** A table of words: numbers are right-aligned, the rest left. */
export interface EndTable {
  readonly columns: readonly { readonly title: string; readonly align: "left" | "right" }[];
  readonly rows: readonly (readonly string[])[];
  /** What the table's words mean: the target and where it comes from, what the spread is. */
  readonly notes: readonly string[];
}

type Cell = (line: Ranked) => string;

/** The comparison's ranking in words, for a terminal. */
export function endTable(result: CompareResult): EndTable {
  const { ranking, target } = result;
  const classes = result.dataset.task === "classification";
  const left = { align: "left" } as const;
  const right = { align: "right" } as const;
  const columns: readonly (readonly [title: string, side: typeof left | typeof right, cell: Cell])[] = [
    ["", right, (line) => String(line.rank)],
    ["optimizer", left, (line) => line.optimizer],
    ["rate", right, (line) => rate(line.lr)],
    ["steps", right, (line) => (line.steps === null ? "–" : count(line.steps))],
    ["seconds", right, (line) => (line.seconds === null ? "–" : duration(line.seconds))],
    ["final cost", right, (line) => (line.final === null ? "diverged" : cost(line.final.median))],
    ["over seeds", left, spreadOf],
    ["best", right, (line) => cost(line.best?.median ?? null)],
    classes
      ? ["test accuracy", right, (line) => (line.testAccuracy === null ? "–" : percent(line.testAccuracy.median))]
      : ["test cost", right, (line) => cost(line.testLoss?.median ?? null)],
  ];
  return {
    columns: columns.map(([title, side]) => ({ title, ...side })),
    rows: ranking.map((line) => columns.map(([, , cell]) => cell(line))),
    notes: ranking.length === 0 ? ["No final run came to its end."] : notesOf(result, target),
  };
}

function spreadOf({ final, runs, diverged }: Ranked): string {
  if (diverged > 0) return `${diverged} of ${runs} diverged`;
  return final === null || runs === 1 ? "" : costRange(final);
}

function notesOf({ settings }: CompareResult, target: TargetUsed | null): string[] {
  const seeds = settings.seeds.length;
  return [
    ...(target === null ? [] : [`steps, seconds: until ${goal(target)}`]),
    ...(target === null || target.given ? [] : [`that target: ${TARGET_RULE}`]),
    `final, best: validation cost${seeds === 1 ? "" : `; medians of ${seeds} seeds, and their range`}`,
  ];
}

/** Where a target comes from that was not given. */
export const TARGET_RULE = "nine tenths of the way, on a log scale, from the start to the middle optimizer's best";

/** `the validation cost is 0.138 or less` */
export const goal = ({ measure, value }: TargetUsed): string =>
  measure === "accuracy"
    ? `the validation accuracy is ${percent(value)} or more`
    : `the validation cost is ${formatNumber(value, 3)} or less`;
