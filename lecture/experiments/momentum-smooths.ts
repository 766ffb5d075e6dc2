import { type Examples, sourceOf, type Vector } from "../../src/data/index.ts";
import { figure, line, panel, rule } from "../../src/figure/index.ts";
import { type Device, Random } from "../../src/index.ts";
import { gradientDescent, momentumAveraged, type Optimizer } from "../../src/optimizers/index.ts";
import { Engine, Training, type TrainOptions } from "../../src/train/index.ts";
import { allOf, trainingSet } from "../examples.ts";
import { agree, experiment } from "../experiment.ts";
import { descentFormula, momentumFormula, offFormula, ROUNDING, type Taken } from "../formulas.ts";
import { inTurn } from "../retraining.ts";
import { errorOfMeanInBlocks, mean } from "../samples.ts";
import { descended, fullGradient, type NetAtWork, observed, smallNet, withNet } from "../small-net.ts";
import { facts, numberTable } from "../told.ts";
import { dot, squaredDistance } from "../vectors.ts";

const BATCH = 16;
/** Passes over the examples before anything is measured: then the gradient is small against its noise. */
const EPOCHS = 5;
const BETAS = [0.5, 0.9, 0.98];
/** At fixed weights: batches that are measured, and batches before, until the velocities have forgotten their start. */
const [BATCHES, BEFORE, BLOCKS] = [3000, 400, 10];
/** In training. */
const [LR, BETA, STEPS] = [0.1, 0.9, 150];
const SEEDS = [1, 2, 3];
/** The largest deviation allowed of a statistic, in standard errors. */
const SIGMAS = 4;

/** Var v/Var g for v ← βv + (1 − β)g and independent g: the sum of (1 − β)²β²ᵏ over all k. */
export const varianceKept = (beta: number): number => (1 - beta) / (1 + beta);

/** The rules, and how many batches are measured at fixed weights. */
const subjects = { plain: gradientDescent, smooth: momentumAveraged, varianceKept, batches: BATCHES };
type Subjects = typeof subjects;

/**
 * The relative standard error of a mean of squares of normal numbers, as many as are worth `count` velocities whose squares
 * resemble each other by β²ᵏ: in one dimension, and in more it is smaller.
 */
const errorBound = (beta: number, count: number): number =>
  Math.sqrt((2 * (1 + beta ** 2)) / (count * (1 - beta ** 2)));

/** A sequence of vectors, measured against the full gradient ḡ. */
interface Sequence {
  /** ‖v − ḡ‖² */
  readonly squares: number[];
  /** vᵀḡ/‖ḡ‖²: 1 on average. */
  readonly shares: number[];
}

/** The gradients of independent batches at fixed weights, and then the velocities that each β makes of them. */
async function atRest(net: NetAtWork, examples: Examples, { smooth, batches }: Subjects): Promise<readonly Sequence[]> {
  const { w, g } = net;
  const full = await fullGradient(net, examples);
  const square = dot(full, full);
  const followers = BETAS.map((beta) => {
    const optimizer = smooth({ lr: 0, beta });
    const v = g.slice();
    return {
      v,
      step: optimizer.bind(
        w,
        g,
        optimizer.init(w, () => v),
      ),
    };
  });
  const vectors = [g, ...followers.map(({ v }) => v)];
  const sequences = vectors.map((): Sequence => ({ squares: [], shares: [] }));
  const random = new Random(1, "batches");
  for (let t = 0; t < BEFORE + batches; t++) {
    await net.gradient(Uint32Array.from({ length: BATCH }, () => random.integer(examples.count)));
    for (const { step } of followers) step();
    if (t < BEFORE) continue;
    for (const [i, { squares, shares }] of sequences.entries()) {
      squares.push(squaredDistance(vectors[i], full));
      shares.push(dot(vectors[i], full) / square);
    }
  }
  return sequences;
}

interface Walk {
  /** Over all examples: before the first step, and after each. */
  readonly losses: readonly number[];
  /** Of the angles between one step and the next. */
  readonly cosines: readonly number[];
  /** The steps of some weights, and the gradients at which they were taken. */
  readonly taken: readonly Taken[];
}

