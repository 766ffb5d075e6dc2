import {
  type AxisOptions,
  band,
  contour,
  type Figure,
  figure,
  line,
  type Mark,
  panel,
  rule,
  surface,
} from "../../src/figure/index.ts";
import { type LandscapeSettings, netNames } from "./settings.ts";
import { type MeasuredSlice, radii, type Surveyed } from "./slices.ts";

/** The slices side by side, in space and from above, and how the loss rises with the distance. */
export function figuresOf(surveyed: readonly Surveyed[], settings: LandscapeSettings): Figure[] {
  const named = netNames.flatMap((name) => {
    const all = surveyed.filter(({ net }) => net.name === name);
    return all.length === 0 ? [] : [{ title: settings.nets[name].title, all }];
  });
  return named.length === 0 ? [] : [inSpace(named), fromAbove(named), byRadius(named)];
}

/** A kind of net. */
interface Named {
  readonly title: string;
  /** By seed. */
  readonly all: readonly Surveyed[];
}

/** The first slice through the first net of each kind. */
const firstSlices = (named: readonly Named[]): (MeasuredSlice & { readonly title: string })[] =>
  named.map(({ title, all: [{ slices }] }) => ({ title, ...slices[0] }));

/** The lowest and the highest loss of all, above 0; undefined where they are not two. */
function rangeOver(slices: readonly MeasuredSlice[]): readonly [low: number, high: number] | undefined {
  const losses = slices.flatMap(({ slice }) => slice.loss.flat()).filter((loss) => loss !== null && loss > 0);
  const known = losses.flatMap((loss) => (loss === null ? [] : [loss]));
  const [low, high] = [Math.min(...known), Math.max(...known)];
  return low < high ? [low, high] : undefined;
}

/** One axis of heights for all slices, so that they can be compared. */
function heightsOver(slices: readonly MeasuredSlice[]): AxisOptions {
  const domain = rangeOver(slices);
  return { label: "loss", ...(domain && { scale: "log", domain }) };
}

const gridOf = ({ slice: { x, y, loss } }: MeasuredSlice) => ({ x, y, values: loss.flat() });

const axes = { x: { label: "1st direction" }, y: { label: "2nd direction" }, aspect: 1 };

function inSpace(named: readonly Named[]): Figure {
  const slices = firstSlices(named);
  const z = heightsOver(slices);
  const words = slices.map(({ title, slice }) => `${(slice.centre.loss ?? Number.NaN).toPrecision(3)} with ${title}`);
  return figure({
    title: "Loss landscapes side by side",
    description: `The loss over a plane through each net, along two random directions, all with the same heights and colours. At the nets themselves it is ${words.join(", ")}.`,
    columns: 2,
    height: 920,
    panels: slices.map((slice) =>
      panel({ title: slice.title, ...axes, marks: [surface({ grid: gridOf(slice), z, levels: 16 })] }),
    ),
  });
}

function fromAbove(named: readonly Named[]): Figure {
  const slices = firstSlices(named);
  const z = heightsOver(slices);
  const words = slices.map(({ title, measures: { basin } }) => `${(100 * basin).toFixed(1)} % with ${title}`);
  return figure({
    title: "The same from above",
    description: `Contours of the loss over the same planes, at the same heights. The share of the window in which it is below that of guessing: ${words.join(", ")}.`,
    columns: 2,
    height: 920,
    panels: slices.map((slice) =>
      panel({
        title: slice.title,
        ...axes,
        marks: [contour({ grid: gridOf(slice), z, levels: levelsOf(slices), labels: true })],
      }),
    ),
  });
}

/** Heights in equal factors over all slices. */
function levelsOf(slices: readonly MeasuredSlice[]): number[] {
  const range = rangeOver(slices);
  if (range === undefined) return [];
  const [low, high] = range;
  const count = 14;
  return Array.from({ length: count }, (_, k) => low * (high / low) ** ((k + 1) / (count + 1)));
}

/** The mean loss around each net by distance, over seeds and slices. */
function byRadius(named: readonly Named[]): Figure {
  const ends = named.map(({ title, all }) => {
    const half = all.flatMap(({ slices }) => slices.map(({ measures }) => measures.lossAtRadius ?? Number.NaN));
    return `${(half.reduce((sum, loss) => sum + loss, 0) / half.length).toPrecision(3)} around ${title}`;
  });
  const [{ level }] = firstSlices(named).map(({ measures }) => measures);
  return figure({
    title: "How the loss rises around the nets",
    description: `The mean loss on circles around the nets in their planes: over seeds and pairs of directions, with its range. At radius 0.5 it is ${ends.join(", ")}.`,
    panels: [
      panel({
        x: { label: "distance from the net, in lengths of its filters", domain: [0, 1] },
        y: { label: "loss", scale: "log" },
        marks: [...named.flatMap(riseOf), rule({ y: level, text: "guessing" })],
      }),
    ],
  });
}

function riseOf({ title, all }: Named): Mark[] {
  const curves = all.flatMap(({ slices }) =>
    slices.map(({ slice, lossByRadius }) => [slice.centre.loss, ...lossByRadius].map((loss) => loss ?? Number.NaN)),
  );
  const x = [0, ...radii];
  const over = (pick: (values: number[]) => number): (number | null)[] =>
    x.map((_, k) => {
      const value = pick(curves.map((curve) => curve[k]));
      return Number.isFinite(value) ? value : null;
    });
  const geometricMean = (values: number[]): number =>
    Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
  return [
    band({ x, lo: over((values) => Math.min(...values)), hi: over((values) => Math.max(...values)), label: title }),
    line({ x, y: over(geometricMean), label: title, weight: "bold" }),
  ];
}
