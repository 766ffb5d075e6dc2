import {
  type Animation,
  contour,
  type Figure,
  figure,
  grid,
  line,
  marker,
  type Panel,
  panel,
} from "../../figure/index.ts";
import type { Surface } from "../../surfaces/index.ts";
import { objectiveOf } from "../../train/index.ts";
import type { MinimizeRecord } from "../folder/folder.ts";
import { several } from "../phrases.ts";
import type { FitCurve } from "./fit.ts";

type Interval = readonly [low: number, high: number];

/** A panel after a number of steps of the walk. */
type Scene = (steps: number) => Panel;

/**
 * A walk's path over contours (two variables) or on the curve (one variable), or the data and the curve of a fit. Beside it, the
 * value at each step.
 */
export function walkFigure(surface: Surface | null, record: MinimizeRecord): Figure {
  const last = record.values.length - 1;
  const scenes = [...landscape(surface, record), byStep(record)];
  return drawn(
    surface,
    record,
    scenes.map((scene) => scene(last)),
  );
}

/** The most frames of an animation, and the seconds that they last. */
const [FRAMES, SECONDS] = [150, 6];

/** The same figure as an animation, step by step. */
export function walkAnimation(surface: Surface, record: MinimizeRecord): Animation {
  const last = record.values.length - 1;
  const scenes = [...landscape(surface, record), byStep(record, true)];
  const frames = Math.min(last, FRAMES) + 1;
  const rate = Math.min(25, Math.max(3, Math.round(frames / SECONDS)));
  const stepOf = (index: number): number => Math.round((index * last) / Math.max(1, frames - 1));
  const frame = (index: number): Figure =>
    drawn(
      surface,
      record,
      scenes.map((scene) => scene(stepOf(index))),
    );
  return { frames, rate, frame };
}

/** Whether a surface can be drawn: it has at most two variables. */
export const isDrawable = ({ variables }: Surface): boolean => variables.length <= 2;

/** Whether any panel marks known minima. */
export const hasStars = (panels: readonly Panel[]): boolean =>
  panels.some(({ marks }) =>
    marks.some((mark) => mark.kind === "marker" && mark.shape === "star" && mark.points.length > 0),
  );

function drawn(surface: Surface | null, record: MinimizeRecord, panels: readonly Panel[]): Figure {
  const { optimizer, outcome, noise } = record;
  const seen = noise === undefined ? "" : `, gradients with noise ${noise.sigma}`;
  const title = `${surface?.title ?? record.surface}: ${optimizer}, ${several(outcome.step, "step")}${seen}`;
  return figure({ title, description: `${title}; ${outcome.reason}.`, legend: "none", panels });
}

/** The panel that the path is drawn in, if there is one. */
function landscape(surface: Surface | null, record: MinimizeRecord): Scene[] {
  if (record.fit?.curve !== undefined) return [fitted(record.fit.curve)];
  if (surface === null || !isDrawable(surface)) return [];
  return [surface.variables.length === 1 ? onCurve(surface, record) : overContours(surface, record)];
}

/** The observations as circles, and the model's curve through them. */
function fitted({ predictor, response, observed, fitted: curve }: FitCurve): Scene {
  const data = observed.x.map((x, i) => [x, observed.y[i]] as const);
  const marks = [
    marker({ points: data, series: 0, shape: "circle", size: 7 }),
    line({ x: curve.x, y: curve.y, series: 1, dash: "solid", diverged: false }),
  ];
  return () => panel({ x: { label: predictor }, y: { label: response }, marks });
}

function overContours(surface: Surface, { points }: MinimizeRecord): Scene {
  const [x, y] = windowOf(surface, points);
  const f = heightOf(surface);
  const heights = grid((a, b) => f([a, b]), { x, y, columns: 101 });
  const ground = contour({ grid: heights, levels: 12, spacing: "log" });
  const minima = marker({ points: surface.minima.map(({ at }) => [at[0], at[1]] as const), shape: "star" });
  const places = points.map(([a, b]) => [a, b] as const);
  return (steps) =>
    panel({
      x: { label: surface.variables[0], domain: x },
      y: { label: surface.variables[1], domain: y },
      aspect: 1,
      marks: [ground, ...path(places.slice(0, steps + 1)), minima],
    });
}

function onCurve(surface: Surface, { points, values }: MinimizeRecord): Scene {
  const [[low, high]] = windowOf(surface, points);
  const f = heightOf(surface);
  const x = Array.from({ length: 201 }, (_, i) => low + ((high - low) * i) / 200);
  const curve = line({ x, y: x.map((at) => f([at])), series: 0 });
  const places = points.map(([at], i) => [at, values[i]] as const);
  return (steps) =>
    panel({
      x: { label: surface.variables[0], domain: [low, high] },
      y: { label: "value" },
      marks: [curve, ...path(places.slice(0, steps + 1))],
    });
}

/** A walk of up to this many points gets a dot for each: a solver takes few, long steps. */
const DOTS = 50;

/** A walk from its start, a circle, to its end, a diamond. */
const path = (points: readonly (readonly [number, number | null])[]) => [
  line({ points, series: 1, dash: "solid", diverged: false }),
  ...(points.length > DOTS ? [] : [marker({ points: points.slice(1, -1), series: 1, shape: "circle", size: 4 })]),
  marker({ points: points.slice(0, 1), series: 1, shape: "circle" }),
  marker({ points: points.slice(-1), series: 1, shape: "diamond" }),
];

/** The scale is logarithmic unless a value is below 0; values of exactly 0 are left out. `still`: the axes are those of the whole walk. */
function byStep({ values, outcome }: MinimizeRecord, still = false): Scene {
  const isLog = values.every((value) => value !== null && value >= 0) && values.some((value) => value !== 0);
  const y = isLog ? values.map((value) => value || null) : values;
  const [x, heights] = still ? [extent([0, values.length - 1]), extent(y)] : [undefined, undefined];
  return (steps) =>
    panel({
      x: { label: "step", domain: x, whole: true },
      y: { label: "value", scale: isLog ? "log" : "linear", domain: heights },
      marks: [
        line({
          y: y.slice(0, steps + 1),
          series: 1,
          dash: "solid",
          diverged: outcome.kind === "diverged" && steps === values.length - 1,
        }),
      ],
    });
}

/** The smallest and the largest value, where they differ. */
function extent(values: readonly (number | null)[]): Interval | undefined {
  const numbers = values.filter((value) => value !== null);
  const [low, high] = numbers.reduce(([a, b], x) => [Math.min(a, x), Math.max(b, x)], [Infinity, -Infinity]);
  return low < high ? [low, high] : undefined;
}

function heightOf(surface: Surface): (at: readonly number[]) => number {
  const objective = objectiveOf(surface);
  const [w, g] = [new Float64Array(objective.dimension), new Float64Array(objective.dimension)];
  return (at) => {
    w.set(at);
    return objective.gradient(w, g);
  };
}

/** The surface's own window, widened where the path leaves it, unless it goes further than one window's width. */
function windowOf({ domain }: Surface, points: MinimizeRecord["points"]): Interval[] {
  return domain.map(([low, high], axis) => {
    const room = high - low;
    const near = points.map((point) => point[axis]).filter((x) => x > low - room && x < high + room);
    const [least, most] = near.reduce(([a, b], x) => [Math.min(a, x), Math.max(b, x)], [low, high]);
    return [least < low ? least - 0.05 * room : low, most > high ? most + 0.05 * room : high] as const;
  });
}
