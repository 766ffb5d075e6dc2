import { contour, type Figure, figure, grid, line, marker, type Panel, panel, rule } from "../../figure/index.ts";
import { bowl, himmelblau, levelValleys, saddle } from "../../surfaces/catalogue.ts";
import { type FoundPoint, criticalPoints as search } from "../../surfaces/critical-points.ts";
import { surfaceFromText } from "../../surfaces/from-text.ts";
import { type Objective, objectiveOf } from "../../surfaces/objective.ts";
import { spread } from "../../surfaces/spread.ts";
import type { Surface } from "../../surfaces/surface.ts";
import { bendOf, verdictByChords, verdictByCurvature } from "../convexity.ts";
import { agree, type Experiment } from "../experiment.ts";

const dome = surfaceFromText("1.5 - x^2/2 - y^2", { name: "dome" });

/** Surfaces whose bend is known from their formulas. */
const shapes = [
  { surface: bowl, known: "convex" },
  { surface: dome, known: "concave" },
  { surface: saddle, known: "neither" },
  { surface: levelValleys, known: "neither" },
] as const;

const kinds = ["minimum", "maximum", "saddle"] as const;
type Kind = (typeof kinds)[number];

/** How far around a critical point one looks, in the surface's units, and in how many directions. */
const RADIUS = 0.05;
const DIRECTIONS = 72;

/** The heights on a small circle around a point in the plane, above the point itself. */
export function heightsAround(f: Objective, [x, y]: readonly number[]): number[] {
  const unused = new Float64Array(2);
  const height = (dx: number, dy: number): number => f.valueAndGradient(Float64Array.of(x + dx, y + dy), unused);
  const here = height(0, 0);
  return Array.from({ length: DIRECTIONS + 1 }, (_, k) => {
    const angle = (2 * Math.PI * k) / DIRECTIONS;
    return height(RADIUS * Math.cos(angle), RADIUS * Math.sin(angle)) - here;
  });
}

/** The kind of a point as it is seen: higher all around, lower all around, or both. */
export const kindBySight = (heights: readonly number[]): Kind =>
  heights.every((h) => h > 0) ? "minimum" : heights.every((h) => h < 0) ? "maximum" : "saddle";

/** The median length of the gradient over a surface's domain. */
function usualSlope({ domain }: Surface, f: Objective): number {
  const lengths = Array.from(spread(domain, 999), (at) => {
    const g = new Float64Array(2);
    f.valueAndGradient(at, g);
    return Math.hypot(...g);
  });
  return lengths.sort((a, b) => a - b)[499];
}

export const criticalPoints: Experiment = {
  id: "critical-points",
  title: "Cost and landscape: where the gradient is zero",
  claim:
    "The gradient is zero at minima, maxima and saddles alike; the signs of the Hessian's eigenvalues tell which it is, and a function is convex where none is negative.",
  run: () => {
    const f = objectiveOf(himmelblau);
    const { points } = search(himmelblau);
    const of = (kind: Kind): FoundPoint[] => points.filter((point) => point.kind === kind);
    const [minima, maxima, saddles] = kinds.map(of);
    const known = [himmelblau.minima, himmelblau.maxima, himmelblau.saddles];
    const bends = shapes.map(({ surface }) => bendOf(surface));
    const numbers = {
      criticalPoints: points.map(({ at }) => [...at]),
      kindsByEigenvalues: points.map(({ kind }) => kind).join(" "),
      kindsBySight: points.map(({ at }) => kindBySight(heightsAround(f, at))).join(" "),
      eigenvalues: points.map(({ eigenvalues }) => [...eigenvalues]),
      largestGradientAtMinimaMaximumSaddles: [minima, maxima, saddles].map((group) =>
        Math.max(...group.map(({ gradientNorm }) => gradientNorm)),
      ),
      medianGradientElsewhere: usualSlope(himmelblau, f),
      // Morse theory: 1 for every function of the plane that rises to infinity on all sides.
      minimaLessSaddlesPlusMaxima: minima.length - saddles.length + maxima.length,
      surfaces: shapes.map(({ surface }) => surface.name).join(" "),
      known: shapes.map((shape) => shape.known).join(" "),
      byChords: bends.map(verdictByChords).join(" "),
      byCurvature: bends.map(verdictByCurvature).join(" "),
      shareOfChordsAboveTheSurface: bends.map((bend) => bend.shareAboveSurface),
      shareOfChordsBelowTheSurface: bends.map((bend) => bend.shareBelowSurface),
      leastEigenvalue: bends.map((bend) => bend.leastCurvature),
      greatestEigenvalue: bends.map((bend) => bend.greatestCurvature),
    };
    return {
      holds:
        [minima, maxima, saddles].every((group, k) => agree(heightsOf(group), heightsOf(known[k]), 1e-9)) &&
        numbers.kindsBySight === numbers.kindsByEigenvalues &&
        // Rounding leaves the gradient about ε times the size of the terms that cancel in it.
        numbers.largestGradientAtMinimaMaximumSaddles.every((g) => g < 1e-12 * numbers.medianGradientElsewhere) &&
        numbers.minimaLessSaddlesPlusMaxima === 1 &&
        numbers.byChords === numbers.known &&
        numbers.byCurvature === numbers.known,
      numbers,
      figure: drawn(points, f),
    };
  },
};

