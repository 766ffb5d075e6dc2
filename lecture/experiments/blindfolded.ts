import { figure, line, marker, panel, rule } from "../../src/figure/index.ts";
import { gradientDescent } from "../../src/optimizers/index.ts";
import { lowDiscrepancyPoints, surfaceFromText, surfaces } from "../../src/surfaces/index.ts";
import { minimize, type Objective, objectiveOf } from "../../src/train/index.ts";
import { experiment, near } from "../experiment.ts";
import { ground } from "../plots/ground.ts";
import { cellWords, facts } from "../told.ts";
import { largestDifference } from "../vectors.ts";

const { rastrigin } = surfaces;

/** Σ 10 + xᵢ² − 10cos(2πxᵢ): hills and basins in rows, the deepest basin in the middle. */
const hills = rastrigin();
const [[LOW, HIGH]] = hills.domain;
/** The largest curvature. Below the rate 1/L, x − lr·f′(x) rises with x, and ridges stay where they are: no step passes one. */
export const L = 2 + 40 * Math.PI ** 2;
const RATE = 0.25 / L;
const STEPS = 200;
const STARTS = 2048;

/** A basin deeper than all others, in a round patch of ground; elsewhere the landscape is as it was, to the last bit. */
const basin = { at: [1, 2], radius: 0.4, depth: 40 } as const;
const altered = surfaceFromText(
  `${hills.text} - ${basin.depth}*max(0, 1 - ((x - ${basin.at[0]})^2 + (y - ${basin.at[1]})^2)/${basin.radius}^2)^2`,
  { name: "another landscape" },
);

/** Starts whose walks are drawn. They pass by the altered patch. */
const shown = [
  [1.58, 1.54],
  [0.42, -0.47],
  [-1.45, 0.6],
  [-0.55, 1.6],
  [-2.42, -1.4],
  [-0.6, -2.45],
  [1.55, -1.4],
  [2.4, -0.4],
] as const;

const subjects = { rule: gradientDescent, starts: STARTS };

const walk = (f: Objective, start: readonly number[], lr: number, rule = gradientDescent): Float64Array =>
  minimize(f, { optimizer: rule({ lr }), start, steps: STEPS }).points;

/**
 * Where the derivative 2x + 20π·sin(2πx) changes from positive to negative: the ridges between basins, which are the same along both
 * axes. One lies between k + ½ and k + ¾ for each k ≥ 0, and its mirror image to the left.
 */
