import {
  type Block,
  chart,
  facts,
  live,
  type Program,
  page,
  type Section,
  section,
  table,
} from "../../figure/index.ts";
import type { LossSlice } from "../../landscape/index.ts";
import * as format from "../format.ts";
import { capital } from "../phrases.ts";
import type { HeightOptions } from "./heights.ts";
import { landscapeFigure } from "./landscape-figure.ts";
import { liveLandscape } from "./live-landscape.ts";
import { centreWords, examplesWords, rangeWords } from "./slice-words.ts";

/** A number that says how far a slice can be trusted. */
export interface MeasureLine {
  readonly label: string;
  readonly value: string;
  /** What it means here, in a sentence. */
  readonly sentence: string;
}

export interface LandscapePageOptions extends HeightOptions {
  /** What shows surfaces that a reader can turn. Default: nothing; the page has still pictures. */
  readonly program?: Program;
  /** For each slice, how far it can be trusted. */
  readonly measures?: readonly (readonly MeasureLine[])[];
  /** The last paragraph. */
  readonly footer?: string;
}

/** A page about slices through losses, side by side: one HTML document that needs nothing from elsewhere. */
export function landscapePage(slices: readonly LossSlice[], options: LandscapePageOptions = {}): string {
  const { program, measures = [], footer, ...heights } = options;
  const figure = landscapeFigure(slices, heights);
  const isLine = slices[0].y.length === 1;
  return page({
    title: figure.title,
    lead: `${slices.map((slice) => `${centreWords(slice)}.`).join(" ")} Measured on ${examplesWords(slices[0])}.`,
    blocks: isLine
      ? [chart(figure, rangesOf(slices))]
      : [live({ ...figure, title: "As a surface" }, liveLandscape(slices, heights), captionOf(slices))],
    sections: [
      ...(isLine ? [] : [section("From above", [fromAbove(slices, heights)])]),
      ...trustSections(slices, measures),
      section("How it was made", [directionTable(slices), ...slices.map(exampleFacts)]),
    ],
    ...(program && { program }),
    ...(footer !== undefined && { footer }),
  });
}

const rangesOf = (slices: readonly LossSlice[]): string =>
  slices.map((slice) => (slices.length > 1 ? `${slice.title}: ` : "") + rangeWords(slice)).join(" ");

/** Says what is cut off, since a reader cannot see it. */
const captionOf = (slices: readonly LossSlice[]): string =>
  `${rangesOf(slices)} ${slices.length > 1 ? "The surfaces share one scale of heights and colours." : "Height and colour are the loss."}`;

const fromAbove = (slices: readonly LossSlice[], heights: HeightOptions): Block =>
  chart(
    { ...landscapeFigure(slices, { ...heights, view: "contour" }), title: "Lines of equal loss" },
    `The cross is where ${slices.length > 1 ? "each" : "the"} net is.`,
  );

function trustSections(slices: readonly LossSlice[], measures: readonly (readonly MeasureLine[])[]): Section[] {
  const tables = slices.flatMap(({ title }, k) => {
    const lines = measures[k] ?? [];
    if (lines.length === 0) return [];
    return [
      table({
        caption: slices.length > 1 ? title : "Measures of the slice",
        columns: [{ name: "measure" }, { name: "value", numeric: true }, { name: "what it says" }],
        rows: lines.map(({ label, value, sentence }) => [label, value, sentence]),
      }),
    ];
  });
  return tables.length === 0 ? [] : [section("How far the picture can be trusted", tables)];
}

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
