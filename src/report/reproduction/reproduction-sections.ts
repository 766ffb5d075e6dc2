import {
  type Block,
  chart,
  details,
  facts,
  formatNumber,
  prose,
  type Section,
  section,
  table,
} from "../../figure/index.ts";
import * as format from "../format.ts";
import { capital, dataName, several } from "../phrases.ts";
import type { JudgedClaim, QuantityTable, ReproductionRecord } from "./reproduction-record.ts";

/** The verdicts in a sentence: `3 claims hold, 1 does not, 1 is undecided`. */
export function verdictWords({ claims }: Pick<ReproductionRecord, "claims">): string {
  const count = (verdict: JudgedClaim["verdict"]): number => claims.filter((each) => each.verdict === verdict).length;
  const [holds, fails, open] = [count("holds"), count("does not hold"), count("undecided")];
  return `Of ${several(claims.length, "claim")}, ${holds} ${holds === 1 ? "holds" : "hold"}, ${fails} ${fails === 1 ? "does" : "do"} not, and ${open} ${open === 1 ? "is" : "are"} undecided.`;
}

export const reproductionLead = (record: ReproductionRecord): string =>
  `${verdictWords(record)} ${record.outcome === "interrupted" ? "The work was interrupted: start it again, and it goes on." : ""}`.trim();

/** What was made again, and at which scale. */
export const reproductionFacts = ({ source, scale, about, data, seconds }: ReproductionRecord): Block[] => [
  prose(`${source}.`, `${scale === "quick" ? "Quick" : "Full"}: ${about}.`),
  facts([
    ["Data", data.map(({ name }) => dataName(name)).join(", ")],
    ["Time", format.duration(seconds)],
  ]),
];

/** Claims, figures, notes and numbers. */
export const reproductionSections = ({ claims, told, figures, notes }: ReproductionRecord): Section[] => [
  section("The claims", [
    prose("At this scale. An interval of a mean or a ratio covers the true one in 95 of 100 cases."),
    ...claims.map(({ claim, verdict, measured }) => prose(`**${capital(verdict)}**: ${claim}`, `${measured}.`)),
  ]),
  ...(figures.length === 0
    ? []
    : [
        section(
          figures.length === 1 ? "The figure" : "The figures",
          figures.map((each) => chart(each)),
        ),
      ]),
  ...(notes.length === 0 ? [] : [section("What differs", [prose(...notes)])]),
  ...(told.length === 0 ? [] : [section("The numbers", [details("Show them", told.map(blockOf))])]),
];

const blockOf = (told: ReproductionRecord["told"][number]): Block =>
  "facts" in told
    ? facts(Object.entries(told.facts).map(([name, value]) => [name, words(value)] as const))
    : tableOf(told);

const tableOf = ({ title, columns }: QuantityTable): Block => {
  const [names, cells] = [Object.keys(columns), Object.values(columns)];
  return table({
    caption: title,
    columns: names.map((name, i) => ({ name, numeric: i > 0 && cells[i].some((each) => typeof each === "number") })),
    rows: cells[0].map((_, row) => ({ cells: cells.map((column) => column[row]) })),
  });
};

const words = (value: number | string): string => (typeof value === "number" ? formatNumber(value, 6) : value);
