import { chart, details, facts, formatNumber, page, prose, section } from "../figure/index.ts";
import type { Experiment, Findings, Numbers } from "./experiment.ts";

/** An experiment that was run, and what it found. */
export interface Performed {
  readonly experiment: Experiment;
  readonly findings: Findings;
}

/** Experiments and their findings as one HTML document: for each the claim, whether it holds, the figure and the numbers. */
export function lecturePage(performed: readonly Performed[]): string {
  const holding = performed.filter(({ findings }) => findings.holds).length;
  const [only] = performed;
  return page({
    title: performed.length === 1 ? only.experiment.title : "The lecture, made of numbers",
    lead:
      performed.length === 1
        ? ""
        : `${performed.length} experiments: ${holding === performed.length ? "all claims hold" : `${holding} claims hold, ${performed.length - holding} do not`}.`,
    sections: performed.map(({ experiment, findings }) => sectionOf(experiment, findings)),
  });
}

const sectionOf = ({ title, claim }: Experiment, { holds, numbers, figure }: Findings) =>
  section(title, [
    prose(claim, `The claim ${holds ? "**holds**" : "**does not hold**"}.`),
    chart(figure),
    details("The numbers", [
      facts(Object.entries(numbers).map(([name, value]) => [name, numberWords(value)] as const)),
    ]),
  ]);

/** A finding in words: numbers to six digits, lists with blanks between them, points in parentheses. */
export function numberWords(value: Numbers[string]): string {
  if (typeof value === "number") return formatNumber(value, 6);
  return typeof value === "object" ? value.map(itemWords).join("  ") : String(value);
}

const itemWords = (item: number | readonly number[]): string =>
  typeof item === "number" ? formatNumber(item, 6) : `(${item.map((x) => formatNumber(x, 6)).join(", ")})`;