type Run = Pick<TrainOptions, "model" | "data">;

/** The number of weights, spread over all, that are held against the formula. */
const WATCHED = 16;

/** Steps of training from these weights on. */
async function walk(run: Run, engine: Engine, start: Vector, optimizer: Optimizer, seed: number): Promise<Walk> {
  const gradients: Vector[] = [];
  const source = observed(engine, (g) => gradients.push(g.slice()));
  const order = { seed, batchSize: BATCH, dropLast: true, epochs: STEPS, maxSteps: STEPS };
  const training = new Training({ ...run, ...order, dtype: "f64", optimizer, initial: start }, source);
  const { w } = training.state;
  const loss = async (): Promise<number> => (await source.evaluate(sourceOf(run.data.train))).loss;
  const losses = [await loss()];
  const points = [start];
  for await (const { kind } of training) {
    if (kind !== "batch") continue;
    points.push(w.slice());
    losses.push(await loss());
  }
  const steps = points.slice(1).map((next, t) => next.map((x, i) => x - points[t][i]));
  const length = (x: Vector): number => Math.sqrt(dot(x, x));
  const cosine = (a: Vector, b: Vector): number => dot(a, b) / (length(a) * length(b));
  const watched = Array.from({ length: WATCHED }, (_, k) => w.length - 1 - Math.floor((k * w.length) / WATCHED));
  const taken = watched.map((i) => ({
    steps: steps.map((each) => -each[i]),
    gradients: gradients.map((each) => each[i]),
  }));
  return { losses, cosines: steps.slice(1).map((next, i) => cosine(steps[i], next)), taken };
}

/** By seed: with and without momentum. */
async function pairsOfWalks(run: Run, device: Device, start: Vector, { plain, smooth }: Subjects) {
  const engine = new Engine(device);
  try {
    return await inTurn(
      SEEDS,
      async (seed): Promise<[plain: Walk, smooth: Walk]> => [
        await walk(run, engine, start, plain({ lr: LR }), seed),
        await walk(run, engine, start, smooth({ lr: LR, beta: BETA }), seed),
      ],
    );
  } finally {
    await engine.dispose();
  }
}

/** (1 − β)²·Σ β²ᵏ, term by term. */
const sumOfSquares = (beta: number): number =>
  Array.from({ length: 3000 }, (_, k) => ((1 - beta) * beta ** k) ** 2).reduce((sum, x) => sum + x, 0);

/** The root mean square of the changes of the loss from step to step. */
const roughness = ({ losses }: Walk): number =>
  Math.sqrt(mean(losses.slice(1).map((loss, i) => (loss - losses[i]) ** 2)));

