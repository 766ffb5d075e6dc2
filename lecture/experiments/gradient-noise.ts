import type { Examples, Vector } from "../../src/data/index.ts";
import { formatNumber, line, marker, rule, text } from "../../src/figure/index.ts";
import { Random } from "../../src/index.ts";
import { initialize } from "../../src/nn/index.ts";
import { allOf, trainingSet } from "../examples.ts";
import { experiment } from "../experiment.ts";
import { plotOf } from "../plots/curves.ts";
import { inTurn } from "../retraining.ts";
import { errorOfMean, fitLine, mean } from "../samples.ts";
import { descended, fullGradient, type NetAtWork, smallNet, withNet } from "../small-net.ts";
import { facts, numberTable } from "../told.ts";
import { dot, squaredDistance } from "../vectors.ts";

const SIZES = [1, 4, 16, 64, 256, 512];
/** Random batches of each size: this many at least, and as many as these examples make. */
const [LEAST_BATCHES, DRAWN_EXAMPLES] = [200, 1600];
const EPOCHS = 5;
/** The largest deviation allowed of a statistic, in standard errors. */
const SIGMAS = 4;
/** Of a dozen such deviations, the root mean square is below this once in a million times. */
const LEAST_DEVIATION = 0.3;

/** How the examples' gradients are spread about their mean ḡ, at fixed weights. */
interface Spread {
  /** ‖ḡ‖² */
  readonly squaredLength: number;
  /** σ², the mean of ‖gᵢ − ḡ‖² over the examples: the trace of their covariance matrix. */
  readonly variance: number;
}

/** The mean of ‖g − ḡ‖² over random batches, and its standard error. */
interface Noise {
  readonly size: number;
  readonly square: number;
  readonly error: number;
}

/** The closed form. Without replacement a batch of all examples has no noise. */
export const noiseExpected = (variance: number, size: number, count: number, replaced: boolean): number =>
  (variance / size) * (replaced ? 1 : (count - size) / (count - 1));

/** How batches are drawn, with and without replacement. */
const draws = {
  replaced: (random: Random, count: number, size: number): Uint32Array =>
    Uint32Array.from({ length: size }, () => random.integer(count)),
  without: (random: Random, count: number, size: number): Uint32Array => random.permutation(count).subarray(0, size),
};

/** tr Σ/‖ḡ‖²: the simple noise scale of McCandlish et al. 2018, An empirical model of large-batch training, eq. 2.9. */
const noiseScale = ({ spread }: Pick<Measured, "spread">): number => spread.variance / spread.squaredLength;

const subjects = { noiseExpected, noiseScale, draws };
type Subjects = typeof subjects;

async function spreadOf(net: NetAtWork, examples: Examples, full: Vector): Promise<Spread> {
  let variance = 0;
  for (let i = 0; i < examples.count; i++) {
    await net.gradient(Uint32Array.of(i));
    variance += squaredDistance(net.g, full) / examples.count;
  }
  return { squaredLength: dot(full, full), variance };
}

type Draw = Subjects["draws"]["replaced"];

async function noiseOf(net: NetAtWork, examples: Examples, full: Vector, size: number, draw: Draw, name: string) {
  const random = new Random(1, name).fork(size);
  const squares: number[] = [];
  const draws = Math.max(LEAST_BATCHES, DRAWN_EXAMPLES / size);
  for (let k = 0; k < draws; k++) {
    await net.gradient(draw(random, examples.count, size));
    squares.push(squaredDistance(net.g, full));
  }
  return { size, square: mean(squares), error: errorOfMean(squares) };
}

interface Measured {
  readonly spread: Spread;
  readonly replaced: readonly Noise[];
  readonly without: readonly Noise[];
}

async function noises(
  net: NetAtWork,
  examples: Examples,
  sizes: readonly number[],
  { draws }: Subjects,
): Promise<Measured> {
  const full = await fullGradient(net, examples);
  return {
    spread: await spreadOf(net, examples, full),
    replaced: await inTurn(sizes, (size) => noiseOf(net, examples, full, size, draws.replaced, "with replacement")),
    without: await inTurn(sizes, (size) => noiseOf(net, examples, full, size, draws.without, "without")),
  };
}

