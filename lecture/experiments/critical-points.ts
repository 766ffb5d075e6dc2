import { figure, line, type Mark, marker, type Panel, panel, rule } from "../../src/figure/index.ts";
import { type FoundPoint, criticalPoints as search } from "../../src/solvers/index.ts";
import { lowDiscrepancyPoints, type Surface, surfaceFromText, surfaces } from "../../src/surfaces/index.ts";
import { type Objective, objectiveOf } from "../../src/train/index.ts";
import { bendOf, verdictByChords, verdictByCurvature } from "../convexity.ts";
import { agree, experiment } from "../experiment.ts";
import { curves } from "../plots/curves.ts";
import { ground } from "../plots/ground.ts";
import { cellWords, facts, numberTable, placeWords } from "../told.ts";

const { bowl, himmelblau, levelValleys, saddle } = surfaces;

const dome = surfaceFromText("1.5 - x^2/2 - y^2", { name: "dome" });

/** Surfaces whose bend is known from their formulas; a quadratic's curvatures are the same everywhere. */
const shapes = [
  { surface: bowl, known: "convex", curvatures: [1, 10] },
  { surface: dome, known: "concave", curvatures: [-2, -1] },
  { surface: saddle, known: "neither", curvatures: [-2, 2] },
  { surface: levelValleys, known: "neither" },
] as const;

const kinds = ["minimum", "maximum", "saddle"] as const;
type Kind = (typeof kinds)[number];

/** The radius of the circle on which heights around a critical point are taken, and their number. */
const RADIUS = 0.05;
const DIRECTIONS = 72;

/** The heights on a small circle around a point in the plane, above the point itself. */
export function heightsAround(f: Objective, [x, y]: readonly number[]): number[] {
  const unused = new Float64Array(2);
  const height = (dx: number, dy: number): number => f.gradient(Float64Array.of(x + dx, y + dy), unused);
  const here = height(0, 0);
  return Array.from({ length: DIRECTIONS + 1 }, (_, k) => {
    const angle = (2 * Math.PI * k) / DIRECTIONS;
    return height(RADIUS * Math.cos(angle), RADIUS * Math.sin(angle)) - here;
  });
}

/** The kind of a point as it is seen: higher all around, lower all around, or both. */
export const kindBySight = (heights: readonly number[]): Kind =>
  heights.every((h) => h > 0) ? "minimum" : heights.every((h) => h < 0) ? "maximum" : "saddle";

/** The eigenvalues of (x² + y − 11)² + (x + y² − 7)²'s Hessian, by hand. */
function eigenvaluesByHand([x, y]: readonly number[]): [number, number] {
  const [xx, yy, xy] = [12 * x * x + 4 * y - 42, 12 * y * y + 4 * x - 26, 4 * (x + y)];
  const [middle, root] = [(xx + yy) / 2, Math.hypot((xx - yy) / 2, xy)];
  return [middle - root, middle + root];
}

/** The median length of the gradient over a surface's domain. */
function usualGradient({ domain }: Surface, f: Objective): number {
  const lengths = Array.from(lowDiscrepancyPoints(domain, 999), (at) => {
    const g = new Float64Array(2);
    f.gradient(at, g);
    return Math.hypot(...g);
  });
  return lengths.sort((a, b) => a - b)[499];
}

/** The share of chords between random points of a square that lie above x² − y²: half, by symmetry. */
const HALF = 0.5;
/** Four standard deviations of that share, counted over 2,000 chords. */
const SHARE_ERROR = 4 * Math.sqrt((HALF * HALF) / 2000);

const subjects = { search, bend: bendOf, heights: heightsAround };

