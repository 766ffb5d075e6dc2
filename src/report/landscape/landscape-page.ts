import {
  type Block,
  chart,
  facts,
  live,
  type Program,
  page,
  prose,
  type Section,
  section,
  table,
} from "../../figure/index.ts";
import type { LossSlice } from "../../landscape/index.ts";
import * as format from "../format.ts";
import { capital } from "../phrases.ts";
import { type HeightOptions, heightsOf } from "./heights.ts";
import { landscapeFigure } from "./landscape-figure.ts";
import { liveLandscape } from "./live-landscape.ts";
import { centreWords, examplesWords, rangeWords } from "./slice-words.ts";

/** A number that says how far a slice can be trusted. */
export interface MeasureLine {
  readonly label: string;
  readonly value: string;
  /** What it means here, in a sentence. */
  readonly sentence?: string;
}

export interface LandscapePageOptions extends HeightOptions {
  /** What shows surfaces that a reader can turn. Default: nothing; the page has still pictures. */
  readonly program?: Program;
  /** For each slice, how far it can be trusted, */
  readonly measures?: readonly (readonly MeasureLine[])[];
  /** and what that comes to, in sentences. */
  readonly verdicts?: readonly (readonly string[])[];
  /** The last paragraph. */
  readonly footer?: string;
}

/** A page about slices through losses, side by side: one HTML document that needs nothing from elsewhere. */
export function landscapePage(slices: readonly LossSlice[], options: LandscapePageOptions = {}): string {
  const { program, measures = [], verdicts = [], footer, ...heights } = options;
  const figure = landscapeFigure(slices, heights);
  const isLine = slices[0].y.length === 1;
  return page({
    title: figure.title,
    lead: leadOf(slices),
    blocks: isLine
      ? [chart(figure, rangesOf(slices))]
      : [live({ ...figure, title: "As a surface" }, liveLandscape(slices, heights), captionOf(slices, heights))],
    sections: [
      ...(isLine ? [] : [section("From above", [fromAbove(slices, heights)])]),
      ...trustSections(slices, measures, verdicts),
      section("How it was made", [directionTable(slices), ...slices.map(exampleFacts)]),
    ],
    ...(program && { program }),
    ...(footer !== undefined && { footer }),
  });
}

/** What was measured on is said once, if it is the same for all. */
function leadOf(slices: readonly LossSlice[]): string {
  const alike = new Set(slices.map(examplesWords)).size === 1;
  const each = slices.map((slice) => `${centreWords(slice)}${alike ? "" : `, on ${examplesWords(slice)}`}.`);
  return [...each, ...(alike ? [`Measured on ${examplesWords(slices[0])}.`] : [])].join(" ");
}

const rangesOf = (slices: readonly LossSlice[]): string =>
  slices.map((slice) => (slices.length > 1 ? `${slice.title}: ` : "") + rangeWords(slice)).join(" ");

/** Says also what is cut off, since a reader cannot see it. */
function captionOf(slices: readonly LossSlice[], options: HeightOptions): string {
  const { domain, scale } = heightsOf(slices, options);
  const higher = slices.some(({ loss }) => loss.flat().some((value) => value !== null && value > domain[1]));
  return [
    rangesOf(slices),
    slices.length > 1 ? "The surfaces share one scale of heights and colours." : "Height and colour are the loss.",
    ...(scale === "log" ? ["Heights are on a log scale."] : []),
    ...(higher ? [`What is above ${format.loss(domain[1])} is cut off.`] : []),
  ].join(" ");
}

const fromAbove = (slices: readonly LossSlice[], heights: HeightOptions): Block =>
  chart(
    { ...landscapeFigure(slices, { ...heights, view: "contour" }), title: "Lines of equal loss" },
    `The cross is where ${slices.length > 1 ? "each" : "the"} net is.`,
  );

function trustSections(
  slices: readonly LossSlice[],
  measures: readonly (readonly MeasureLine[])[],
  verdicts: readonly (readonly string[])[],
): Section[] {
  const blocks = slices.flatMap(({ title }, k): Block[] => {
    const [several, sentences = [], lines = []] = [slices.length > 1, verdicts[k], measures[k]];
    return [
      ...(sentences.length === 0 ? [] : [prose(`${several ? `**${title}** ` : ""}${sentences.join(" ")}`)]),
      ...(lines.length === 0 ? [] : [measureTable(several ? title : "Measures of the slice", lines)]),
    ];
  });
  return blocks.length === 0 ? [] : [section("How far the picture can be trusted", blocks)];
}

function measureTable(caption: string, lines: readonly MeasureLine[]): Block {
  const told = lines.some(({ sentence }) => sentence !== undefined);
  return table({
    caption,
    columns: ["measure", "value", ...(told ? ["what it says"] : [])],
    rows: lines.map(({ label, value, sentence = "" }) => [label, unbroken(value), ...(told ? [sentence] : [])]),
  });
}

/** A number stays with its unit. */
const unbroken = (value: string): string => value.replaceAll(" %", "\u00a0%");

function directionTable(slices: readonly LossSlice[]): Block {
  const rows = slices.flatMap(({ title, directions }) =>
    directions.map(({ label, length }, k) => [`${title}, ${"xy"[k]}`, label, length]),
  );
  return table({ caption: "The directions", columns: ["axis", "direction", "length"], rows });
}

const exampleFacts = (slice: LossSlice): Block =>
  facts([
    ["Net", slice.title],
    ["Points", `${format.count(slice.x.length)} × ${format.count(slice.y.length)}`],
    ["Measured on", capital(examplesWords(slice))],
  ]);
