import {
  type Block,
  chart,
  type Figure,
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
import { type BothWays, connectionFigure, connectionWords } from "./connection-figure.ts";
import { curvatureFigure } from "./curvature-figure.ts";
import { heightWords } from "./height-words.ts";
import type { HeightOptions } from "./heights.ts";
import { landscapeFigure } from "./landscape-figure.ts";
import { type LiveLandscape, liveLandscape } from "./live-landscape.ts";
import { mostCurved } from "./most-curved.ts";
import { placesWords } from "./places.ts";
import { centreLoss, centreWords, examplesWords, rangesWords } from "./slice-words.ts";
import { distinctlyTitled, nameOf } from "./titles.ts";
import { type TrustOptions, trustSections } from "./trust-sections.ts";

export interface LandscapePageOptions extends HeightOptions, TrustOptions {
  /** What shows surfaces that a reader can turn. Default: nothing; the page has still pictures. */
  readonly program?: Program;
  /** What the first slice's net does along a curve to another net, and along the straight line. */
  readonly connection?: BothWays;
  /** The last paragraph. */
  readonly footer?: string;
}

/** A page about slices through losses, side by side: one HTML document that needs nothing from elsewhere. */
export function landscapePage(given: readonly LossSlice[], options: LandscapePageOptions = {}): string {
  const { program, measures, verdicts, connection, footer, ...heights } = options;
  const slices = distinctlyTitled(given);
  const figure = landscapeFigure(slices, heights);
  const isLine = slices[0].y.length === 1;
  return page({
    title: titleOf(figure, slices),
    lead: [leadOf(slices), ...(connection ? [connectionWords(connection)] : [])].join(" "),
    blocks: isLine ? [chart(figure, rangesWords(slices))] : [surfaces(figure, liveLandscape(slices, heights))],
    sections: [
      ...(isLine ? [] : [section("From above", [fromAbove(slices, heights)])]),
      ...(connection
        ? [section("Between the nets", [chart(connectionFigure(connection), connectionWords(connection))])]
        : []),
      ...curvatureSections(slices),
      ...trustSections(slices, { measures, verdicts }),
      section("How it was made", [directionTable(slices), ...slices.map(exampleFacts)]),
    ],
    ...(program && { program }),
    ...(footer !== undefined && { footer }),
  });
}

/** The caption says what the page's program shows first, and the drawing, too. */
function surfaces(figure: Figure, landscape: LiveLandscape): Block {
  const { scale } = landscape;
  const [, ceiling] = (scale === "log" && landscape.log ? landscape.log : landscape.linear).domain;
  const words = heightWords({ scale, ceiling, coloring: "loss" }, landscape);
  return live({ ...untitled(figure), title: "As a surface" }, landscape, `${landscape.range} ${words}`);
}

/** The maps of curvature, of slices that have one. */
function curvatureSections(slices: readonly LossSlice[]): Section[] {
  const maps = slices.flatMap((slice) => {
    if (slice.curvature === undefined) return [];
    const title = slices.length === 1 ? "|λmin ÷ λmax| of the Hessian" : `|λmin ÷ λmax| of ${slice.title}`;
    const full =
      slice.curvature.y.length === 1 ? "" : ` Full colour is ${format.percent(mostCurved([slice]))} or more.`;
    return [chart({ ...curvatureFigure(slice), title }, `Where it is near 0, the loss is nearly convex.${full}`)];
  });
  return maps.length === 0 ? [] : [section("How convex the loss is", maps)];
}

/** With the data, if they are the same for all. */
function titleOf({ title }: Figure, slices: readonly LossSlice[]): string {
  const data = new Set(slices.map(({ examples }) => examples.data));
  return data.size === 1 ? `${title}, on ${slices[0].examples.data}` : title;
}

/** What was measured on is said once, if it is the same for all; a net alone is named by the title, and here by its run, whose name tells the optimizer. */
function leadOf(slices: readonly LossSlice[]): string {
  const alike = new Set(slices.map(examplesWords)).size === 1;
  const each = slices.map((slice) => {
    const words = slices.length > 1 ? centreWords(slice) : `${capital(centreLoss(slice))}${runWords(slice)}`;
    return `${words}${alike ? "" : `, on ${examplesWords(slice)}`}.`;
  });
  return [...each, ...(alike ? [`Measured on ${examplesWords(slices[0])}.`] : [])].join(" ");
}

const runWords = ({ run }: LossSlice): string => (run === undefined ? "" : `, the net of the run \`${nameOf(run)}\``);

/** The page's title has named a picture's only panel. */
const untitled = (figure: Figure): Figure =>
  figure.panels.length > 1 ? figure : { ...figure, panels: figure.panels.map(({ title, ...rest }) => rest) };

const fromAbove = (slices: readonly LossSlice[], heights: HeightOptions): Block =>
  chart(
    { ...untitled(landscapeFigure(slices, { ...heights, view: "contour" })), title: "Lines of equal loss" },
    placesWords(slices),
  );

function directionTable(slices: readonly LossSlice[]): Block {
  const rows = slices.flatMap(({ title, directions }) =>
    directions.map(({ label, length }, k) => [`${title}, ${"xy"[k]}`, label, length]),
  );
  return table({ caption: "The directions", columns: ["axis", "direction", "length"], rows, stacked: true });
}

const exampleFacts = (slice: LossSlice): Block =>
  facts([
    ["Net", slice.title],
    ...(slice.run === undefined ? [] : [["Run", nameOf(slice.run)] as const]),
    ["Points", `${format.count(slice.x.length)} × ${format.count(slice.y.length)}`],
    ["Measured on", capital(examplesWords(slice))],
  ]);
