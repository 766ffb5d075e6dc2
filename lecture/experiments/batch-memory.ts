import { formatNumber, line, marker, rule, text } from "../../src/figure/index.ts";
import { mlp, parameterCount } from "../../src/nn/index.ts";
import { adam, gradientDescent, momentum, type Optimizer } from "../../src/optimizers/index.ts";
import { largestBatch, type TrainingMemory, trainingMemory } from "../../src/train/index.ts";
import { agree, experiment } from "../experiment.ts";
import { curves, plotOf } from "../plots/curves.ts";
import { mapValues } from "../race.ts";
import { columnsOf, facts, numberTable } from "../told.ts";

/** The net for MNIST's images: its memory can be counted by hand. */
const [INPUTS, HIDDEN, CLASSES] = [784, [1000, 1000], 10];
const model = mlp([INPUTS, ...HIDDEN, CLASSES]);
/** Bytes of a float32 value. */
const NUMBER = 4;
/** 10⁹ bytes. */
const GB = 1e9;
const BUDGETS = [GB, 8 * GB];
const SIZES = Array.from({ length: 20 }, (_, k) => 2 ** k);

const optimizers: Readonly<Record<string, Optimizer>> = {
  "gradient descent": gradientDescent(),
  momentum: momentum(),
  Adam: adam(),
};
/** Vectors like w that each keeps. */
const SLOTS = [0, 1, 2];

/** By hand, for one example: each hidden layer's outputs, the logarithms of the probabilities, and the label as a row of 0 and 1. */
const ACTIVATIONS = NUMBER * (HIDDEN[0] + HIDDEN[1] + CLASSES + CLASSES);
const PARAMETERS = (INPUTS + 1) * HIDDEN[0] + (HIDDEN[0] + 1) * HIDDEN[1] + (HIDDEN[1] + 1) * CLASSES;

/** By hand, for one example: its pixels and its label. */
const INPUT = NUMBER * (INPUTS + 1);

const subjects = { trainingMemory, largestBatch };

/** Whether the total is the sum of the rest. */
const isSum = ({ total, ...parts }: TrainingMemory): boolean =>
  total === Object.values(parts).reduce((sum, part) => sum + part, 0);

/** Whether what belongs to examples grows with the batch, and what is like w does not. */
const isProportional = (memory: TrainingMemory, one: TrainingMemory, batchSize: number): boolean =>
  memory.activations === batchSize * ACTIVATIONS &&
  memory.batch === batchSize * INPUT &&
  memory.backward === batchSize * one.backward &&
  [memory.parameters, memory.gradients, memory.copy].every((x) => x === NUMBER * PARAMETERS);

/** The backward pass needs a gradient of each hidden layer's outputs at least, and of all that the forward pass kept twice at most. */
const isBackward = ({ backward }: TrainingMemory): boolean =>
  backward >= NUMBER * Math.max(...HIDDEN) && backward <= 2 * ACTIVATIONS;

