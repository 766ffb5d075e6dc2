import { quoteList, someOf } from "../../arguments/index.ts";
import { type Examples, type Source, sourceOf } from "../../data/index.ts";
import type { Device } from "../../device/index.ts";
import { type DType, type Layout, sizeOf } from "../../expr/index.ts";
import { addScaled, dot } from "../../linalg/index.ts";
import { densePlaces, layoutOf, type Model, parameterCount, passByBlocks, stateCount } from "../../nn/index.ts";
import { Random } from "../../random/index.ts";
import type { AsyncObjective, KroneckerFactor } from "../objective.ts";
import { Engine } from "./engine.ts";
import { factorNames, factorProgram } from "./fisher.ts";
import { gradientName } from "./pass.ts";
import { gaussNewtonProduct, gradient, hessianProduct, type ProgramKind, value } from "./program-kinds.ts";

export type { Examples } from "../../data/index.ts";

/** How well a net fits examples: their mean loss, without L2, and, for classification, the fraction that is right. */
export interface Fit {
  readonly loss: number;
  readonly accuracy?: number;
}

interface NetObjectiveBase {
  readonly model: Model;
  readonly examples: Examples | Source;
  /** The strength of a term ½·l2·‖w‖² in the loss, over all parameters. */
  readonly l2?: number;
  /** Seed of the random gradients for Kronecker factors. Default 1. */
  readonly seed?: number;
}

/** A net, the examples on which its loss is measured, and the device that computes it. */
export interface NetObjectiveOptions extends NetObjectiveBase {
  /** Computes the net; it must support the dtype, or the constructor throws a RangeError. */
  readonly device: Device;
  /** The type that the net is computed in. Default f64, since line searches compare nearly equal values. */
  readonly dtype?: DType;
  /** Examples computed at a time, which bounds the memory for activations. Default 2,000. */
  readonly chunk?: number;
  /** The model's state if it has one, such as `training.state.s` after a training. It stays fixed. */
  readonly state?: ArrayLike<number>;
}

/** An objective on a shared engine, whose owner begins its runs and disposes of it. */
interface SharedEngineOptions extends NetObjectiveBase {
  readonly engine: Engine;
}

/** The default chunk. */
export const USUAL_CHUNK = 2000;

/**
 * The mean loss of a net over all its examples, without dropout, as a function of its parameters. It is computed chunk
 * by chunk, with one program for each quantity, compiled when first needed. The constructor throws a RangeError if the
 * examples or the state do not fit the model.
 */
export class NetObjective implements AsyncObjective {
  /** The model's name. */
  readonly name: string;
  /** The number of the model's parameters. */
  readonly dimension: number;
  /** Where each parameter tensor lies in x. */
  readonly layout: Layout;
  readonly #model: Model;
  readonly #l2: number;
  readonly #random: Random;
  readonly #engine: Engine;
  readonly #isOwner: boolean;
  readonly #examples: Source;
  /** The last point where the gradient was computed, and the fit there. */
  readonly #last: Float64Array;
  #fit: Fit | undefined;
  /** How often Kronecker factors were sampled without an explicit draw: each time with other random numbers. */
  #draws = 0;

  constructor(options: NetObjectiveOptions | SharedEngineOptions) {
    const { model, l2 = 0, seed = 1 } = options;
    if (!(l2 >= 0 && Number.isFinite(l2))) throw new RangeError(`l2 is ${l2}; it must be a number, 0 or more`);
    this.name = model.name;
    this.dimension = parameterCount(model);
    this.layout = layoutOf(model);
    this.#model = model;
    this.#l2 = l2;
    this.#examples = checkExamples(sourceOf(options.examples), model);
    this.#last = new Float64Array(this.dimension);
    this.#random = new Random(seed, "curvature");
    this.#isOwner = "device" in options;
    this.#engine = "engine" in options ? options.engine : ownEngine(options, this.#examples);
  }

  async value(x: Float64Array): Promise<number> {
    const { loss } = await this.#engine.means(value, this.#examples, { parameters: x });
    return loss[0] + 0.5 * this.#l2 * dot(x, x);
  }

