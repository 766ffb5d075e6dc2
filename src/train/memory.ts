import { checkNumber, cut, domains } from "../arguments/index.ts";
import { bytesPerNumber } from "../device/index.ts";
import { biasedProducts, moveBroadcastsOut } from "../device/onnx/rewrites/index.ts";
import { type DType, type Expr, inOrder, program, sizeOf } from "../expr/index.ts";
import { type Model, parameterCount, stateCount } from "../nn/index.ts";
import { evaluation, gradientName, maskSize, masksOf, programOf, training } from "../objective/index.ts";
import type { Optimizer } from "../optimizers/index.ts";

/** The facts on which the memory of training depends. */
export interface MemoryOptions {
  /** The net, or your own function. */
  readonly model: Model;
  /** The optimizer, which keeps vectors as long as w. */
  readonly optimizer: Pick<Optimizer, "slots" | "lookahead">;
  /** Examples in a batch. */
  readonly batchSize: number;
  /** Values in one example's target: 1, the default, for a class label. */
  readonly targetSize?: number;
  /** The type of all values. Default f32. */
  readonly dtype?: DType;
}

/** The memory that training takes, in bytes. */
export interface TrainingMemory {
  /** w. */
  readonly parameters: number;
  /** g. */
  readonly gradients: number;
  /** The optimizer's slots, and the looked-ahead point of rules that take their gradients there. */
  readonly optimizer: number;
  /** A copy of w from before the step, to measure updates. */
  readonly copy: number;
  /** The model's state before and after a batch, and a copy from before the step. */
  readonly state: number;
  /** One batch: inputs, targets, dropout masks. */
  readonly batch: number;
  /** Values of the forward pass that the backward pass reads. */
  readonly activations: number;
  /** Temporary values of the backward pass: the peak, without the activations. */
  readonly backward: number;
  /** The sum of the above. */
  readonly total: number;
}

/** Parameters and batches lie in one WebAssembly memory, whose addresses have 32 bits. */
const MOST_IN_ONE_MEMORY = 2 ** 32;

/**
 * The memory that training takes, computed from the net: parameters, vectors of their length and the model's state, which do not
 * depend on the batch size, and activations, which do. A value counts from when it is computed until it is last read, in the
 * order of the training program; Booleans count as numbers. Without convolutions that is an upper bound for ONNX Runtime, which
 * computes some values in place. With convolutions it is not: they lay images out anew and copy them, and nets of the papers took up
 * to 1.7 times as much. Not counted, either: evaluations, a smaller last batch of an epoch (its program has its own memory), the data
 * set, and what runtimes hold in reserve.
 */
export function trainingMemory(options: MemoryOptions): TrainingMemory {
  const { model, batchSize, targetSize = 1, dtype = "f32" } = options;
  checkNumber("batchSize", batchSize, domains.count);
  const { outputs, masks } = programOf(training(0), { model, batch: batchSize, targetSize, dtype });
  const gradients = model.parameters.map(({ name }) => outputs[gradientName(name)]);
  const { kept, most } = temporaries(outputs.loss, gradients, Object.values(outputs));
  const bytes = bytesPerNumber[dtype];
  const parts = { ...lasting(options, masks), activations: bytes * kept, backward: bytes * (most - kept) };
  return { ...parts, total: sumOf(parts) };
}

/**
 * The memory in bytes that evaluating a net takes: parameters, gradients, which have their place in the same memory, state, a batch, and the
 * most values of the forward pass that are alive at a time. What is said of the memory of training holds here, too.
 */
export function evaluationMemory(options: Omit<MemoryOptions, "optimizer">): number {
  const { model, batchSize, targetSize = 1, dtype = "f32" } = options;
  checkNumber("batchSize", batchSize, domains.count);
  const { outputs } = programOf(evaluation, { model, batch: batchSize, targetSize, dtype });
  const { most } = temporaries(outputs.loss, [], Object.values(outputs));
  const { parameters, gradients, state, batch } = lasting({ ...options, optimizer: { slots: [] } }, []);
  return parameters + gradients + state + batch + bytesPerNumber[dtype] * most;
}

/** What stays in the one memory for the whole run. */
function lasting({ model, optimizer, batchSize, targetSize = 1, dtype = "f32" }: MemoryOptions, masks: Masks) {
  const bytes = bytesPerNumber[dtype];
  const vector = bytes * parameterCount(model);
  return {
    parameters: vector,
    gradients: vector,
    optimizer: vector * (optimizer.slots.length + (optimizer.lookahead === undefined ? 0 : 1)),
    copy: vector,
    state: 3 * bytes * stateCount(model),
    batch: bytes * (batchSize * (sizeOf(model.inputShape) + targetSize) + maskSize(masks)),
  };
}