/**
 * The measured exponent of B in the root mean square, and the batch at which the fitted noise is the gradient's length, with
 * the standard error of its logarithm: that of a fitted line at a place is √(1/Σ1/σ² + (x − x̄)²·(slope's error)²).
 */
function fitOf({ spread, replaced }: Measured) {
  const logarithms = replaced.map(({ size, square, error }) => ({
    x: Math.log(size),
    y: 0.5 * Math.log(square),
    error: (0.5 * error) / square,
  }));
  const { slope, slopeError, intercept } = fitLine(logarithms);
  const weight = logarithms.reduce((sum, { error }) => sum + 1 / error ** 2, 0);
  const centre = logarithms.reduce((sum, { x, error }) => sum + x / error ** 2, 0) / weight;
  const place = (0.5 * Math.log(spread.squaredLength) - intercept) / slope;
  const placeError = Math.hypot(1 / Math.sqrt(weight), (place - centre) * slopeError) / Math.abs(slope);
  return { slope, slopeError, scale: Math.exp(place), scaleError: placeError };
}

/** The difference of the measured noise from the closed form, in standard errors. */
const deviations = ({ spread, replaced, without }: Measured, count: number, { noiseExpected }: Subjects): number[] =>
  [replaced, without].flatMap((noises, i) =>
    noises.map(({ size, square, error }) => (square - noiseExpected(spread.variance, size, count, i === 0)) / error),
  );