export const momentumSmooths = experiment({
  id: "momentum-smooths",
  title: "Momentum smooths mini-batch gradients",
  claim:
    "Momentum with the factor 1 − β keeps only (1 − β)/(1 + β) of the variance of independent mini-batch gradients; in training, " +
    "its steps turn less, and the loss changes less from step to step, than with gradient descent at the same learning rate.",
  subjects,
  async measure(given, subjects) {
    const { varianceKept } = subjects;
    const { data, examples, device } = await trainingSet(given, { least: BATCH });
    const run = { model: smallNet(data), data: allOf(data, examples) };
    const start = await descended({ ...run, epochs: EPOCHS }, device);
    const walks = await pairsOfWalks(run, device, start, subjects);
    const sequences = await withNet(run.model, examples, device, (net) => {
      net.w.set(start);
      return atRest(net, examples, subjects);
    });
    const [gradients, ...velocities] = sequences.map(({ squares }) => squares);
    const formulas = [descentFormula({ lr: LR }), momentumFormula({ lr: LR * (1 - BETA), beta: BETA })];
    const cosines = [0, 1].map((i) => mean(walks.flatMap((pair) => pair[i].cosines)));
    const numbers = {
      examples: examples.count,
      batchSize: BATCH,
      betas: BETAS,
      varianceKept: velocities.map((squares) => mean(squares) / mean(gradients)),
      varianceKeptError: velocities.map((squares) => errorOfMeanInBlocks(squares, BLOCKS) / mean(gradients)),
      varianceKeptExpected: BETAS.map(varianceKept),
      stepsOffFormula: formulas.map((formula, i) =>
        Math.max(...walks.map((pair) => offFormula(pair[i].taken, formula))),
      ),
      lr: LR,
      betaInTraining: BETA,
      lossChangeOfGradientDescent: walks.map(([plain]) => roughness(plain)),
      lossChangeOfMomentum: walks.map(([, smooth]) => roughness(smooth)),
      cosineBetweenSteps: cosines,
      // At fixed weights: Cov(vₜ, vₜ₊₁) = β·Var v.
      cosineBetweenStepsExpectedAtRest: [0, BETA],
    };
    return {
      numbers,
      batches: subjects.batches,
      shares: sequences.map(({ shares }) => shares.slice(0, STEPS)),
      losses: walks[0].map(({ losses }) => losses),
    };
  },
  holds: ({ numbers, batches }) =>
    // The sum of the squared weights of v = (1 − β)·Σ βᵏ·gₜ₋ₖ.
    agree(numbers.varianceKeptExpected, BETAS.map(sumOfSquares)) &&
    numbers.stepsOffFormula.every((off) => off < ROUNDING) &&
    numbers.varianceKept.every(
      (kept, i) => Math.abs(kept - numbers.varianceKeptExpected[i]) < SIGMAS * numbers.varianceKeptError[i],
    ) &&
    numbers.varianceKeptError.every(
      (error, i) => error < 2 * errorBound(BETAS[i], batches) * numbers.varianceKeptExpected[i],
    ) &&
    numbers.lossChangeOfMomentum.every((change, i) => change < numbers.lossChangeOfGradientDescent[i]) &&
    numbers.cosineBetweenSteps[1] > numbers.cosineBetweenSteps[0],
  told: ({ numbers }) => [
    facts({ examples: numbers.examples, "batch size": BATCH }),
    numberTable("Variance that momentum keeps at fixed weights", {
      β: BETAS,
      measured: numbers.varianceKept,
      "standard error": numbers.varianceKeptError,
      "in theory, (1 − β)/(1 + β)": numbers.varianceKeptExpected,
    }),
    numberTable(`In training, learning rate ${LR}`, {
      optimizer: ["gradient descent", `momentum, β = ${BETA}`],
      ...Object.fromEntries(
        SEEDS.map((seed, i) => [
          `change of the loss per step, run ${seed}`,
          [numbers.lossChangeOfGradientDescent[i], numbers.lossChangeOfMomentum[i]],
        ]),
      ),
      "cosine between successive steps": numbers.cosineBetweenSteps,
      "cosine in theory, at fixed weights": numbers.cosineBetweenStepsExpectedAtRest,
      "difference from the formula, relative to the longest step": numbers.stepsOffFormula,
    }),
  ],
  plot({ shares, losses: [plain, smooth] }) {
    const [gradients, ...velocities] = shares;
    const labels = ["no momentum", `β = ${BETA}`, `β = ${BETAS[2]}`];
    const thin = { label: labels[0], weight: "thin", dash: "solid" } as const;
    const bold = { label: labels[1], weight: "bold", dash: "solid" } as const;
    return figure({
      title: "Momentum smooths the gradients of mini-batches",
      description:
        `At fixed weights, the gradients of batches of ${BATCH} jump about the full gradient; momentum with β = ${BETA} follows ` +
        `it with a ${Math.round(1 / varianceKept(BETA))}th of their variance. In training, its loss moves in gentle waves where that of ` +
        "gradient descent jumps.",
      panels: [
        panel({
          title: "At fixed weights",
          x: { label: "batch" },
          y: { label: "component along the full gradient, relative to its norm" },
          marks: [
            line({ y: gradients, ...thin }),
            line({ y: velocities[1], ...bold }),
            line({ y: velocities[2], label: labels[2], weight: "bold" }),
            rule({ y: 1 }),
          ],
        }),
        panel({
          title: `In training, lr ${LR}`,
          x: { label: "step" },
          y: { label: "loss over all examples" },
          marks: [line({ y: plain, ...thin }), line({ y: smooth, ...bold })],
        }),
      ],
    });
  },
});
