import { contour, type Figure, figure, marker, panel, way } from "../../src/figure/index.ts";
import { connect, type LossPlane, lossAlongLine, lossOnPlane, type Measured } from "../../src/landscape/index.ts";
import { modelFor } from "../../src/nn/index.ts";
import { adam } from "../../src/optimizers/index.ts";
import type { NetObjective } from "../../src/solvers/index.ts";
import { withObjective } from "../curvature.ts";
import { trainingSet } from "../examples.ts";
import { agree, experiment } from "../experiment.ts";
import { pairsOf, trainedFrom } from "../net-pairs.ts";
import { ranges } from "../plots/ranges.ts";
import { inTurn } from "../retraining.ts";
import { facts, numberTable } from "../told.ts";

const HIDDEN = 32;
/** Positions along a curve, with both ends. */
const POINTS = 31;
/** Where a curve's loss is computed again from its formula: the fifths of the way. */
const AGAIN = [6, 12, 15, 18, 24];
/** How the bends are trained. */
const training = { optimizer: adam({ lr: 0.01 }), batchSize: 64 };

/** A curve hardly rises above its ends, where the straight line rises to several times their loss. */
const [AT_MOST, AT_LEAST] = [1.1, 5];

const subjects = { connect, lossAlongLine, seeds: [1, 2, 3], epochs: 30, curveEpochs: 40, columns: 41 };

/**
 * Garipov, Izmailov, Podoprikhin, Vetrov & Wilson 2018, Loss surfaces, mode connectivity, and fast ensembling of DNNs; at the same time
 * Draxler, Veschgini, Salmhofer & Hamprecht 2018, Essentially no barriers in neural network energy landscape.
 */
export const modeConnectivity = experiment({
  id: "mode-connectivity",
  title: "A way without a barrier between two solutions",
  claim:
    "Two nets that were trained separately are parted by a barrier on the straight line, but joined by a curve along which the loss is " +
    "nowhere more than a tenth above that of the worse of them.",
  subjects,
  async measure(given, subjects) {
    const { data, examples, device } = await trainingSet(given, { least: 2 });
    const { seeds, epochs, curveEpochs, columns } = subjects;
    const model = modelFor(`mlp:${HIDDEN}:tanh`, data);
    const sets = { ...data, train: examples };
    const nets = await inTurn(seeds, (seed) => trainedFrom(model, sets, { seed, epochs }, device));
    return withObjective({ model, examples, device }, async (objective) => {
      const losses = await inTurn(nets, async (net) => objective.value(net));
      const found = await inTurn(pairsOf(nets), async (ends) => {
        const options = { ...training, model, data: sets, ends, device, epochs: curveEpochs, points: POINTS };
        const { plane, ...connection } = await subjects.connect(options);
        const { losses: line } = await subjects.lossAlongLine(objective, ...ends, { points: POINTS });
        const again = await onCurve(objective, ends, connection.bend);
        return { plane, path: connection.path, curve: lossesOf(connection.curve), line: [...line], again };
      });
      const [{ plane, path }] = found;
      const pairs = found.map(({ curve, line, again }) => ({ curve, line, again }));
      const worst = pairsOf(losses).map((ends) => Math.max(...ends));
      const highest = (of: "curve" | "line"): number[] => pairs.map((pair) => Math.max(...pair[of]));
      return {
        numbers: {
          hiddenUnits: HIDDEN,
          losses,
          highestOnLine: highest("line"),
          highestOnCurve: highest("curve"),
          lineAboveEnds: highest("line").map((loss, i) => loss / worst[i]),
          curveAboveEnds: highest("curve").map((loss, i) => loss / worst[i]),
        },
        pairs,
        path: path.map(([x, y]) => [x, y] as const),
        ground: await lossOnPlane(objective, plane, { ...windowAround(path), columns }),
      };
    });
  },
  holds({ numbers, pairs }) {
    const { losses, lineAboveEnds, curveAboveEnds } = numbers;
    const ends = pairsOf(losses);
    return (
      curveAboveEnds.every((times) => times <= AT_MOST) &&
      lineAboveEnds.every((times) => times > AT_LEAST) &&
      // Both begin and end in the nets, and the curve is that of its formula.
      pairs.every(
        ({ curve, line, again }, i) =>
          [curve, line].every((way) => agree([way[0], way[POINTS - 1]], ends[i])) &&
          agree(
            AGAIN.map((at) => curve[at]),
            again,
          ),
      )
    );
  },
  told({ numbers }) {
    const nets = numbers.losses.map((_, i) => `net ${i + 1}`);
    return [
      facts({ "hidden units": HIDDEN }),
      numberTable("Nets that were trained separately", { net: nets, loss: numbers.losses }),
      numberTable("The highest loss between two nets", {
        between: pairsOf(nets).map(([a, b]) => `${a} and ${b}`),
        "on the straight line": numbers.highestOnLine,
        "on the curve": numbers.highestOnCurve,
        "line, times the worse net's": numbers.lineAboveEnds,
        "curve, times the worse net's": numbers.curveAboveEnds,
      }),
    ];
  },
  plot: ({ numbers, pairs, path, ground }) => drawing(numbers, pairs, path, ground),
});

