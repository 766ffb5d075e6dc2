import type { Device } from "../../device/device.ts";
import type { Vector } from "../../expr/array.ts";
import type { Layout } from "../../expr/layout.ts";
import type { DType, Expr } from "../../expr/node.ts";
import { addScaled, dot } from "../../linalg/index.ts";
import { layoutOf, type Model, parameterCount } from "../../nn/index.ts";
import { Random } from "../../random/index.ts";
import type { KroneckerFactor, ObjectiveLater } from "../objective.ts";
import { Chunks } from "./chunks.ts";
import { type DenseLayer, denseLayers } from "./dense-layers.ts";
import { factorNames, factorProgram } from "./fisher.ts";
import { type Pass, programs, resultName } from "./second-order-programs.ts";

/** What a net is to be fitted to: inputs and targets, row by row. */
export interface Examples {
  readonly count: number;
  readonly inputs: Vector;
  readonly targets: Vector;
}

/** How well a net fits examples: their mean cost, without L2, and the part of them that are right, where that can be said. */
export interface Fit {
  readonly loss: number;
  readonly accuracy?: number;
}

export interface NetObjectiveOptions {
  readonly model: Model;
  readonly examples: Examples;
  readonly device: Device;
  /** The type that the net is computed in. Default f64: line searches compare values that differ by little. */
  readonly dtype?: DType;
  /** The strength of a term ½·l2·‖w‖² in the cost, over all parameters. */
  readonly l2?: number;
  /** Examples that are computed at a time, which bounds the memory that activations take. Default 2,000. */
  readonly chunk?: number;
  /** Decides the random slopes of Kronecker factors. Default 1. */
  readonly seed?: number;
}

/**
 * The mean cost of a net over all its examples, without dropout, as a function of its parameters. It is computed chunk
 * by chunk, each kind of quantity by a program that is compiled when it is first asked for.
 */
export class NetObjective implements ObjectiveLater {
  readonly name: string;
  readonly dimension: number;
  readonly layout: Layout;
  readonly #model: Model;
  readonly #l2: number;
  readonly #random: Random;
  readonly #chunks: Chunks;
  readonly #count: number;
  /** Where the gradient was taken last, and the fit there. */
  readonly #last: Float64Array;
  #fit: Fit | undefined;
  /** How often Kronecker factors were drawn: each time with other random numbers. */
  #draws = 0;

  constructor({ model, examples, device, dtype = "f64", l2 = 0, chunk = 2000, seed = 1 }: NetObjectiveOptions) {
    if (!(l2 >= 0 && Number.isFinite(l2))) throw new RangeError(`l2 is ${l2}; it must be a number, 0 or more`);
    this.name = model.name;
    this.dimension = parameterCount(model);
    this.layout = layoutOf(model);
    this.#model = model;
    this.#l2 = l2;
    this.#count = examples.count;
    this.#last = new Float64Array(this.dimension);
    this.#random = new Random(seed, "curvature");
    this.#chunks = new Chunks({ model, examples, device, dtype, size: chunk });
  }

  async value(x: Float64Array): Promise<number> {
    const { cost } = await this.#chunks.mean("cost", programs.cost, { parameters: x });
    return cost[0] + 0.5 * this.#l2 * dot(x, x);
  }

  async gradient(x: Float64Array, g: Float64Array): Promise<number> {
    const means = await this.#chunks.mean("gradient", programs.gradient, { parameters: x });
    this.#gather(means, g);
    addScaled(g, this.#l2, x);
    this.#last.set(x);
    this.#fit = fitOf(means, this.#count);
    return means.cost[0] + 0.5 * this.#l2 * dot(x, x);
  }

  /** The fit at x, where the gradient there was the last that was asked for: it came with it. */
  fitAt(x: ArrayLike<number>): Fit | undefined {
    return this.#last.every((number, i) => number === x[i]) ? this.#fit : undefined;
  }

  async hessianProduct(x: Float64Array, v: Float64Array, to: Float64Array): Promise<void> {
    await this.#product("hessianProduct", programs.hessianProduct, x, v, to);
  }

  async gaussNewtonProduct(x: Float64Array, v: Float64Array, to: Float64Array): Promise<void> {
    await this.#product("gaussNewtonProduct", programs.gaussNewtonProduct, x, v, to);
  }

  async kroneckerFactors(x: Float64Array): Promise<readonly KroneckerFactor[]> {
    const layers: DenseLayer[] = [];
    const build = (pass: Pass): Record<string, Expr> => {
      layers.splice(0, layers.length, ...denseLayers(pass.outputs, this.layout));
      return factorProgram(pass, this.#model.loss, layers);
    };
    const random = this.#random.fork(this.#draws++);
    const noise = (): number => (random.uniform() < 0.5 ? -1 : 1);
    const means = await this.#chunks.mean("factors", build, { parameters: x, noise });
    const found = layers.length > 0 ? layers : denseLayers(this.#chunks.pass().outputs, this.layout);
    return found.map((layer, i): KroneckerFactor => {
      const [a, s] = factorNames(i).map((name) => means[name]);
      const { inputs, units, weights, biases } = layer;
      return { inputs, units, weights, biases, a, s };
    });
  }

  /** Releases the compiled programs. */
  dispose(): Promise<void> {
    return this.#chunks.dispose();
  }

  async #product(
    kind: string,
    build: (pass: Pass) => Record<string, Expr>,
    x: Float64Array,
    v: Float64Array,
    to: Float64Array,
  ): Promise<void> {
    this.#gather(await this.#chunks.mean(kind, build, { parameters: x, direction: v }), to);
    addScaled(to, this.#l2, v);
  }

  /** One result for each parameter to one vector. */
  #gather(means: Readonly<Record<string, Float64Array>>, to: Float64Array): void {
    for (const { name, offset } of this.layout) to.set(means[resultName(name)], offset);
  }
}

/** The accuracy is the nearest that counts of examples give: its mean over chunks has rounding. */
const fitOf = ({ cost, accuracy }: Readonly<Record<string, Float64Array>>, count: number): Fit =>
  accuracy === undefined ? { loss: cost[0] } : { loss: cost[0], accuracy: Math.round(accuracy[0] * count) / count };
