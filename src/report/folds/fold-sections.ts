import {
  type Block,
  chart,
  facts,
  figure,
  marker,
  panel,
  prose,
  rule,
  type Section,
  section,
} from "../../figure/index.ts";
import type { CrossValidation } from "../../train/index.ts";
import * as format from "../format.ts";
import { capital, dataName } from "../phrases.ts";
import { tableBlock } from "../table.ts";
import { foldColumns, foldRows } from "./fold-columns.ts";
import { dividedWords, foldsNotes, mainScore } from "./fold-words.ts";

/** A cross-validation in sentences. */
export const foldsLead = (result: CrossValidation): string =>
  foldsNotes(result)
    .map((words) => `${capital(words)}.`)
    .join(" ");

export const foldsFacts = (result: CrossValidation): Block =>
  facts([
    ["Data", dataName(result.data)],
    ["Rows", dividedWords(result)],
    ["Model", result.model],
    ["Loss", result.loss],
    ["Optimizer", result.optimizer],
    ...settingFacts(result),
    ["Training time", format.duration(result.seconds)],
  ]);

/** The settings that all folds share, as far as they are known. */
function settingFacts({ hyper = {}, schedule, batchSize, seed }: CrossValidation): [name: string, value: string][] {
  const all = [
    ...Object.entries(hyper).map(([name, value]) => [name, format.setting(value)] as const),
    ["Schedule", schedule],
    ["Batch size", typeof batchSize === "number" ? format.count(batchSize) : batchSize],
    ["Seed", seed?.toString()],
  ] as const;
  return all.flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]]));
}

/** The folds as a figure and a table. */
export function foldsSections(result: CrossValidation): Section[] {
  const { folds } = result;
  if (folds.length === 0) return [section("The folds", [prose("No fold was finished.")])];
  const caption = "Each fold, measured by the net that was trained on the others";
  return [
    section("The folds", [
      ...foldsChart(result),
      tableBlock({ caption, columns: foldColumns(result), rows: foldRows(result) }),
    ]),
  ];
}

/** A dot for each fold, and a line at their mean. */
function foldsChart(result: CrossValidation): Block[] {
  const { name, head, write, spread } = mainScore(result);
  const scale = name === "accuracy" ? 100 : 1;
  const known = result.folds.flatMap(({ fold, scores }) => {
    const value = scores[name];
    return typeof value === "number" ? [{ value, label: `fold ${fold}` }] : [];
  });
  const middle = result.scores[name];
  if (known.length === 0) return [];
  const words = `The ${head} of each fold${middle === undefined ? "" : `; the line is their mean, ${spread(middle)}`}.`;
  const drawn = figure({
    title: `${capital(head)} by fold`,
    description: words,
    legend: "none",
    height: 110 + 24 * known.length,
    panels: [
      panel({
        x: { label: name === "accuracy" ? "accuracy (%)" : head },
        y: { scale: "band", domain: known.map(({ label }) => label) },
        marks: [
          ...(middle === undefined ? [] : [rule({ x: scale * middle.mean })]),
          marker({
            points: known.map(({ value, label }) => [scale * value, label] as const),
            shape: "circle",
            titles: known.map(({ value, label }) => `${label}: ${write(value)}`),
          }),
        ],
      }),
    ],
  });
  return [chart(drawn, words)];
}
