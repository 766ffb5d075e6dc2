import type { Examples } from "../../data/index.ts";
import type { Vector } from "../../expr/array.ts";
import { type Figure, figure, formatNumber, line, marker, panel, rule, text } from "../../figure/index.ts";
import { initialize } from "../../nn/index.ts";
import { Random } from "../../random/index.ts";
import type { Engine } from "../../train/engine.ts";
import type { Experiment } from "../experiment.ts";
import { errorOfMean, fitLine, mean } from "../samples.ts";
import { descend, firstExamples, fullGradient, product, smallNet, squaredDistance, withEngine } from "../small-net.ts";

const MOST_EXAMPLES = 1200;
const SIZES = [1, 4, 16, 64, 256, 512];
/** Random batches of each size: so many at least, and as many as these examples make. */
const [LEAST_BATCHES, DRAWN_EXAMPLES] = [200, 1600];
const EPOCHS = 5;
/** What a statistic may deviate by, in standard errors. */
const SIGMAS = 4;

/** How the examples' gradients are spread about their mean ḡ, at weights that stay. */
interface Spread {
  /** ḡ */
  readonly full: Vector;
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

async function spreadOf(engine: Engine, examples: Examples): Promise<Spread> {
  const full = await fullGradient(engine, examples);
  let variance = 0;
  for (let i = 0; i < examples.count; i++) {
    await engine.gradient(examples, Uint32Array.of(i), 0);
    variance += squaredDistance(engine.buffers.g, full) / examples.count;
  }
  return { full, squaredLength: product(full, full), variance };
}

async function noiseOf(engine: Engine, examples: Examples, { full }: Spread, size: number, replaced: boolean) {
  const random = new Random(1, replaced ? "with replacement" : "without").fork(size);
  const { count } = examples;
  const draw = (): Uint32Array =>
    replaced
      ? Uint32Array.from({ length: size }, () => random.integer(count))
      : random.permutation(count).subarray(0, size);
  const squares: number[] = [];
  const draws = Math.max(LEAST_BATCHES, DRAWN_EXAMPLES / size);
  for (let k = 0; k < draws; k++) {
    await engine.gradient(examples, draw(), 0);
    squares.push(squaredDistance(engine.buffers.g, full));
  }
  return { size, square: mean(squares), error: errorOfMean(squares) };
}

interface Measured {
  readonly spread: Spread;
  readonly replaced: readonly Noise[];
  readonly without: readonly Noise[];
}

async function measure(engine: Engine, examples: Examples, sizes: readonly number[]): Promise<Measured> {
  const spread = await spreadOf(engine, examples);
  const [replaced, without]: Noise[][] = [[], []];
  for (const size of sizes) {
    replaced.push(await noiseOf(engine, examples, spread, size, true));
    without.push(await noiseOf(engine, examples, spread, size, false));
  }
  return { spread, replaced, without };
}

/** The measured exponent of B in the root mean square, and the batch at which the fitted noise is the gradient's length. */
function fitOf({ spread, replaced }: Measured) {
  const logarithms = replaced.map(({ size, square, error }) => ({
    x: Math.log(size),
    y: 0.5 * Math.log(square),
    error: (0.5 * error) / square,
  }));
  const { slope, slopeError, intercept } = fitLine(logarithms);
  return { slope, slopeError, scale: Math.exp((0.5 * Math.log(spread.squaredLength) - intercept) / slope) };
}

/** tr Σ/‖ḡ‖²: the simple noise scale of McCandlish et al. 2018, An empirical model of large-batch training, eq. 2.9. */
const noiseScale = ({ spread }: Measured): number => spread.variance / spread.squaredLength;

/** How many standard errors the measured noise is off the closed form. */
const deviations = ({ spread, replaced, without }: Measured, count: number): number[] =>
  [replaced, without].flatMap((noises, i) =>
    noises.map(({ size, square, error }) => (square - noiseExpected(spread.variance, size, count, i === 0)) / error),
  );

export const gradientNoise: Experiment = {
  id: "gradient-noise",
  title: "The noise of mini-batch gradients",
  claim:
    "The gradient of a batch of B examples is off the full one by σ/√B (root mean square), where σ² is the examples' own " +
    "variance about it, and by √((N − B)/(N − 1)) of that where no example is drawn twice.",
  run: async (given) => {
    const data = await given.data();
    const examples = firstExamples(data, MOST_EXAMPLES, 16);
    const { count } = examples;
    const sizes = SIZES.filter((size) => size <= count / 2);
    const model = smallNet(data);
    const measured = await withEngine(model, examples, await given.means(), async (engine) => {
      initialize(model, engine.buffers.w, 1);
      const first = await measure(engine, examples, sizes);
      await descend(engine, examples, EPOCHS);
      return [first, await measure(engine, examples, sizes)];
    });
    const fits = measured.map(fitOf);
    const roots = (noises: readonly Noise[]): number[] => noises.map(({ square }) => Math.sqrt(square));
    const expected = ({ spread }: Measured, replaced: boolean): number[] =>
      sizes.map((size) => Math.sqrt(noiseExpected(spread.variance, size, count, replaced)));
    const [, trained] = measured;
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
      largestDeviationInStandardErrors: Math.max(...measured.flatMap((m) => deviations(m, count)).map(Math.abs)),
      gradientLength: measured.map(({ spread }) => Math.sqrt(spread.squaredLength)),
      sigma: measured.map(({ spread }) => Math.sqrt(spread.variance)),
      noiseScale: measured.map(noiseScale),
      noiseScaleFitted: fits.map(({ scale }) => scale),
    };
    const holds =
      fits.every(({ slope, slopeError }) => Math.abs(slope + 0.5) < SIGMAS * slopeError) &&
      numbers.largestDeviationInStandardErrors < SIGMAS;
    return { holds, numbers, figure: drawing(measured, count) };
  },
};

function drawing(measured: readonly Measured[], count: number): Figure {
  const labels = ["first weights", `after ${EPOCHS} epochs`];
  const scales = measured.map(noiseScale);
  const largest = Math.max(...measured[0].replaced.map(({ size }) => size));
  const sizes = Array.from({ length: 61 }, (_, k) => largest ** (k / 60));
  const [first, trained] = scales.map((scale) => formatNumber(scale, 3));
  return figure({
    title: "Noise of mini-batch gradients",
    description:
      `On logarithmic scales the noise falls along straight lines of slope −½; without replacement (dotted) it falls off ` +
      `towards the full batch. It is as long as the gradient at a batch of ${first} at the first weights and of ${trained} after ` +
      `${EPOCHS} epochs.`,
    panels: [
      panel({
        x: { label: `batch size, of ${count} examples`, scale: "log" },
        y: { label: "noise over the gradient's length", scale: "log" },
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
      }),
    ],
  });
}
