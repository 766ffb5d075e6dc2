import {
  type Animation,
  contour,
  type Figure,
  figure,
  formatNumber,
  grid,
  type Legend,
  line,
  type Mark,
  marker,
  pairs,
  panel,
} from "../src/figure/index.ts";
import type { Surface } from "../src/surfaces/index.ts";
import { objectiveOf, type Path } from "../src/train/index.ts";
import type { RaceOptions, Style, Walks } from "./race.ts";

/** Pixels: of the figure across, and what title, list and axis take above and below the plot; less is cut off. */
const WIDTH = 640;
const AROUND = 160;

type Interval = readonly [low: number, high: number];

/** The still and the moving picture of a race. */
export function drawRace(
  surface: Surface,
  walks: Walks,
  looks: Readonly<Record<string, Style>>,
  options: Omit<RaceOptions, "start" | "steps">,
): { figure: Figure; animation: Animation } {
  const [x, y] = options.window ?? surface.domain;
  const { title = surface.title, description = described(surface, walks), rate = 25 } = options;
  const ground = contour({
    grid: heights(surface, x, y),
    // Towards a minimum surfaces flatten.
    spacing: surface.minima.length > 0 ? "log" : "linear",
    levels: 14,
  });
  const aspect = aspectOf(x, y);
  const known = landmarks(surface, walks);
  const walkers = Object.entries(walks).map(([label, walk], series) => ({ walk, label, series, ...looks[label] }));
  const steps = Math.max(...walkers.map(({ walk }) => walk.values.length - 1));
  const at = (step: number, legend: Legend, size: number, marks: readonly Mark[] = []): Figure => {
    const paths = walkers.map((walker) => path(walker, step));
    const heads = walkers.map((walker) => head(walker, step, size));
    const plot = panel({
      x: { label: surface.variables[0], domain: x },
      y: { label: surface.variables[1], domain: y },
      aspect,
      marks: [ground, ...paths, ...known, ...heads, ...marks],
    });
    return figure({ title, description, width: WIDTH, height: WIDTH / aspect + AROUND, legend, panels: [plot] });
  };
  // Labels at the ends would run about with the walks: the moving picture has a list of them.
  const frame = (step: number): Figure => at(step, "list", 11, [progress(step / Math.max(1, steps), x, y)]);
  const inSight = walkers.every(({ walk }) => within([x, y], walk.points.subarray(-2)));
  return { figure: at(steps, inSight ? "ends" : "list", 8), animation: { frames: steps + 1, rate, frame } };
}

const within = (window: readonly Interval[], point: ArrayLike<number>): boolean =>
  window.every(([low, high], i) => point[i] >= low && point[i] <= high);

interface Walker extends Style {
  readonly walk: Path;
  readonly label: string;
  readonly series: number;
}

/** A walk up to a step. */
function path({ walk, label, series, color, dash }: Walker, step: number): Mark {
  const points = pairs(walk.points.subarray(0, 2 * (step + 1)));
  const diverged = walk.outcome.kind === "diverged" && step >= walk.values.length - 1;
  return line({ points, label, series, color, dash, diverged });
}

/** Where a walk is at a step, or where it ended before. */
function head({ walk, label, series, color, shape }: Walker, step: number, size: number): Mark {
  const at = 2 * Math.min(step, walk.values.length - 1);
  return marker({ points: pairs(walk.points.subarray(at, at + 2)), label, series, color, shape, size });
}

/** How much of the race is over: a line that grows along the lower edge. */
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

/** What is known of the surface, and the start. */
function landmarks({ minima, saddles }: Surface, walks: Walks): Mark[] {
  const [{ points: start }] = Object.values(walks);
  const kinds = [
    { label: "minimum", shape: "star", size: 13, points: minima.map(({ at }) => [at[0], at[1]] as const) },
    { label: "saddle", shape: "plus", size: 9, points: saddles.map(({ at }) => [at[0], at[1]] as const) },
    { label: "start", shape: "circle", size: 6, points: [[start[0], start[1]] as const] },
  ] as const;
  // With numbers of their own the marks stay the very same in all frames.
  const series = Object.keys(walks).length;
  return kinds
    .map((kind, i) => marker({ ...kind, color: "ink", series: series + i }))
    .filter(({ points }) => points.length > 0);
}

function heights(surface: Surface, x: Interval, y: Interval) {
  const objective = objectiveOf(surface);
  const [w, g] = [new Float64Array(2), new Float64Array(2)];
  const height = (a: number, b: number): number => {
    w[0] = a;
    w[1] = b;
    return objective.gradient(w, g);
  };
  return grid(height, { x, y });
}

/** One unit is as long on both axes, where the window is not too narrow for it. */
function aspectOf([left, right]: Interval, [low, high]: Interval): number {
  const aspect = (right - left) / (high - low);
  return aspect > 1 / 3 && aspect < 3 ? aspect : 1;
}

function described({ title, variables }: Surface, walks: Walks): string {
  const at = ({ points }: Path, step: number): string =>
    `(${formatNumber(points[2 * step], 3)}, ${formatNumber(points[2 * step + 1], 3)})`;
  const all = Object.entries(walks);
  const ends = all.map(([name, walk]) => `${name} ${at(walk, walk.values.length - 1)}`);
  return `${title}, seen from above, over ${variables.join(" and ")}. From ${at(all[0][1], 0)}, walks end at: ${ends.join(", ")}.`;
}