type Masks = ReturnType<typeof masksOf>;

const sumOf = (parts: Readonly<Record<string, number>>): number =>
  Object.values(parts).reduce((sum, part) => sum + part, 0);

/** Throws a RangeError if a run's parameters, vectors and batch do not fit into one memory. */
export function checkMemory(options: MemoryOptions): void {
  const { model, batchSize, dtype = "f32" } = options;
  const bytes = sumOf(lasting(options, masksOf(model, batchSize, dtype)));
  if (bytes > MOST_IN_ONE_MEMORY)
    throw new RangeError(
      `${cut(model.name)}: training ${counted(parameterCount(model))} parameters on batches of ${batchSize} takes ${gigabytes(bytes)} GB in one memory, which has ${gigabytes(MOST_IN_ONE_MEMORY)} GB at most; take a smaller model or batch`,
    );
}

/** Beyond 2⁵³ the number of parameters is not exact. */
const counted = (count: number): string => (Number.isSafeInteger(count) ? `${count}` : count.toPrecision(3));

/** Three digits: `12.0`, `1,500`. */
const gigabytes = (bytes: number): string => {
  const digits = (bytes / 1e9).toPrecision(3);
  return digits.includes("e") && bytes < 1e24 ? Number(digits).toLocaleString("en-US") : digits;
};

/**
 * The largest batch size with which training fits into this many bytes; 0 if a single example does not. Throws a RangeError if
 * the number of bytes is not positive.
 */
export function largestBatch(bytes: number, options: Omit<MemoryOptions, "batchSize">): number {
  if (!(bytes > 0 && Number.isFinite(bytes)))
    throw new RangeError(`the memory is ${bytes} bytes; a positive number is needed`);
  const fits = (batchSize: number): boolean => {
    const { activations, backward, total } = trainingMemory({ ...options, batchSize });
    return total <= bytes && total - activations - backward <= MOST_IN_ONE_MEMORY;
  };
  if (!fits(1)) return 0;
  let [low, high] = [1, 2];
  while (fits(high)) [low, high] = [high, 2 * high];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** One operation of a program, and the values that it reads. */
interface Step {
  readonly result: Expr;
  readonly reads: readonly Expr[];
}

/** How many values the backward pass takes from the forward pass, and the peak of those alive, without the results. */
function temporaries(
  loss: Expr,
  gradients: readonly Expr[],
  outputs: readonly Expr[],
): { readonly kept: number; readonly most: number } {
  const { nodes, outputs: results } = moveBroadcastsOut(program(outputs));
  const steps = stepsOf(nodes, results);
  const at = (output: Expr): Expr => results[outputs.indexOf(output)];
  const forward = new Set(inOrder([at(loss)]));
  const backward = new Set(inOrder(gradients.map(at)).filter((node) => !forward.has(node)));
  const room = (x: Expr): number => (x.kind === "apply" && !results.includes(x) ? sizeOf(x.shape) : 0);
  const total = (values: Iterable<Expr>): number => [...values].reduce((sum, x) => sum + room(x), 0);

  const readBack = steps.filter(({ result }) => backward.has(result)).flatMap(({ reads }) => reads);
  const kept = total(new Set(readBack.filter((x) => forward.has(x))));

  const lastRead = new Map(steps.flatMap(({ reads }, i) => reads.map((x) => [x, i] as const)));
  let [alive, most] = [0, 0];
  for (const [i, { result, reads }] of steps.entries()) {
    alive += room(result);
    most = Math.max(most, alive);
    alive -= total(new Set(reads.filter((x) => lastRead.get(x) === i)));
  }
  return { kept, most };
}

/** A program as ONNX Runtime computes it: a product with its bias is one operation, a reshape costs nothing. */
function stepsOf(nodes: readonly Expr[], results: readonly Expr[]): Step[] {
  const biased = biasedProducts(nodes, results);
  const inSums = new Set<Expr>([...biased.values()].map(({ product }) => product));
  return nodes.flatMap((node): Step[] => {
    if (node.kind !== "apply" || inSums.has(node) || node !== unshaped(node)) return [];
    const sum = biased.get(node);
    const reads = sum === undefined ? node.inputs : [...sum.product.inputs, sum.bias];
    return [{ result: node, reads: reads.map(unshaped) }];
  });
}

/** The value before it was reshaped. */
const unshaped = (x: Expr): Expr => (x.kind === "apply" && x.operator.name === "reshape" ? unshaped(x.inputs[0]) : x);
