import { contour, type Figure, figure, line, type Mark, marker, panel, surface } from "../../figure/index.ts";
import type { LossSlice } from "../../landscape/index.ts";
import * as format from "../format.ts";
import { type HeightOptions, type Heights, heightsOf, smoothGrid, smoothLine } from "./heights.ts";
import { placeMarks } from "./place-marks.ts";
import { placesOf, signs } from "./places.ts";
import { centreWords, examplesWords, rangeWords } from "./slice-words.ts";
import { distinctlyTitled } from "./titles.ts";

/** How a landscape is drawn. */
export interface LandscapeOptions extends HeightOptions {
  /** From above, as lines of equal loss, or in space. Default "surface". */
  readonly view?: "surface" | "contour";
}

/**
 * Slices through losses side by side, with one scale of heights and colours. Slices along a line are drawn as curves of loss and
 * accuracy. Throws a RangeError for no slices, and for lines beside planes.
 */
export function landscapeFigure(given: readonly LossSlice[], options: LandscapeOptions = {}): Figure {
  const slices = distinctlyTitled(given);
  const lines = slices.filter(isLine);
  if (slices.length === 0) throw new RangeError("landscapeFigure: there are no slices; give at least one");
  if (lines.length > 0 && lines.length < slices.length)
    throw new RangeError("landscapeFigure: some slices are lines and some are planes; give slices of one kind");
  if (lines.length > 0) return lineFigure(slices);
  const heights = heightsOf(slices, options);
  const { view = "surface" } = options;
  const panelOf = view === "surface" ? surfacePanel : contourPanel;
  return figure({
    title: titleOf(slices),
    description: describe(slices, heights),
    ...sizeOf(slices.length, view),
    panels: slices.map((slice) => panelOf(slice, heights)),
  });
}

const isLine = ({ y }: LossSlice): boolean => y.length === 1;

const titleOf = (slices: readonly LossSlice[]): string =>
  `Loss landscape of ${[...new Set(slices.map(({ title }) => title))].join(" and ")}`;

const describe = (slices: readonly LossSlice[], { scale }: Heights): string =>
  [
    ...slices.map((slice) => `${centreWords(slice)}. ${rangeWords(slice)} Measured on ${examplesWords(slice)}.`),
    scale === "log" ? "Heights are on a log scale." : "",
  ]
    .join(" ")
    .trim();

/** One picture is large; several share two columns. */
function sizeOf(count: number, view: "surface" | "contour"): { width: number; height: number; columns: number } {
  const columns = Math.min(2, count);
  const rows = Math.ceil(count / columns);
  const width = columns === 1 ? 760 : 1120;
  const row = view === "surface" ? (columns === 1 ? 560 : 470) : columns === 1 ? 720 : 560;
  return { width, height: 70 + row * rows, columns };
}

const axes = ({ directions }: LossSlice) => ({
  x: { label: directions[0]?.label },
  y: { label: directions[1]?.label },
});

function surfacePanel(slice: LossSlice, { scale, domain, levels }: Heights) {
  const z = { label: "loss", scale, domain };
  const grid = { x: slice.x, y: slice.y, values: slice.loss.flat() };
  return panel({
    title: centreWords(slice),
    ...noted(cutWords(slice, domain[1], "The surface is cut off at"), isOff(slice) ? STEMS : ""),
    ...axes(slice),
    marks: [surface({ grid, z, levels }), ...placeMarks(slice)],
  });
}

function contourPanel(slice: LossSlice, { scale, domain, levels }: Heights) {
  const grid = smoothGrid(slice, slice.loss, scale);
  const z = { label: "loss", scale, domain };
  return panel({
    title: centreWords(slice),
    ...noted(cutWords(slice, domain[1], "Colours and lines end at"), isOff(slice) ? MIDDLES : ""),
    aspect: 1,
    ...axes(slice),
    marks: [contour({ grid, levels, z, labels: true }), ...placeMarks(slice)],
  });
}

/** How the gap between a way and the plane is drawn. */
const STEMS = "Ways are at their true losses, with stems to the surface.";
const MIDDLES = "Within a way is the colour of its true loss.";

const noted = (...sentences: readonly string[]): { readonly note?: string } => {
  const note = sentences.filter((sentence) => sentence !== "").join(" ");
  return note === "" ? {} : { note };
};

/** What a reader cannot see: that there is more above the ceiling. */
function cutWords({ loss, paths = [] }: LossSlice, ceiling: number, cut: string): string {
  const losses = [...loss.flat(), ...paths.flatMap((path) => path.loss)].filter((value) => value !== null);
  const highest = losses.reduce((most, value) => Math.max(most, value), -Infinity);
  return highest > ceiling ? `${cut} a loss of ${format.loss(ceiling)}; the highest is ${format.loss(highest)}.` : "";
}

/** Whether a way leaves the plane so far that the gap is seen: by a hundredth of its loss. */
const isOff = ({ paths = [] }: LossSlice): boolean =>
  paths.some(({ loss, onPlane }) =>
    loss.some((value, k) => {
      const shown = onPlane[k];
      return value !== null && shown !== null && Math.abs(value - shown) > 0.01 * Math.abs(value);
    }),
  );

/** Loss and accuracy along a line, one below the other. */
function lineFigure(slices: readonly LossSlice[]): Figure {
  const heights = heightsOf(slices);
  const ends = slices.flatMap((slice) => [slice.x[0], slice.x[slice.x.length - 1]]);
  // Both panels have the same places below each other: signs alone would make room around the curves of one.
  const x = { label: slices[0].directions[0]?.label, domain: [Math.min(...ends), Math.max(...ends)] as const };
  const curves = (of: (slice: LossSlice) => readonly (number | null)[], scale: Heights["scale"]): Mark[] =>
    slices.map((slice, series) => {
      const name = slices.length === 1 ? {} : { label: slice.title };
      return line({ ...smoothLine(slice.x, of(slice), scale), ...name, series, dash: "solid" });
    });
  const measured = slices.every(({ accuracy }) => accuracy !== undefined);
  const accuracy = panel({
    x,
    y: { label: "accuracy", domain: [0, 1] },
    marks: curves((slice) => slice.accuracy?.[0] ?? [], "linear"),
  });
  return figure({
    title: `Loss along a line: ${[...new Set(slices.map(({ title }) => title))].join(" and ")}`,
    description: `${slices.map((slice) => `${centreWords(slice)}. ${rangeWords(slice)}`).join(" ")} Measured on ${examplesWords(slices[0])}.`,
    columns: 1,
    panels: [
      panel({
        x,
        y: { label: "loss", scale: heights.scale },
        marks: [...curves(({ loss }) => loss[0], heights.scale), ...netMarks(slices)],
      }),
      ...(measured ? [accuracy] : []),
    ],
  });
}

/** The nets on a line, at their losses. */
function netMarks(slices: readonly LossSlice[]): Mark[] {
  const places = slices.flatMap((slice) =>
    placesOf(slice).flatMap(({ kind, x, title }) => {
      const loss = slice.loss[0][slice.x.indexOf(x)] ?? null;
      return kind === "net" && loss !== null ? [{ x, loss, title: title ?? slice.title }] : [];
    }),
  );
  if (places.length === 0) return [];
  return [
    marker({
      ...{ x: places.map(({ x }) => x), y: places.map(({ loss }) => loss), label: "net", color: "ink", ...signs.net },
      titles: places.map(({ title, loss }) => `${title}: loss ${format.loss(loss)}`),
    }),
  ];
}