  async gradient(x: Float64Array, g: Float64Array): Promise<number> {
    const means = await this.#engine.means(gradient, this.#examples, { parameters: x });
    this.#collect(means, g);
    addScaled(g, this.#l2, x);
    this.#last.set(x);
    this.#fit = fitOf(means, this.#examples.count);
    return means.loss[0] + 0.5 * this.#l2 * dot(x, x);
  }

  /** The fit at x, known if the last gradient was computed there; otherwise undefined. */
  fitAt(x: ArrayLike<number>): Fit | undefined {
    return this.#last.every((number, i) => number === x[i]) ? this.#fit : undefined;
  }

  async hessianProduct(x: Float64Array, v: Float64Array, to: Float64Array): Promise<void> {
    await this.#product(hessianProduct, x, v, to);
  }

  async gaussNewtonProduct(x: Float64Array, v: Float64Array, to: Float64Array): Promise<void> {
    await this.#product(gaussNewtonProduct, x, v, to);
  }

  async kroneckerFactors(x: Float64Array, draw = this.#draws++): Promise<readonly KroneckerFactor[]> {
    const places = densePlaces(this.#model);
    const factors: ProgramKind = {
      name: "Kronecker factors",
      build: (pass) => {
        const { outputs, blocks } = passByBlocks(this.#model, pass);
        return factorProgram(outputs, this.#model.loss, blocks, pass.weights);
      },
    };
    const random = this.#random.fork(draw);
    const noise = (): number => (random.uniform() < 0.5 ? -1 : 1);
    const means = await this.#engine.means(factors, this.#examples, { parameters: x, noise });
    return places.map((place, i): KroneckerFactor => {
      const [a, s] = factorNames(i).map((name) => means[name]);
      return { ...place, a, s };
    });
  }

  /** Releases the compiled programs if the objective owns its engine. */
  async dispose(): Promise<void> {
    if (this.#isOwner) await this.#engine.dispose();
  }

  async #product(kind: ProgramKind, x: Float64Array, v: Float64Array, to: Float64Array): Promise<void> {
    this.#collect(await this.#engine.means(kind, this.#examples, { parameters: x, direction: v }), to);
    addScaled(to, this.#l2, v);
  }

  /** Gathers the results for each parameter in one vector. */
  #collect(means: Readonly<Record<string, Float64Array>>, to: Float64Array): void {
    for (const { name, offset } of this.layout) to.set(means[gradientName(name)], offset);
  }
}

/** An engine for this objective only. */
function ownEngine(
  { model, device, dtype = "f64", chunk = USUAL_CHUNK, state = [] }: NetObjectiveOptions,
  examples: Source,
): Engine {
  if (!Number.isSafeInteger(chunk) || chunk < 1)
    throw new RangeError(`chunk is ${chunk}; it must be a whole number, 1 or more`);
  checkState(model, state);
  const engine = new Engine(device);
  const { count, targetSize } = examples;
  const { s } = engine.begin({ model, dtype, batchSize: 1, targetSize, chunk: Math.min(chunk, count) });
  s.set(state);
  return engine;
}

function checkState(model: Model, given: ArrayLike<number>): void {
  const count = stateCount(model);
  if (given.length === count) return;
  const names = someOf(model.state.map(({ name }) => name));
  throw new RangeError(
    count === 0
      ? `${model.name}: a state of ${given.length} values was given, but the model has no state; leave state out`
      : `${model.name}: its state (${names}) has ${count} values, but ${given.length} were given; pass it as state, such as training.state.s`,
  );
}

function checkExamples(examples: Source, model: Model): Source {
  const { count, inputSize } = examples;
  const size = sizeOf(model.inputShape);
  if (count < 1 || inputSize !== size)
    throw new RangeError(
      `${model.name}: ${count < 1 ? 0 : inputSize * count} values were given for ${count} examples of shape ` +
        `${quoteList(model.inputShape)}; ${size * count} are needed, and at least one example`,
    );
  return examples;
}

/** The accuracy is rounded to a whole number of examples, since its mean over chunks has rounding errors. */
const fitOf = ({ loss, accuracy }: Readonly<Record<string, Float64Array>>, count: number): Fit =>
  accuracy === undefined ? { loss: loss[0] } : { loss: loss[0], accuracy: Math.round(accuracy[0] * count) / count };