const heightsOf = (points: readonly { readonly value: number }[]): number[] =>
  points.map(({ value }) => value).sort((a, b) => a - b);

function drawn(points: readonly FoundPoint[], f: Objective): Figure {
  return figure({
    title: "The gradient is zero at minima, maxima and saddles",
    description:
      "Himmelblau's function has four minima, one maximum and four saddles. On a small circle around a minimum all heights are positive, around the maximum negative, around a saddle both; the eigenvalues of the Hessian have the same signs. Chords of a convex function run above it, those of a concave one below.",
    columns: 2,
    height: 800,
    panels: [landscape(points), around(points, f), curvatures(points), chords()],
  });
}

/** Close together where the ground is low, and around the maximum at 181.6. */
const LEVELS = [1, 5, 12, 22, 35, 50, 67, 85, 104, 125, 145, 162, 173, 179, 190, 220, 280, 380, 520, 700];

const landscape = (points: readonly FoundPoint[]): Panel => {
  const height = (x: number, y: number): number => (x * x + y - 11) ** 2 + (x + y * y - 7) ** 2;
  return panel({
    title: "Nine places without a slope",
    x: { label: "x" },
    y: { label: "y" },
    marks: [
      contour({ grid: grid(height, { x: [-5, 5], y: [-5, 5] }), levels: LEVELS }),
      ...kinds.map((kind) => marker({ points: at(points, kind, ({ at: [x, y] }) => [x, y]), label: kind, size: 10 })),
    ],
  });
};

/** One point of each kind. */
const around = (points: readonly FoundPoint[], f: Objective): Panel =>
  panel({
    title: `On a circle around it, ${RADIUS} away`,
    x: { label: "direction (degrees)", domain: [0, 360], ticks: [0, 90, 180, 270, 360] },
    y: { label: "height above the point" },
    marks: [
      rule({ y: 0 }),
      ...kinds.flatMap((kind) =>
        points
          .filter((point) => point.kind === kind)
          .slice(0, 1)
          .map((point) => heightsAround(f, point.at))
          .map((y) => line({ x: y.map((_, k) => (360 * k) / DIRECTIONS), y, label: kind, weight: "bold" })),
      ),
    ],
  });

const curvatures = (points: readonly FoundPoint[]): Panel =>
  panel({
    title: "The Hessian's eigenvalues",
    x: { label: "the smaller" },
    y: { label: "the larger" },
    marks: [
      rule({ x: 0 }),
      rule({ y: 0 }),
      ...kinds.map((kind) =>
        marker({
          points: at(points, kind, ({ eigenvalues: [small, large] }) => [small, large]),
          label: kind,
          size: 10,
        }),
      ),
    ],
  });

const at = (
  points: readonly FoundPoint[],
  kind: Kind,
  place: (point: FoundPoint) => [number, number],
): [number, number][] => points.filter((point) => point.kind === kind).map(place);

/** Sections along the x axis, with a chord each. */
function chords(): Panel {
  const sections = [
    { label: "convex", height: (x: number) => x ** 2 / 2, ends: [-1.4, 0.9] },
    { label: "concave", height: (x: number) => 1.5 - x ** 2 / 2, ends: [-0.9, 1.4] },
    { label: "neither", height: (x: number) => (x * x - 1) ** 2, ends: [-1.3, 0.1] },
  ];
  const xs = Array.from({ length: 101 }, (_, k) => -1.5 + (3 * k) / 100);
  return panel({
    title: "Chords",
    x: { label: "x" },
    y: { label: "value" },
    marks: sections.flatMap(({ label, height, ends }) => [
      line({ x: xs, y: xs.map(height), label, weight: "bold" }),
      line({ x: ends, y: ends.map(height), label, weight: "normal" }),
    ]),
  });
}
