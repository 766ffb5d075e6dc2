import { type Block, prose, type Section, section, table } from "../../figure/index.ts";
import type { LossSlice } from "../../landscape/index.ts";

/** A number that says how far a slice can be trusted. */
export interface MeasureLine {
  readonly label: string;
  readonly value: string;
  /** What it means here, in a sentence. */
  readonly sentence?: string;
}

/** What is known of how far slices can be trusted: for each its measures, and what they come to, in sentences. */
export interface TrustOptions {
  readonly measures?: readonly (readonly MeasureLine[])[];
  readonly verdicts?: readonly (readonly string[])[];
}

/** A section about how far the picture can be trusted; none where nothing is known of it. */
export function trustSections(slices: readonly LossSlice[], { measures = [], verdicts = [] }: TrustOptions): Section[] {
  const several = slices.length > 1;
  const words = slices.flatMap(({ title }, k): Block[] => {
    const sentences = verdicts[k] ?? [];
    return sentences.length === 0 ? [] : [prose(`${several ? `**${title}** ` : ""}${sentences.join(" ")}`)];
  });
  const told = slices.flatMap(({ title }, k) => {
    const lines = measures[k] ?? [];
    return lines.length === 0 ? [] : [{ title, lines }];
  });
  const blocks = [...words, ...(told.length === 0 ? [] : [measureTable(told, several)])];
  return blocks.length === 0 ? [] : [section("How far the picture can be trusted", blocks)];
}

interface Told {
  readonly title: string;
  readonly lines: readonly MeasureLine[];
}

/** The measures of several slices side by side. */
function measureTable(told: readonly Told[], several: boolean): Block {
  const labels = [...new Set(told.flatMap(({ lines }) => lines.map(({ label }) => label)))];
  const hasWords = told.some(({ lines }) => lines.some(({ sentence }) => sentence !== undefined));
  const rows = labels.map((label) => {
    const found = told.map(({ title, lines }) => ({ title, line: lines.find((line) => line.label === label) }));
    return [
      label,
      ...found.map(({ line }) => (line === undefined ? "–" : unbroken(line.value))),
      ...(hasWords ? [sentencesOf(found)] : []),
    ];
  });
  return table({
    caption: several ? "Measures of the slices" : "Measures of the slice",
    columns: [
      "measure",
      ...(several ? told.map(({ title }) => title) : ["value"]),
      ...(hasWords ? ["what it says"] : []),
    ],
    rows,
    stacked: true,
  });
}

/** What is said of all slices is said once; the rest of each by its title. */
function sentencesOf(found: readonly { readonly title: string; readonly line?: MeasureLine | undefined }[]): string {
  const all = found.map(({ title, line }) => ({ title, said: (line?.sentence ?? "").split(/(?<=\.) (?=\S)/) }));
  if (all.length === 1) return all[0].said.join(" ");
  const [{ said: first }] = all;
  const isCommon = (sentence: string): boolean => all.every(({ said }) => said.includes(sentence));
  const own = all.flatMap(({ title, said }) => {
    const rest = said.filter((sentence) => sentence !== "" && !isCommon(sentence));
    return rest.length === 0 ? [] : [`${title}: ${rest.join(" ")}`];
  });
  return [...first.filter(isCommon), ...own].join(" ").trim();
}

/** A number stays with its unit. */
const unbroken = (value: string): string => value.replaceAll(" %", "\u00a0%");
