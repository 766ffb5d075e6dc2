import { type Figure, figure, formatNumber, type Panel, panel, surface } from "../../src/figure/index.ts";
import { measuresOf } from "../../src/landscape/index.ts";
import type { DeepLandscape } from "../deep-landscape.ts";
import { experiment, near } from "../experiment.ts";
import { facts, numberTable } from "../told.ts";

/** Nets of the same depth that differ in their skips alone, and how they compare. */
const [SKIPS, PLAIN] = ["resnet-56", "resnet-56-noshort"] as const;
/** Where the loss around a net is looked at: half of each filter's length away. */
const RADIUS = 0.5;
/** The loss of guessing one of ten classes. */
const GUESSING = Math.log(10);

const subjects = { measuresOf, nets: [SKIPS, PLAIN] as readonly string[], level: GUESSING };

/**
 * Li, Xu, Taylor, Studer & Goldstein 2018, Visualizing the loss landscape of neural nets, whose nets were trained for 300 epochs of 50,000
 * images: there the slice around the net without skips is the rough one.
 */
export const deepLandscapes = experiment({
  id: "deep-landscapes",
  title: "A deep net without its skips",
  claim:
    "Trained alike, a net of 56 layers without skips ends at a higher loss and makes more errors than one with skips, though the loss around " +
    "it rises less: a slice that looks smoother is not that of the net that trains better.",
  subjects,
  measure(given, { measuresOf, nets, level }) {
    const landscapes = nets.map((name) => {
      const found = given.landscapes.find(({ model }) => model === name);
      if (found === undefined) throw new RangeError(`there is no landscape of ${name}; give one`);
      return found;
    });
    const measures = landscapes.map(({ slice }) => measuresOf(slice, { level, radius: RADIUS }));
    const [{ slice, training }] = landscapes;
    const numbers = {
      nets: landscapes.map(({ model }) => model).join(", "),
      training,
      images: slice.examples.count,
      points: slice.x.length * slice.y.length,
      parameters: landscapes.map(({ parameters }) => parameters),
      trainLoss: landscapes.map(({ train }) => train.loss),
      testError: landscapes.map(({ test }) => 1 - test.accuracy),
      centre: landscapes.map(({ slice }) => slice.centre.loss ?? Number.NaN),
      highest: landscapes.map(({ slice }) => Math.max(...lossesOf(slice))),
      basin: measures.map(({ basin }) => basin),
      lossAtRadius: measures.map(({ lossAtRadius }) => lossAtRadius ?? Number.NaN),
      nonConvex: measures.map(({ nonConvex }) => nonConvex ?? Number.NaN),
      minima: measures.map(({ minima }) => minima),
    };
    return { numbers, slices: landscapes.map(({ slice }) => slice) };
  },
  holds({ numbers, slices }) {
    const [rises, plainRises] = numbers.lossAtRadius.map((loss, i) => loss - numbers.centre[i]);
    return (
      slices.every((slice, i) => near(shareBelow(slice, GUESSING), numbers.basin[i], 0.05)) &&
      numbers.trainLoss[1] > 1.5 * numbers.trainLoss[0] &&
      numbers.testError[1] > 1.2 * numbers.testError[0] &&
      plainRises < rises
    );
  },
  told: ({ numbers }) => [
    facts({
      training: numbers.training,
      "points of each slice": numbers.points,
      "training images at each": numbers.images,
    }),
    numberTable("The nets", {
      net: numbers.nets.split(", "),
      parameters: numbers.parameters,
      "loss over the training set": numbers.trainLoss,
      "wrong of the test images, %": numbers.testError.map((share) => 100 * share),
    }),
    numberTable("The slices, along two random directions with filters as long as the net's", {
      net: numbers.nets.split(", "),
      "loss at the centre": numbers.centre,
      "mean at radius 0.5": numbers.lossAtRadius,
      highest: numbers.highest,
      "of the window below guessing, %": numbers.basin.map((share) => 100 * share),
      "of the window not convex, %": numbers.nonConvex.map((share) => 100 * share),
      "strict minima": numbers.minima,
    }),
  ],
  plot: ({ numbers, slices }) => drawing(numbers.nets.split(", "), slices),
});

type Slice = Pick<DeepLandscape["slice"], "x" | "y" | "loss" | "centre">;

const lossesOf = ({ loss }: Slice): number[] => loss.flat().map((value) => value ?? Number.POSITIVE_INFINITY);

/** The share of the window around points below a level: on an even grid those at its border have half as much, and at its corners a quarter. */
function shareBelow({ x, y, loss }: Slice, level: number): number {
  const weigh = (k: number, { length }: readonly number[]): number => (k === 0 || k === length - 1 ? 0.5 : 1);
  let [below, all] = [0, 0];
  for (const [i] of y.entries())
    for (const [j] of x.entries()) {
      const weight = weigh(i, y) * weigh(j, x);
      all += weight;
      if ((loss[i][j] ?? Number.POSITIVE_INFINITY) < level) below += weight;
    }
  return below / all;
}

/** Side by side on one scale of heights. */
function drawing(nets: readonly string[], slices: readonly Slice[]): Figure {
  const losses = slices.flatMap(lossesOf);
  const domain = [Math.min(...losses), Math.max(...losses)] as const;
  const decades = Array.from({ length: 8 }, (_, k) => k - 3);
  const levels = decades
    .flatMap((power) => [1, 2, 5].map((m) => Number(`${m}e${power}`)))
    .filter((level) => level > domain[0] && level < domain[1]);
  const panels = slices.map(
    ({ x, y, loss, centre }, i): Panel =>
      panel({
        title: `${nets[i]}: loss ${formatNumber(centre.loss ?? Number.NaN, 3)} at the centre`,
        x: { label: "random direction" },
        y: { label: "another" },
        marks: [
          surface({
            grid: { x, y, values: loss.flat().map((value) => value ?? Number.NaN) },
            z: { label: "loss", scale: "log", domain },
            levels,
          }),
        ],
      }),
  );
  return figure({
    title: "The loss around deep nets",
    description: `Slices through the loss around ${nets.join(" and ")} on one log scale of heights, along two random directions with filters as long as the net's: 1 on an axis changes the weights by as much as they are.`,
    columns: 2,
    width: 1120,
    height: 540,
    panels,
  });
}