/** (1 − t)²·w₁ + 2t(1 − t)·θ + t²·w₂, from the formula, at some positions. */
const onCurve = (objective: NetObjective, [a, b]: readonly [Float64Array, Float64Array], bend: ArrayLike<number>) =>
  inTurn(AGAIN, async (at) => {
    const t = at / (POINTS - 1);
    return objective.value(a.map((x, i) => (1 - t) ** 2 * x + 2 * t * (1 - t) * bend[i] + t ** 2 * b[i]));
  });

const lossesOf = (measured: readonly Measured[]): number[] =>
  measured.map(({ loss }) => loss ?? Number.POSITIVE_INFINITY);

type Path = readonly (readonly [x: number, y: number])[];

/** A square window around a way, with a quarter of its width as a margin, and the rest beyond the way. */
function windowAround(path: Path) {
  const [xs, ys] = [path.map(([x]) => x), path.map(([, y]) => y)];
  const [left, right, low] = [Math.min(...xs), Math.max(...xs), Math.min(...ys)];
  const margin = (right - left) / 4;
  return { x: [left - margin, right + margin], y: [low - margin, low + right - left + margin] } as const;
}

interface Shown {
  readonly highestOnLine: readonly number[];
  readonly highestOnCurve: readonly number[];
}

function drawing(
  { highestOnLine, highestOnCurve }: Shown,
  pairs: readonly { readonly curve: readonly number[]; readonly line: readonly number[] }[],
  path: Path,
  { x, y, values }: LossPlane,
): Figure {
  const positions = pairs[0].curve.map((_, k) => k / (POINTS - 1));
  const [first, last] = [path[0], path[path.length - 1]];
  const [low, high] = [Math.min(...pairs.flatMap(({ curve }) => curve)), Math.max(...values)];
  const levels = Array.from({ length: 15 }, (_, k) => low * (high / low) ** ((k + 0.5) / 15));
  const along = (label: string, of: "curve" | "line") =>
    ranges(label, positions, (k) => pairs.map((pair) => pair[of][k]));
  return figure({
    title: "Two ways from one solution to another",
    description: `On the straight line between two nets the loss rises to ${Math.max(...highestOnLine).toPrecision(2)}; on the curve it is ${Math.max(...highestOnCurve).toPrecision(2)} at most, ${whereHighest(pairs)}. Bands: from the lowest to the highest of ${pairs.length} pairs. The plane goes through the first pair and the bend of their curve; the darker, the lower the loss.`,
    columns: 2,
    height: 480,
    panels: [
      panel({
        title: "The loss on the way",
        x: { label: "fraction of the way", domain: [0, 1] },
        y: { label: "loss", scale: "log" },
        marks: [...along("straight line", "line"), ...along("curve", "curve")],
      }),
      panel({
        title: "The plane of the curve",
        x: { label: "distance along the line" },
        y: { label: "distance from the line" },
        aspect: 1,
        marks: [
          contour({ grid: { x, y, values }, levels, z: { label: "loss", scale: "log", domain: [low, high] } }),
          way({ points: [first, last], z: [null, null], label: "straight line" }),
          way({ points: path, z: path.map(() => null), label: "curve" }),
          marker({
            points: [first, last],
            ...{ label: "net", color: "ink", shape: "diamond", size: 10, titles: ["first net", "second net"] },
          }),
        ],
      }),
    ],
  });
}

/** Where the losses on curves are highest: in words. */
function whereHighest(pairs: readonly { readonly curve: readonly number[] }[]): string {
  const atEnds = pairs.filter(({ curve }) => [curve[0], curve[curve.length - 1]].includes(Math.max(...curve))).length;
  if (atEnds === pairs.length) return "at one of its ends";
  return atEnds === 0 ? "between its ends" : `at one of its ends for ${atEnds} of ${pairs.length} pairs`;
}
