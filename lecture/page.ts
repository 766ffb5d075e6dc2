import { type Block, chart, details, facts, page, prose, section, table } from "../src/figure/index.ts";
import { has, need } from "./door.ts";
import type { Experiment, Findings } from "./experiment.ts";
import { type Cell, cellWords, isNumeric, type NumberTable, type Told } from "./told.ts";

/** An experiment that was run, with its findings. */
export interface Performed {
  /** The experiment. */
  readonly experiment: Experiment;
  /** Its result. */
  readonly findings: Findings;
}

/** Experiments and their findings as one HTML document: for each the claim, whether it holds, the figure and the numbers. */
export function lecturePage(performed: readonly Performed[]): string {
  const list = "a list of { experiment, findings }";
  need(Array.isArray(performed) && performed.length > 0, "lecturePage: the list", performed, list);
  for (const [i, each] of performed.entries()) {
    need(has(each, "experiment", "findings"), `lecturePage: the list's [${i}]`, each, "{ experiment, findings }");
    need(has(each.experiment, "title", "claim"), "lecturePage: an experiment", each.experiment, "one of experiments");
    need(has(each.findings, "holds", "told", "figure"), "lecturePage: findings", each.findings, "what run() found");
  }
  const [only] = performed;
  return page({
    title: performed.length === 1 ? only.experiment.title : "The lecture as experiments",
    lead: performed.length === 1 ? "" : `${performed.length} experiments: ${verdictOf(performed)}.`,
    sections: performed.map(({ experiment, findings }) =>
      sectionOf(performed.length === 1 ? "The claim" : experiment.title, experiment, findings),
    ),
  });
}

function verdictOf(performed: readonly Performed[]): string {
  const failing = performed.filter(({ findings }) => !findings.holds).length;
  if (failing === 0) return "all claims hold";
  return `${failing} of ${performed.length} claims ${failing === 1 ? "does" : "do"} not hold`;
}

const sectionOf = (title: string, { claim }: Experiment, { holds, told, figure }: Findings) =>
  section(title, [
    prose(claim, `The claim ${holds ? "**holds**" : "**does not hold**"}.`),
    chart(figure),
    details("The numbers", blocksOf(told)),
  ]);

const blocksOf = (told: Told): Block[] =>
  told.map((each) =>
    "facts" in each
      ? facts(Object.entries(each.facts).map(([label, cell]) => [label, cellWords(cell)] as const))
      : tableOf(each),
  );

const tableOf = ({ title, columns }: NumberTable): Block => {
  const [names, cells] = [Object.keys(columns), Object.values(columns)];
  return table({
    caption: title,
    columns: names.map((name, i) => ({ name, numeric: i > 0 && isNumeric(cells[i]) })),
    rows: cells[0].map((_, row) => ({ cells: cells.map((column, i) => written(column[row], i > 0)) })),
  });
};

/** The first column names the rows: its numbers are words. */
const written = (cell: Cell, isValue: boolean) =>
  typeof cell === "number" && isValue ? { value: cell, text: cellWords(cell) } : cellWords(cell);