export const gradientNoise = experiment({
  id: "gradient-noise",
  title: "The noise of mini-batch gradients",
  claim:
    "The gradient of a batch of B examples differs from the full gradient by σ/√B (root mean square), where σ² is the variance " +
    "of the single examples' gradients, and by √((N − B)/(N − 1)) times that if no example is drawn twice.",
  subjects,
  async measure(given, subjects) {
    const { noiseExpected, noiseScale } = subjects;
    const { data, examples, device } = await trainingSet(given, { least: 16 });
    const { count } = examples;
    const sizes = SIZES.filter((size) => size <= count / 2);
    const model = smallNet(data);
    const last = await descended({ model, data: allOf(data, examples), epochs: EPOCHS }, device);
    const measured = await withNet(model, examples, device, async (net) => {
      initialize(model, net.w, 1);
      const first = await noises(net, examples, sizes, subjects);
      net.w.set(last);
      return [first, await noises(net, examples, sizes, subjects)];
    });
    const fits = measured.map(fitOf);
    const roots = (noises: readonly Noise[]): number[] => noises.map(({ square }) => Math.sqrt(square));
    const expected = ({ spread }: Measured, replaced: boolean): number[] =>
      sizes.map((size) => Math.sqrt(noiseExpected(spread.variance, size, count, replaced)));
    const [, trained] = measured;
    const off = measured.flatMap((m) => deviations(m, count, subjects));
    const numbers = {
      examples: count,
      batchSizes: sizes,
      epochsTrained: [0, EPOCHS],
      exponent: fits.map(({ slope }) => slope),
      exponentError: fits.map(({ slopeError }) => slopeError),
      exponentExpected: -0.5,
      noiseTrained: roots(trained.replaced),
      noiseTrainedExpected: expected(trained, true),
      noiseTrainedWithoutReplacement: roots(trained.without),
      noiseTrainedWithoutReplacementExpected: expected(trained, false),
      largestDeviationInStandardErrors: Math.max(...off.map(Math.abs)),
      meanDeviationInStandardErrors: Math.sqrt(mean(off.map((each) => each ** 2))),
      gradientLength: measured.map(({ spread }) => Math.sqrt(spread.squaredLength)),
      sigma: measured.map(({ spread }) => Math.sqrt(spread.variance)),
      noiseScale: measured.map(noiseScale),
      noiseScaleFitted: fits.map(({ scale }) => scale),
      noiseScaleFittedError: fits.map(({ scale, scaleError }) => scale * scaleError),
    };
    return { numbers, measured, fits };
  },
  holds: ({ numbers, fits }) =>
    fits.every(({ slope, slopeError }) => Math.abs(slope + 0.5) < SIGMAS * slopeError) &&
    numbers.largestDeviationInStandardErrors < SIGMAS &&
    // Deviations in standard errors are 1 in root mean square: much less would say that the errors are overstated.
    numbers.meanDeviationInStandardErrors > LEAST_DEVIATION &&
    numbers.noiseScale.every((scale, i) => Math.abs(Math.log(fits[i].scale / scale)) < SIGMAS * fits[i].scaleError),
  told: ({ numbers }) => [
    facts({
      "examples, N": numbers.examples,
      "largest deviation of the noise from theory, standard errors": numbers.largestDeviationInStandardErrors,
      "root mean square of the deviations, standard errors (in theory: 1)": numbers.meanDeviationInStandardErrors,
    }),
    numberTable("Before and after training", {
      "epochs trained": numbers.epochsTrained,
      "exponent of B, measured": numbers.exponent,
      "standard error of the exponent": numbers.exponentError,
      "exponent in theory": numbers.exponent.map(() => numbers.exponentExpected),
      "σ of single examples": numbers.sigma,
      "length of the full gradient": numbers.gradientLength,
      "batch size with noise as long as the gradient": numbers.noiseScale,
      "that batch size, fitted": numbers.noiseScaleFitted,
      "error of the fit": numbers.noiseScaleFittedError,
    }),
    numberTable("Noise of a batch's gradient after training, root mean square", {
      "batch size, B": numbers.batchSizes,
      "drawn with replacement": numbers.noiseTrained,
      "in theory, σ/√B": numbers.noiseTrainedExpected,
      "without replacement": numbers.noiseTrainedWithoutReplacement,
      "in theory": numbers.noiseTrainedWithoutReplacementExpected,
    }),
  ],
  plot({ numbers, measured }) {
    const labels = ["initial weights", `after ${EPOCHS} epochs`];
    const { examples: count, noiseScale: scales } = numbers;
    const largest = Math.max(...measured[0].replaced.map(({ size }) => size));
    const sizes = Array.from({ length: 61 }, (_, k) => largest ** (k / 60));
    const [first, trained] = scales.map((scale) => formatNumber(scale, 3));
    return plotOf({
      title: "Noise of mini-batch gradients",
      description:
        `On logarithmic scales the noise falls along straight lines of slope −½; without replacement (dotted) it falls off ` +
        `towards the full batch. It is as long as the gradient in batches of ${first} at the initial weights and of ${trained} after ` +
        `${EPOCHS} epochs.`,
      x: { label: `batch size, of ${formatNumber(count)} examples`, scale: "log" },
      y: { label: "noise over the length of the gradient", scale: "log" },
      marks: [
        rule({ y: 1 }),
        text({ at: [1, 1], text: "noise as long as the gradient", shift: [0, 15] }),
        ...measured.flatMap(({ spread, replaced, without }, i) => {
          const relative = (square: number): number => Math.sqrt(square / spread.squaredLength);
          const curve = (isReplaced: boolean): number[] =>
            sizes.map((size) => relative(noiseExpected(spread.variance, size, count, isReplaced)));
          const points = (noises: readonly Noise[]) =>
            noises.map(({ size, square }) => [size, relative(square)] as const);
          return [
            line({ x: sizes, y: curve(true), label: labels[i], weight: "bold" }),
            line({ x: sizes, y: curve(false), series: i, dash: "dotted" }),
            marker({ points: points(without), series: i, shape: "triangle", size: 7 }),
            marker({ points: points(replaced), label: labels[i], shape: "circle" }),
          ];
        }),
        text({
          at: [largest, Math.sqrt(noiseExpected(scales[0], largest, count, false))],
          text: "none drawn twice",
          anchor: "end",
          shift: [-12, 3],
        }),
        marker({ points: scales.map((scale) => [scale, 1]), shape: "star", size: 12 }),
      ],
    });
  },
});