export function ridges(): number[] {
  const right = Array.from({ length: Math.floor(HIGH) }, (_, k) => {
    let [low, high] = [k + 0.5, k + 0.75];
    for (let halving = 0; halving < 60; halving++) {
      const middle = (low + high) / 2;
      if (middle + 10 * Math.PI * Math.sin(2 * Math.PI * middle) > 0) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  });
  return [...right.map((x) => -x).reverse(), ...right];
}

/** Walks from all over the landscape at a learning rate, and where they end. */
export function walks(lr: number, { rule, starts } = subjects) {
  const f = objectiveOf(hills);
  const borders = ridges();
  const basinOf = (x: number): number => borders.filter((border) => border < x).length;
  const middle = borders.length / 2;
  const results = Array.from(lowDiscrepancyPoints(hills.domain, starts), (start) => {
    const [x, y] = walk(f, [...start], lr, rule).slice(-2);
    const value = f.gradient(Float64Array.of(x, y), new Float64Array(2));
    const stays = basinOf(x) === basinOf(start[0]) && basinOf(y) === basinOf(start[1]);
    return { value, stays, global: basinOf(x) === middle && basinOf(y) === middle };
  });
  return {
    stayed: results.filter(({ stays }) => stays).length,
    reached: results.filter(({ global }) => global).length,
    values: results.map(({ value }) => value).sort((a, b) => a - b),
  };
}

/** The factor by which the last of 20 steps shortens the distance to the deepest basin. */
function lastFactor(points: Float64Array): number {
  const distance = (t: number): number => Math.hypot(points[2 * t], points[2 * t + 1]);
  return distance(20) / distance(19);
}

export const blindfolded = experiment({
  id: "blindfolded",
  title: "Blindfolded in a hilly landscape",
  claim:
    "At a small learning rate, gradient descent sees only the slope at its feet: it ends in the basin in which it started, wherever the deepest one is; that basin is rarely the deepest.",
  subjects,
  measure(_, subjects) {
    const { rule, starts } = subjects;
    const [here, elsewhere] = [hills, altered].map(objectiveOf);
    const { stayed, reached, values } = walks(RATE, subjects);
    const paths = shown.map((start) => walk(here, start, RATE, rule));
    /** The largest difference between the walks shown and those on this landscape from the same starts. */
    const differenceOn = (landscape: Objective): number =>
      Math.max(...shown.map((start, i) => largestDifference(paths[i], walk(landscape, start, RATE, rule))));
    const widest = ridges().find((x) => x > 0) ?? 0;
    return {
      numbers: {
        walks: starts,
        basins: (ridges().length + 1) ** 2,
        endedInTheBasinWhereTheyStarted: stayed,
        shareThatReachedTheDeepest: reached / starts,
        // The fraction of the domain in the deepest basin.
        shareExpected: ((2 * widest) / (HIGH - LOW)) ** 2,
        medianValueAtTheEnd: values[starts / 2],
        lowestValueOfTheLandscape: hills.minima[0].value,
        differenceWhenRepeated: differenceOn(here),
        // In a landscape with a far deeper basin beside the paths.
        differenceInTheOtherLandscape: differenceOn(elsewhere),
        // Near the deepest minimum, where both curvatures are L, a step leaves 1 − lr·L of the distance.
        distanceKeptPerStep: lastFactor(walk(here, [0.05, 0.03], RATE, rule)),
        distanceKeptPerStepExpected: 1 - RATE * L,
        lowestValueOfTheOtherLandscape: elsewhere.value(Float64Array.from(basin.at)),
      },
      trajectories: Object.fromEntries(paths.map((path, i) => [`walk ${i + 1}`, pointsOf(path)])),
      ...{ values, reached },
    };
  },
  holds({ numbers }) {
    const { walks: count, shareExpected: share } = numbers;
    return (
      numbers.endedInTheBasinWhereTheyStarted === count &&
      near(numbers.distanceKeptPerStep, numbers.distanceKeptPerStepExpected, 1e-4) &&
      // Three standard deviations of a share counted over the starts.
      Math.abs(numbers.shareThatReachedTheDeepest - share) < 3 * Math.sqrt((share * (1 - share)) / count) &&
      numbers.medianValueAtTheEnd > numbers.lowestValueOfTheLandscape &&
      numbers.differenceWhenRepeated === 0 &&
      numbers.differenceInTheOtherLandscape === 0 &&
      numbers.lowestValueOfTheOtherLandscape < numbers.lowestValueOfTheLandscape - 1
    );
  },
  told: ({ numbers }) => [
    facts({
      walks: numbers.walks,
      "basins of the landscape": numbers.basins,
      "walks that ended in the basin in which they started": numbers.endedInTheBasinWhereTheyStarted,
      "fraction of the walks that ended in the deepest basin": numbers.shareThatReachedTheDeepest,
      "fraction of the domain in the deepest basin": numbers.shareExpected,
      "value at the end, median of the walks": numbers.medianValueAtTheEnd,
      "lowest value of the landscape": numbers.lowestValueOfTheLandscape,
      "fraction of the distance that a step leaves near the deepest minimum": numbers.distanceKeptPerStep,
      "fraction of the distance in theory, 1 − lr·L": numbers.distanceKeptPerStepExpected,
      "largest difference between a walk and its repetition": numbers.differenceWhenRepeated,
      "largest difference between a walk here and in a landscape with a deeper basin elsewhere":
        numbers.differenceInTheOtherLandscape,
      "lowest value of the landscape with a deeper basin": numbers.lowestValueOfTheOtherLandscape,
    }),
  ],
  plot({ trajectories, values, reached }) {
    const paths = Object.values(trajectories);
    const window = [-2.7, 2.7] as const;
    return figure({
      title: "Blindfolded: each walk ends in the basin in which it started",
      description: `Eight walks down Rastrigin's hills, each ending in its own basin of attraction; one of them in the deepest. Of ${cellWords(values.length)} walks from all over the landscape, ${reached} end in the deepest, at 0; half of them end above ${values[values.length / 2].toFixed(0)}. A far deeper basin dug beside the paths changes none of them.`,
      columns: 2,
      height: 470,
      legend: "list",
      panels: [
        panel({
          title: "Eight walks",
          x: { label: "x", domain: window },
          y: { label: "y", domain: window },
          aspect: 1,
          marks: [
            ground(hills, { x: window, y: window, columns: 136, levels: 10 }),
            ...paths.map((points) => line({ points, series: 1, weight: "bold", dash: "solid" })),
            marker({ points: paths.map(([start]) => start), label: "start", shape: "circle" }),
            marker({ points: paths.map((points) => points[STEPS]), label: "end", shape: "square" }),
            line({
              points: circle(basin.at, basin.radius),
              label: "where another landscape is far deeper",
              dash: "dotted",
            }),
            marker({ points: [[0, 0]], label: "deepest", shape: "star", size: 14 }),
          ],
        }),
        panel({
          title: `The ends of ${cellWords(values.length)} walks`,
          x: { label: "fraction of the walks" },
          y: { label: "value at the end, at most" },
          marks: [
            line({
              x: values.map((_, i) => (i + 1) / values.length),
              y: values,
              weight: "bold",
              dash: "solid",
              series: 1,
            }),
            rule({ y: 0, text: "deepest" }),
          ],
        }),
      ],
    });
  },
});

const pointsOf = (path: Float64Array): [x: number, y: number][] =>
  Array.from({ length: path.length / 2 }, (_, t) => [path[2 * t], path[2 * t + 1]]);

const circle = ([x, y]: readonly [number, number], radius: number): [number, number][] =>
  Array.from({ length: 49 }, (_, k) => [
    x + radius * Math.cos((Math.PI * k) / 24),
    y + radius * Math.sin((Math.PI * k) / 24),
  ]);
