import type { Figure } from "../description.ts";
import { kindOf, type Mark } from "../kinds.ts";
import type { Layers, MarkData } from "../mark.ts";
import { checkBuilder, checkFigure, choice, type Forms, forms, optional, pixels } from "../options.ts";
import { drawAxes, drawFrame } from "./axes.ts";
import { element, escapeText, round } from "./element.ts";
import { drawEnds } from "./labels.ts";
import { type Layout, layoutOf } from "./layout.ts";
import { drawEntry } from "./legend.ts";
import { sizes } from "./measure.ts";
import type { PlacedPanel } from "./panel.ts";
import { type Paint, paintOf, stylesheet, type Theme, themes } from "./theme.ts";
import { words } from "./words.ts";

/** The width and theme of an SVG drawing. */
export interface SvgOptions {
  /** Pixels. Default: the figure's own. Below about 600, panels go below each other: 360 suits a phone. */
  readonly width?: number;
  /**
   * `auto`, the default, follows the reader's choice by CSS variables; `light` and `dark` write plain colours, for
   * readers without CSS; `inherit` leaves the variables to the surrounding page.
   */
  readonly theme?: Theme;
  /** The prefix of all ids inside. Default: a digest of the drawing, the same on every machine. */
  readonly id?: string;
  /** Whether to leave out title, legend and outer margin, for a page that has its own. Default: false. */
  readonly bare?: boolean;
}

const svgForms: Forms<SvgOptions> = {
  ...{ width: optional(pixels), theme: optional(choice(themes)), id: optional(forms.text), bare: optional(forms.flag) },
};

/** The figure as an SVG document: the same text for the same figure and options, on every machine. */
export const toSvg = (figure: Figure, options: SvgOptions = {}): string => drawPart(figure, WHOLE, options);

/** A selection of what to draw; the layout is that of the whole figure. */
export interface Part {
  /** Whether to draw paper, title, legend and axes. */
  readonly setting: boolean;
  /** Whether to draw this mark. */
  readonly shows: (mark: Mark) => boolean;
}

const WHOLE: Part = { setting: true, shows: () => true };

/** A part of a figure as an SVG document: laid over each other, its parts are the figure. */
export function drawPart(figure: Figure, part: Part, options: SvgOptions = {}): string {
  checkFigure("toSvg", figure);
  checkBuilder("toSvg", options, svgForms, "toSvg(figure, { width: 360 })");
  const { width = figure.width, theme = "auto", bare = false } = options;
  const paint = paintOf(theme);
  const layout = layoutOf(figure, { width, bare });
  const drawing = draw(layout, part, paint);
  const id = options.id ?? `figure-${digest(figure.title + drawing.join())}`;
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      class: "downhill-figure",
      role: "img",
      "aria-label": bare ? figure.title : undefined,
      "aria-labelledby": bare ? undefined : `${id}-title`,
      "aria-describedby": `${id}-description`,
      width,
      height: layout.height,
      viewBox: `0 0 ${round(width)} ${layout.height}`,
      "font-family":
        "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Noto Sans', 'Liberation Sans', 'DejaVu Sans', sans-serif",
      style: `max-width:100%;height:auto;font-variant-numeric:tabular-nums;background:${paint("paper")}`,
    },
    // Browsers show a title to whoever rests the pointer anywhere on the drawing; a page has its own above.
    bare ? "" : element("title", { id: `${id}-title` }, escapeText(figure.title)),
    element("desc", { id: `${id}-description` }, escapeText(figure.description)),
    theme === "auto" ? element("style", {}, stylesheet()) : "",
    ...drawing,
  );
}

function draw(layout: Layout, part: Part, paint: Paint): string[] {
  const panels = layout.panels.map((placed) => drawPanel(placed, part, paint));
  return part.setting ? [...heading(layout, paint), ...panels] : panels;
}

/** The paper, the title and the legend. */
function heading({ width, height, title, entries }: Layout, paint: Paint): string[] {
  const look = { fill: paint("ink"), "font-size": sizes.title, "font-weight": 600 };
  return [
    element("rect", { class: "paper", width, height, fill: paint("paper") }),
    ...title.map((line, i) => words({ x: 16, y: 30 + i * 20, ...look }, line)),
    entries.length > 0 ? element("g", { class: "legend" }, ...entries.map((entry) => drawEntry(entry, paint))) : "",
  ];
}

/** Axes, then surfaces and curves, which are cut off at the edge of the plot, then shapes and words. */
function drawPanel(bare: PlacedPanel, { setting, shows }: Part, paint: Paint): string {
  const placed = onLand(bare);
  const { panel, plot } = placed;
  const drawn = panel.marks.filter(shows).map((mark) => drawMark(mark, placed, paint));
  const layer = (name: keyof Layers): string[] => drawn.map((layers) => layers[name] ?? "");
  const [width, height] = [plot.width + 2, plot.height + 2];
  const clip = { class: "plot", x: -1, y: -1, width, height, viewBox: `-1 -1 ${round(width)} ${round(height)}` };
  return element(
    "g",
    { class: "panel", transform: `translate(${round(plot.x)} ${round(plot.y)})` },
    setting ? drawAxes(placed, paint) : "",
    element("svg", clip, ...layer("surface"), ...layer("curve")),
    setting ? drawFrame(placed, paint) : "",
    ...layer("shape"),
    ...drawEnds(placed, shows, paint),
  );
}

/** The panel with the landscape that its marks lie on, if there is one. */
function onLand(placed: PlacedPanel): PlacedPanel {
  for (const mark of placed.panel.marks) {
    const land = kindOf(mark).land(mark, placed);
    if (land !== null) return { ...placed, land };
  }
  return placed;
}

/** A page finds all elements of a series by its label. */
function drawMark(mark: Mark, placed: PlacedPanel, paint: Paint): Layers {
  const key = keyOf(mark);
  const found = (drawing = ""): string =>
    drawing === "" || key === undefined ? drawing : element("g", { class: "series", "data-series": key }, drawing);
  const { surface, curve, shape } = kindOf(mark).svg(mark, placed, paint);
  return { surface: found(surface), curve: found(curve), shape: found(shape) };
}

/** The key by which a page's script finds the marks of a curve. */
const keyOf = ({ label, series }: MarkData): string | undefined =>
  label ?? (series === undefined ? undefined : `series ${series}`);

/** FNV-1a over UTF-16 units, in base 36. */
function digest(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36);
}