export const batchMemory = experiment({
  id: "batch-memory",
  title: "How much memory a batch needs",
  claim:
    "Activations need memory in proportion to the batch size; parameters, their copy, gradients and the optimizer's state need the same for " +
    "any batch; so the largest batch that fits is the memory they leave over, divided by the memory of one example.",
  subjects,
  measure(_, { trainingMemory, largestBatch }) {
    const memoryOf = (optimizer: Optimizer, batchSize: number): TrainingMemory =>
      trainingMemory({ model, optimizer, batchSize });
    /** Whether this batch fits, and one example more does not. */
    const isLargest = (batchSize: number, bytes: number, optimizer: Optimizer): boolean =>
      memoryOf(optimizer, batchSize).total <= bytes && memoryOf(optimizer, batchSize + 1).total > bytes;
    const methods = Object.values(optimizers);
    const [one, two] = [1, 2].map((size) => memoryOf(methods[0], size));
    const perExample = two.total - one.total;
    const fixed = methods.map((optimizer) => memoryOf(optimizer, 1).total - perExample);
    const largest = methods.map((optimizer) => BUDGETS.map((bytes) => largestBatch(bytes, { model, optimizer })));
    const adamFixed = one.parameters + one.gradients + memoryOf(methods[2], 1).optimizer;
    const numbers = {
      net: model.name,
      parameters: parameterCount(model),
      parametersByHand: PARAMETERS,
      parameterBytes: one.parameters,
      gradientBytes: one.gradients,
      copyBytes: one.copy,
      optimizers: Object.keys(optimizers).join(", "),
      optimizerBytes: methods.map((optimizer) => memoryOf(optimizer, 1).optimizer),
      activationBytesPerExample: one.activations,
      activationBytesPerExampleByHand: ACTIVATIONS,
      bytesPerExample: perExample,
      batchWhoseActivationsOutweighAdam: Math.ceil(adamFixed / one.activations),
      memoryBytes: BUDGETS,
      largestBatch: largest,
      largestBatchByDivision: fixed.map((bytes) => BUDGETS.map((budget) => Math.floor((budget - bytes) / perExample))),
    };
    return {
      numbers,
      isRight:
        isBackward(one) &&
        SIZES.every((size) => isProportional(memoryOf(methods[0], size), one, size)) &&
        methods.every((optimizer) => [1, 2].every((size) => isSum(memoryOf(optimizer, size)))),
      isLargest: methods.every((optimizer, i) =>
        BUDGETS.every((bytes, k) => isLargest(largest[i][k], bytes, optimizer)),
      ),
    };
  },
  holds: ({ numbers, isRight, isLargest }) =>
    isRight &&
    isLargest &&
    numbers.parameters === PARAMETERS &&
    agree(
      numbers.optimizerBytes,
      SLOTS.map((slots) => slots * NUMBER * PARAMETERS),
      0,
    ) &&
    agree(numbers.largestBatch.flat(), numbers.largestBatchByDivision.flat(), 0),
  told: ({ numbers }) => [
    facts({
      net: numbers.net,
      parameters: numbers.parameters,
      "parameters, counted by hand": PARAMETERS,
      "memory of the parameters, bytes": numbers.parameterBytes,
      "memory of the gradients, bytes": numbers.gradientBytes,
      "copy of the weights before the step, bytes": numbers.copyBytes,
      "memory of one example's activations, bytes": numbers.activationBytesPerExample,
      "activations, counted by hand, bytes": ACTIVATIONS,
      "memory that one more example needs in all, bytes": numbers.bytesPerExample,
      "smallest batch whose activations outweigh parameters, gradients and Adam's state":
        numbers.batchWhoseActivationsOutweighAdam,
    }),
    numberTable("By optimizer", {
      optimizer: Object.keys(optimizers),
      "memory of its state, bytes": numbers.optimizerBytes,
      ...columnsOf(
        BUDGETS.map((bytes) => `largest batch in ${bytes / GB} GB`),
        BUDGETS.map((_, k) => numbers.largestBatch.map((row) => row[k])),
      ),
      ...columnsOf(
        BUDGETS.map((bytes) => `memory left over ÷ memory per example, ${bytes / GB} GB`),
        BUDGETS.map((_, k) => numbers.largestBatchByDivision.map((row) => row[k])),
      ),
    }),
  ],
  plot({ numbers: { net, largestBatch: largest } }) {
    const megabytes = (of: (memory: TrainingMemory) => number, optimizer: Optimizer): number[] =>
      SIZES.map((batchSize) => of(trainingMemory({ model, optimizer, batchSize })) / 1e6);
    const fits = (i: number, k: number): string => `${formatNumber(largest[i][k])} fit in ${BUDGETS[k] / GB} GB`;
    return plotOf({
      title: `Memory for training ${net.slice(4)}`,
      description:
        "Up to batches of a few hundred examples, the memory is that of parameters, gradients and optimizer, which differs by " +
        "optimizer; beyond, it grows in proportion to the batch and is nearly the same for all. With gradient descent, batches of " +
        `${fits(0, 0)} and of ${fits(0, 1)}; with Adam, of ${fits(2, 0)} and of ${fits(2, 1)}.`,
      legend: "list",
      x: { label: "batch size", scale: "log" },
      y: { label: "memory, MB", scale: "log", domain: [5, 20_000] },
      marks: [
        ...curves(mapValues(optimizers, (optimizer) => ({ x: SIZES, y: megabytes(({ total }) => total, optimizer) }))),
        line({ x: SIZES, y: megabytes(({ activations }) => activations, adam()), label: "activations alone" }),
        ...BUDGETS.flatMap((bytes, k) => [
          rule({ y: bytes / 1e6 }),
          text({ at: [1, bytes / 1e6], text: `with Adam, ${fits(2, k)}`, shift: [0, 15] }),
        ]),
        marker({ points: BUDGETS.map((bytes, k) => [largest[2][k], bytes / 1e6]), shape: "star", size: 12 }),
      ],
    });
  },
});
