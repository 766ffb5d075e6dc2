import { contour, type Figure, figure, grid, line, marker, type Panel, panel } from "../figure/index.ts";
import type { Surface } from "../surfaces/index.ts";
import { objectiveOf } from "../train/index.ts";
import type { MinimizeRecord } from "./folder.ts";

type Interval = readonly [low: number, high: number];

/** The path of a walk over contours (two variables) or on the curve (one), and beside it the value by the step. */
export function walkFigure(surface: Surface | null, record: MinimizeRecord): Figure {
  const title = `${surface?.title ?? record.surface}: ${record.optimizer}, ${record.outcome.step} steps`;
  return figure({
    title,
    description: `${title}; ${record.outcome.reason}.`,
    legend: "none",
    panels: [...(surface === null ? [] : landscape(surface, record)), byStep(record)],
  });
}

function landscape(surface: Surface, record: MinimizeRecord): Panel[] {
  if (surface.variables.length === 1) return [onCurve(surface, record)];
  return surface.variables.length === 2 ? [overContours(surface, record)] : [];
}

function overContours(surface: Surface, record: MinimizeRecord): Panel {
  const [x, y] = windowOf(surface, record.points);
  const f = heightOf(surface);
  return panel({
    x: { label: surface.variables[0], domain: x },
    y: { label: surface.variables[1], domain: y },
    aspect: 1,
    marks: [
      contour({ grid: grid((a, b) => f([a, b]), { x, y, columns: 101 }), levels: 12, spacing: "log" }),
      ...path(record.points.map(([a, b]) => [a, b] as const)),
      marker({ points: surface.minima.map(({ at }) => [at[0], at[1]] as const), shape: "star" }),
    ],
  });
}

function onCurve(surface: Surface, { points, values }: MinimizeRecord): Panel {
  const [[low, high]] = windowOf(surface, points);
  const f = heightOf(surface);
  const x = Array.from({ length: 201 }, (_, i) => low + ((high - low) * i) / 200);
  return panel({
    x: { label: surface.variables[0], domain: [low, high] },
    y: { label: "value" },
    marks: [
      line({ x, y: x.map((at) => f([at])), series: 0 }),
      ...path(points.map(([at], i) => [at, values[i]] as const)),
    ],
  });
}

/** A walk from its start, a circle, to its end, a diamond. */
const path = (points: readonly (readonly [number, number | null])[]) => [
  line({ points, series: 1, dash: "solid", diverged: false }),
  marker({ points: points.slice(0, 1), series: 1, shape: "circle" }),
  marker({ points: points.slice(-1), series: 1, shape: "diamond" }),
];

function byStep({ values, outcome }: MinimizeRecord): Panel {
  const scale = values.every((value) => value !== null && value > 0) ? "log" : "linear";
  const diverged = outcome.kind === "diverged";
  return panel({
    x: { label: "step" },
    y: { label: "value", scale },
    marks: [line({ y: values, series: 1, dash: "solid", diverged })],
  });
}

function heightOf(surface: Surface): (at: readonly number[]) => number {
  const objective = objectiveOf(surface);
  const [w, g] = [new Float64Array(objective.dimension), new Float64Array(objective.dimension)];
  return (at) => {
    w.set(at);
    return objective.valueAndGradient(w, g);
  };
}

/** The surface's own window, wider where the path leaves it, but not where it runs away. */
function windowOf({ domain }: Surface, points: MinimizeRecord["points"]): Interval[] {
  return domain.map(([low, high], axis) => {
    const room = high - low;
    const near = points.map((point) => point[axis]).filter((x) => x > low - room && x < high + room);
    const [least, most] = near.reduce(([a, b], x) => [Math.min(a, x), Math.max(b, x)], [low, high]);
    return [least < low ? least - 0.05 * room : low, most > high ? most + 0.05 * room : high] as const;
  });
}
