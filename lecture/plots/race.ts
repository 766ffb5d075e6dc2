import {
  type Animation,
  type Dash,
  type Figure,
  figure,
  formatNumber,
  type Legend,
  line,
  type Mark,
  type MarkerShape,
  marker,
  panel,
} from "../../src/figure/index.ts";
import type { Surface } from "../../src/surfaces/index.ts";
import { ground } from "./ground.ts";

/** The look of a walk; by default in the palette's colours, dashes and shapes, one after the other. */
export interface Style {
  /** "#rrggbb", or "ink": black or white, as the paper asks. */
  readonly color?: string;
  /** The pattern of the walk's line. */
  readonly dash?: Dash;
  /** The shape at the walk's head. */
  readonly shape?: MarkerShape;
}

/** How a race is drawn. */
export interface RacePicture {
  /** The part of the plane that is drawn: [low, high] for both variables. Default: the surface's domain. */
  readonly window?: Surface["domain"];
  /** Frames a second; each is one step. Default 25. */
  readonly rate?: number;
  /** Shown above the plot. Default: the surface's own. */
  readonly title?: string;
  /** The figure in words. Default: where each walk ends. */
  readonly description?: string;
}

type Point = readonly number[];

/** A walk as it is drawn. */
export interface Trail {
  /** The start first. */
  readonly points: readonly Point[];
  /** Whether it ended because it left the finite numbers. */
  readonly diverged?: boolean;
}

export type Trails = Readonly<Record<string, Trail>>;

/** Pixels: of the figure across, and what title, list and axis take above and below the plot; less is cut off. */
const WIDTH = 640;
const AROUND = 160;

type Interval = readonly [low: number, high: number];

/** The still and the moving picture of a race. */
export function drawRace(
  surface: Surface,
  trails: Trails,
  looks: Readonly<Record<string, Style>>,
  options: RacePicture,
): { figure: Figure; animation: Animation } {
  const [x, y] = options.window ?? surface.domain;
  const { title = surface.title, description = described(surface, trails), rate = 25 } = options;
  const below = ground(surface, {
    ...{ x, y },
    // Towards a minimum surfaces flatten.
    spacing: surface.minima.length > 0 ? "log" : "linear",
    levels: 14,
  });
  const aspect = aspectOf(x, y);
  const known = landmarks(surface, trails);
  const walkers = Object.entries(trails).map(([label, trail], series) => ({
    ...trail,
    label,
    series,
    ...looks[label],
  }));
  const steps = Math.max(...walkers.map(({ points }) => points.length - 1));
  const at = (step: number, legend: Legend, size: number, marks: readonly Mark[] = []): Figure => {
    const paths = walkers.map((walker) => path(walker, step));
    const heads = walkers.map((walker) => head(walker, step, size));
    const plot = panel({
      x: { label: surface.variables[0], domain: x },
      y: { label: surface.variables[1], domain: y },
      aspect,
      marks: [below, ...paths, ...known, ...heads, ...marks],
    });
    return figure({ title, description, width: WIDTH, height: WIDTH / aspect + AROUND, legend, panels: [plot] });
  };
  // Labels at the ends would run about with the walks: the moving picture has a list of them.
  const frame = (step: number): Figure => at(step, "list", 11, [progress(step / Math.max(1, steps), x, y)]);
  const inSight = walkers.every(({ points }) => within([x, y], points[points.length - 1]));
  return { figure: at(steps, inSight ? "ends" : "list", 8), animation: { frames: steps + 1, rate, frame } };
}

const within = (window: readonly Interval[], point: Point): boolean =>
  window.every(([low, high], i) => point[i] >= low && point[i] <= high);

interface Walker extends Style, Trail {
  readonly label: string;
  readonly series: number;
}

/** A walk up to a step. */
const path = ({ points, label, series, color, dash, diverged = false }: Walker, step: number): Mark =>
  line({
    points: points.slice(0, step + 1).map(pair),
    ...{ label, series, color, dash },
    diverged: diverged && step >= points.length - 1,
  });

/** The point of a walk at a step, or its last one where it ended before. */
const head = ({ points, label, series, color, shape }: Walker, step: number, size: number): Mark =>
  marker({ points: [pair(points[Math.min(step, points.length - 1)])], label, series, color, shape, size });

const pair = ([x, y]: Point): readonly [x: number, y: number] => [x, y];

/** The progress of the race: a line that grows along the lower edge. */
const progress = (share: number, [left, right]: Interval, [low]: Interval): Mark =>
  line({
    points: [
      [left, low],
      [left + share * (right - left), low],
    ],
    color: "ink",
    weight: "bold",
    dash: "solid",
  });

/** The minima and saddles that are known, and the start. */
function landmarks({ minima, saddles }: Surface, trails: Trails): Mark[] {
  const [{ points }] = Object.values(trails);
  const kinds = [
    { label: "minimum", shape: "star", size: 13, points: minima.map(({ at }) => pair(at)) },
    { label: "saddle", shape: "plus", size: 9, points: saddles.map(({ at }) => pair(at)) },
    { label: "start", shape: "circle", size: 6, points: [pair(points[0])] },
  ] as const;
  // With series of their own the marks stay the very same in all frames.
  const series = Object.keys(trails).length;
  return kinds
    .map((kind, i) => marker({ ...kind, color: "ink", series: series + i }))
    .filter(({ points }) => points.length > 0);
}

/** One unit is as long on both axes, where the window is not too narrow for it. */
function aspectOf([left, right]: Interval, [low, high]: Interval): number {
  const aspect = (right - left) / (high - low);
  return aspect > 1 / 3 && aspect < 3 ? aspect : 1;
}

function described({ title, variables }: Surface, trails: Trails): string {
  const at = ([x, y]: Point): string => `(${formatNumber(x, 3)}, ${formatNumber(y, 3)})`;
  const all = Object.entries(trails);
  const ends = all.map(([name, { points }]) => `${name} ${at(points[points.length - 1])}`);
  return `${title}, seen from above, over ${variables.join(" and ")}. From ${at(all[0][1].points[0])}, walks end at: ${ends.join(", ")}.`;
}