export const criticalPoints = experiment({
  id: "critical-points",
  title: "Where the gradient is zero: minima, maxima and saddle points",
  claim:
    "The gradient is zero at minima, maxima and saddle points alike; the signs of the Hessian's eigenvalues tell them apart, and a function is convex if none of them is negative anywhere.",
  subjects,
  measure(_, { search, bend: bendOf, heights: heightsAround }) {
    const f = objectiveOf(himmelblau);
    const { points } = search(himmelblau);
    const of = (kind: Kind): FoundPoint[] => points.filter((point) => point.kind === kind);
    const [minima, maxima, saddles] = kinds.map(of);
    const bends = shapes.map(({ surface }) => bendOf(surface));
    const numbers = {
      criticalPoints: points.map(({ at }) => [...at]),
      kindsByEigenvalues: points.map(({ kind }) => kind).join(" "),
      kindsBySight: points.map(({ at }) => kindBySight(heightsAround(f, at))).join(" "),
      eigenvalues: points.map(({ eigenvalues }) => [...eigenvalues]),
      eigenvaluesByHand: points.map(({ at }) => eigenvaluesByHand(at)),
      largestGradientAtMinimaMaximumSaddles: [minima, maxima, saddles].map((group) =>
        Math.max(...group.map(({ gradientNorm }) => gradientNorm)),
      ),
      medianGradientElsewhere: usualGradient(himmelblau, f),
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
    const heights = kinds.map((kind) =>
      of(kind)
        .slice(0, 1)
        .map(({ at }) => heightsAround(f, at)),
    );
    return { numbers, bends, points: points.map(({ kind, at, value }) => ({ kind, at: [...at], value })), heights };
  },
  holds({ numbers, points }) {
    const known = [himmelblau.minima, himmelblau.maxima, himmelblau.saddles];
    const found = kinds.map((kind) => points.filter((point) => point.kind === kind));
    return (
      found.every((group, k) => agree(heightsOf(group), heightsOf(known[k]), 1e-9)) &&
      agree(numbers.eigenvalues.flat(), numbers.eigenvaluesByHand.flat(), 1e-9) &&
      numbers.kindsBySight === numbers.kindsByEigenvalues &&
      // Rounding leaves the gradient about ε times the size of the terms that cancel in it.
      numbers.largestGradientAtMinimaMaximumSaddles.every((g) => g < 1e-12 * numbers.medianGradientElsewhere) &&
      numbers.minimaLessSaddlesPlusMaxima === 1 &&
      numbers.byChords === numbers.known &&
      numbers.byCurvature === numbers.known &&
      shapes.every(
        (shape, i) =>
          !("curvatures" in shape) ||
          agree([numbers.leastEigenvalue[i], numbers.greatestEigenvalue[i]], shape.curvatures),
      ) &&
      Math.abs(numbers.shareOfChordsAboveTheSurface[2] - HALF) < SHARE_ERROR
    );
  },
  told: ({ numbers, points, bends }) => [
    numberTable("Critical points of Himmelblau's function", {
      "(x, y)": numbers.criticalPoints.map(placeWords),
      "by eigenvalues": points.map(({ kind }) => kind),
      "seen from a circle around it": numbers.kindsBySight.split(" "),
      "smaller eigenvalue": numbers.eigenvalues.map(([small]) => small),
      "larger eigenvalue": numbers.eigenvalues.map(([, large]) => large),
      "both eigenvalues, by hand": numbers.eigenvaluesByHand.map((pair) => pair.map(cellWords).join(", ")),
    }),
    numberTable("Length of the gradient, the largest of each kind", {
      "at the": [...kinds, "median over the domain"],
      length: [...numbers.largestGradientAtMinimaMaximumSaddles, numbers.medianGradientElsewhere],
    }),
    facts({ "minima − saddle points + maxima (by topology: 1)": numbers.minimaLessSaddlesPlusMaxima }),
    numberTable("Chords and curvature", {
      surface: shapes.map(({ surface }) => surface.title),
      "by its formula": shapes.map(({ known }) => known),
      "by chords": bends.map(verdictByChords),
      "by curvature": bends.map(verdictByCurvature),
      "share of chords above it": numbers.shareOfChordsAboveTheSurface,
      "share below it": numbers.shareOfChordsBelowTheSurface,
      "least eigenvalue": numbers.leastEigenvalue,
      "greatest eigenvalue": numbers.greatestEigenvalue,
    }),
  ],
  plot: ({ numbers, points, heights }) =>
    figure({
      title: "The gradient is zero at minima, maxima and saddles",
      description:
        "Himmelblau's function has four minima, one maximum and four saddles. On a small circle around a minimum all heights are positive, around the maximum negative, around a saddle both; the eigenvalues of the Hessian have the same signs. Chords of a convex function run above it, those of a concave one below.",
      columns: 2,
      height: 800,
      panels: [
        landscape(points),
        around(heights),
        curvatures(points.map(({ kind }, i) => ({ kind, at: numbers.eigenvalues[i] }))),
        chords(),
      ],
    }),
});

const heightsOf = (points: readonly { readonly value: number }[]): number[] =>
  points.map(({ value }) => value).sort((a, b) => a - b);

/** Close together where the ground is low, and around the maximum at 181.6. */
const LEVELS = [1, 5, 12, 22, 35, 50, 67, 85, 104, 125, 145, 162, 173, 179, 190, 220, 280, 380, 520, 700];

/** A point of the plane, of some kind. */
interface Placed {
  readonly kind: string;
  readonly at: readonly number[];
}

/** A mark for each kind of points. */
const marked = (points: readonly Placed[]): Mark[] =>
  kinds.map((label) =>
    marker({
      points: points.filter(({ kind }) => kind === label).map(({ at: [x, y] }) => [x, y] as const),
      label,
      size: 10,
    }),
  );

const landscape = (points: readonly Placed[]): Panel =>
  panel({
    title: "Nine points where the gradient is zero",
    x: { label: "x" },
    y: { label: "y" },
    marks: [ground(himmelblau, { x: [-5, 5], y: [-5, 5], levels: LEVELS }), ...marked(points)],
  });

/** Around one point of each kind. */
const around = (heights: readonly (readonly (readonly number[])[])[]): Panel =>
  panel({
    title: `On a circle around it, ${RADIUS} away`,
    x: { label: "direction (degrees)", domain: [0, 360], ticks: [0, 90, 180, 270, 360] },
    y: { label: "height above the point" },
    marks: [
      rule({ y: 0 }),
      ...kinds.flatMap((kind, i) =>
        heights[i].flatMap((y) => curves({ [kind]: { x: y.map((_, k) => (360 * k) / DIRECTIONS), y } })),
      ),
    ],
  });

const curvatures = (points: readonly Placed[]): Panel =>
  panel({
    title: "The Hessian's eigenvalues",
    x: { label: "smaller eigenvalue" },
    y: { label: "larger eigenvalue" },
    marks: [rule({ x: 0 }), rule({ y: 0 }), ...marked(points)],
  });

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
