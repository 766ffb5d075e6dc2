import { isOptions, quoteValue } from "../arguments/index.ts";
import { type AxisOptions, axis } from "./axis.ts";
import { type Figure, type Legend, legends, type Panel } from "./description.ts";
import { kinds, type Mark } from "./kinds.ts";
import type { MarkData } from "./mark.ts";
import { checkBuilder, choice, type Forms, forms, listOf, madeBy, optional, pixels, size, whole } from "./options.ts";

interface FigureOptions {
  readonly title: string;
  readonly description: string;
  readonly width?: number;
  readonly height?: number;
  readonly columns?: number;
  readonly legend?: Legend;
  readonly panels: readonly Panel[];
}

const figureForms: Forms<FigureOptions> = {
  ...{ title: forms.words, description: forms.words, width: optional(pixels), height: optional(pixels) },
  ...{ columns: optional(whole(1)), legend: optional(choice(legends)) },
  panels: listOf(madeBy("panel", "x", "y", "marks"), "a list of panels, each made by panel()"),
};

interface PanelOptions {
  readonly title?: string;
  readonly note?: string;
  readonly x?: AxisOptions;
  readonly y?: AxisOptions;
  readonly aspect?: number;
  readonly marks: readonly Mark[];
}

const panelForms: Forms<PanelOptions> = {
  ...{ title: optional(forms.text), note: optional(forms.text) },
  ...{ x: optional(checkAxis), y: optional(checkAxis) },
  aspect: optional(size(0.01, 100)),
  marks: listOf(checkMark, "a list of marks, such as line({ y: losses })"),
};

/**
 * A figure of one or more panels. By default it is 720 pixels wide, with all panels side by side. Throws a RangeError
 * for an option that is not allowed.
 *
 *     figure({
 *       title: "Loss by epoch",
 *       description: "Adam falls fastest; gradient descent is still high after 20 epochs.",
 *       panels: [
 *         panel({
 *           x: { label: "epoch", whole: true },
 *           y: { label: "loss", scale: "log" },
 *           marks: [line({ y: losses, label: "adam" })],
 *         }),
 *       ],
 *     })
 */
export function figure(options: FigureOptions): Figure {
  checkBuilder("figure", options, figureForms);
  const { title, description, width = 720, columns = options.panels.length, legend = "auto", panels } = options;
  const { height = heightOf(panels, width / Math.max(1, columns), columns) } = options;
  if (panels.length === 0) throw new RangeError("figure: it has no panels; give at least one");
  return { title, description, width, height, columns, legend, panels: numberSeries(panels) };
}

/**
 * A plot within a figure: two axes, and the marks in the order in which they are drawn. `aspect`: width of the plot
 * divided by its height; default: free. Throws a RangeError for an option that is not allowed.
 */
export function panel(options: PanelOptions): Panel {
  checkBuilder("panel", options, panelForms);
  const { title, note, x = {}, y = {}, aspect, marks } = options;
  return { title, ...(note === undefined ? {} : { note }), x: axis(x), y: axis(y), aspect, marks: [...marks] };
}

/** An axis is checked by its own builder, once it is known to be options. */
function checkAxis(what: string, value: unknown): void {
  if (!isOptions(value)) throw new TypeError(`${what} is ${quoteValue(value)}; give an axis: { label: "epoch" }`);
}

function checkMark(what: string, value: unknown): void {
  if (!(isOptions(value) && "kind" in value && Object.hasOwn(kinds, String(value.kind))))
    throw new TypeError(`${what} is ${quoteValue(value)}; give what ${Object.keys(kinds).join("(), ")}() makes`);
}

/** Rows of 350 pixels; where a plot has an aspect, as high as its width asks. */
function heightOf(panels: readonly Panel[], width: number, columns: number): number {
  const [aspect] = panels.flatMap((each) => each.aspect ?? []);
  const row = aspect === undefined ? 350 : (width - 60) / aspect + 60;
  return Math.round(70 + row * Math.ceil(panels.length / columns));
}

/** Gives each label its number in the palette, in the order of appearance, keeping those that were given. */
function numberSeries(panels: readonly Panel[]): Panel[] {
  const numbers = new Map<string, number>();
  const marks: readonly MarkData[] = panels.flatMap((each) => each.marks);
  for (const { label, series } of marks) if (label !== undefined && series !== undefined) numbers.set(label, series);
  const taken = new Set(numbers.values());
  for (const { label } of marks) if (label !== undefined && !numbers.has(label)) numbers.set(label, next(taken));
  return panels.map((each) => ({ ...each, marks: each.marks.map((mark) => numbered(mark, numbers)) }));
}

function numbered<M extends MarkData>(mark: M, numbers: ReadonlyMap<string, number>): M {
  const { label, series } = mark;
  return label === undefined || series !== undefined ? mark : { ...mark, series: numbers.get(label) };
}

function next(taken: Set<number>): number {
  let number = 0;
  while (taken.has(number)) number++;
  taken.add(number);
  return number;
}
