import type { Device, Runnable } from "../../device/device.ts";
import type { Vector } from "../../expr/array.ts";
import type { Layout } from "../../expr/layout.ts";
import type { DType, Expr } from "../../expr/node.ts";
import { quoteList } from "../../expr/quote.ts";
import { sizeOf } from "../../expr/shape.ts";
import { layoutOf, type Model, parameterCount } from "../../nn/index.ts";
import type { Examples } from "./objective.ts";
import { directionName, INPUTS, NOISE, type Pass, passOver, TARGETS } from "./second-order-programs.ts";

export interface ChunksOptions {
  readonly model: Model;
  readonly examples: Examples;
  readonly device: Device;
  readonly dtype: DType;
  /** Examples in a chunk; the last may be smaller. */
  readonly size: number;
}

/** Numbers that programs may read, beside the examples. */
export interface Given {
  readonly parameters: Float64Array;
  readonly direction?: Float64Array;
  /** Draws one number of the noise on the outputs. */
  readonly noise?: () => number;
}

interface Prepared {
  readonly runnable: Runnable;
  /** Where the results are written, by name. */
  readonly results: Readonly<Record<string, Vector>>;
}

/** Computes means over all examples, a chunk at a time. */
export class Chunks {
  readonly #options: ChunksOptions;
  readonly #layout: Layout;
  readonly #inputs: Vector;
  readonly #targets: Vector;
  readonly #parameters: Vector;
  readonly #direction: Vector;
  readonly #noise: Vector;
  /** Programs by kind and size of chunk. */
  readonly #prepared = new Map<string, Promise<Prepared>>();

  constructor(options: ChunksOptions) {
    const { model, examples, dtype, size } = options;
    if (!Number.isSafeInteger(size) || size < 1)
      throw new RangeError(`chunk is ${size}; it must be a whole number, 1 or more`);
    const inputs = sizeOf(model.inputShape) * examples.count;
    if (examples.count < 1 || examples.inputs.length !== inputs)
      throw new RangeError(
        `${model.name}: ${examples.inputs.length} numbers were given for ${examples.count} examples of shape ` +
          `${quoteList(model.inputShape)}; ${inputs} are needed, for one example at least`,
      );
    this.#options = options;
    this.#layout = layoutOf(model);
    [this.#inputs, this.#targets] = [ofType(dtype, examples.inputs), ofType(dtype, examples.targets)];
    const n = parameterCount(model);
    [this.#parameters, this.#direction] = [zeros(dtype, n), zeros(dtype, n)];
    this.#noise = zeros(dtype, Math.min(size, examples.count) * sizeOf(this.pass(1).outputs.shape));
  }

  /** The net's pass over a chunk. */
  pass(batch = this.#options.size): Pass {
    return passOver({ ...this.#options, batch, targetSize: this.#targetSize });
  }

  /** Each result's mean over the examples. Results of a chunk must be means over it. */
  async mean(
    kind: string,
    build: (pass: Pass) => Record<string, Expr>,
    given: Given,
  ): Promise<Record<string, Float64Array>> {
    const { examples, size } = this.#options;
    this.#parameters.set(given.parameters);
    if (given.direction !== undefined) this.#direction.set(given.direction);
    const means: Record<string, Float64Array> = {};
    for (let start = 0; start < examples.count; start += size) {
      const batch = Math.min(size, examples.count - start);
      const { runnable, results } = await this.#prepare(kind, build, batch);
      this.#place(runnable, start, batch, given.noise);
      await runnable.run();
      for (const [name, result] of Object.entries(results)) {
        means[name] ??= new Float64Array(result.length);
        for (let i = 0; i < result.length; i++) means[name][i] += (batch / examples.count) * result[i];
      }
    }
    return means;
  }

  async dispose(): Promise<void> {
    const prepared = await Promise.all(this.#prepared.values());
    this.#prepared.clear();
    await Promise.all(prepared.map(({ runnable }) => runnable.dispose()));
  }

  get #targetSize(): number {
    return this.#options.examples.targets.length / this.#options.examples.count;
  }

  /** Lets the program read this chunk. */
  #place(runnable: Runnable, start: number, batch: number, noise?: () => number): void {
    const inputSize = sizeOf(this.#options.model.inputShape);
    runnable.bind(INPUTS, this.#inputs.subarray(start * inputSize, (start + batch) * inputSize));
    runnable.bind(TARGETS, this.#targets.subarray(start * this.#targetSize, (start + batch) * this.#targetSize));
    if (noise !== undefined) for (let i = 0; i < this.#noise.length; i++) this.#noise[i] = noise();
  }

  #prepare(kind: string, build: (pass: Pass) => Record<string, Expr>, batch: number): Promise<Prepared> {
    const key = `${kind} ${batch}`;
    const known = this.#prepared.get(key) ?? this.#compile(build(this.pass(batch)), batch);
    this.#prepared.set(key, known);
    return known;
  }

  async #compile(outputs: Record<string, Expr>, batch: number): Promise<Prepared> {
    const { device, dtype } = this.#options;
    const results = Object.fromEntries(
      Object.entries(outputs).map(([name, { shape }]) => [name, zeros(dtype, sizeOf(shape))] as const),
    );
    const parts = this.#layout.flatMap(({ name, shape, offset }) => {
      const part = (of: Vector): Vector => of.subarray(offset, offset + sizeOf(shape));
      return [[name, part(this.#parameters)] as const, [directionName(name), part(this.#direction)] as const];
    });
    const outputSize = this.#noise.length / Math.min(this.#options.size, this.#options.examples.count);
    const runnable = await device.prepare(outputs, {
      ...Object.fromEntries(parts),
      [NOISE]: this.#noise.subarray(0, batch * outputSize),
      [INPUTS]: this.#inputs.subarray(0, (batch * this.#inputs.length) / this.#options.examples.count),
      [TARGETS]: this.#targets.subarray(0, batch * this.#targetSize),
      ...results,
    });
    return { runnable, results };
  }
}

const zeros = (dtype: DType, length: number): Vector =>
  dtype === "f32" ? new Float32Array(length) : new Float64Array(length);

/** The numbers in this type: themselves where they already have it. */
function ofType(dtype: DType, numbers: Vector): Vector {
  if (dtype === "f32") return numbers instanceof Float32Array ? numbers : Float32Array.from(numbers);
  return numbers instanceof Float64Array ? numbers : Float64Array.from(numbers);
}
