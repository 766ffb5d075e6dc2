import { cut, quoteValue } from "../arguments/index.ts";
import { type Device, queue, type Runnable } from "../device/index.ts";
import { dtypeOf, input, type Layout, showShape, sizeOf, type Vector, zerosLike } from "../expr/index.ts";
import { cast } from "../expr/operators/index.ts";
import { layoutOf, type Model, parameterInputs, stateInputs, stateLayoutOf } from "./model.ts";
import { type Trained, tensorsOf } from "./saved.ts";

/** Examples computed at a time. */
const MOST = 500;

/** Programs to keep: one for full batches, one for a last, smaller one. */
const KEPT = 2;

interface Prepared {
  readonly runnable: Runnable;
  readonly inputs: Vector;
  readonly outputs: Vector;
}

/** A model with its weights, ready to predict. */
export class Net implements Required<Trained> {
  /** The model that `predict` computes. */
  readonly model: Model;
  /** All parameters, in the model's order. */
  readonly w: Vector;
  /** The model's state; empty if it has none. */
  readonly s: Vector;
  readonly #device: Device;
  readonly #prepared = new Map<number, Promise<Prepared>>();
  /** Programs share their memory, so predictions are made one after the other. */
  readonly #inTurn = queue();

  /** Throws a RangeError if `w` or `s` does not have the model's length. The net uses them without a copy. */
  constructor({ model, w, s }: Trained, device: Device) {
    tensorsOf(s === undefined ? { model, w } : { model, w, s });
    [this.model, this.w, this.s, this.#device] = [model, w, s ?? w.slice(0, 0), device];
  }

  /**
   * The model's outputs, one vector for each example: logits for a classifier. Inputs are passed to the model without
   * standardisation. They are read at once, so they may change afterwards. Throws a RangeError for an example of another size, and
   * a TypeError for anything but numbers.
   */
  predict(inputs: readonly ArrayLike<number>[]): Promise<Vector[]> {
    const examples = this.#read(inputs);
    return this.#inTurn(() => this.#answers(examples, inputs.length));
  }

  /** Releases the device's resources. */
  dispose(): Promise<void> {
    return this.#inTurn(async () => {
      const all = [...this.#prepared.values()];
      this.#prepared.clear();
      for (const prepared of all) await (await prepared).runnable.dispose();
    });
  }

  /** A copy of all examples, one after the other. */
  #read(examples: readonly ArrayLike<number>[]): Vector {
    const { name, inputShape } = this.model;
    const size = sizeOf(inputShape);
    const wanted = `${cut(name)} takes ${size}, of shape ${showShape(inputShape)}`;
    if (!Array.isArray(examples))
      throw new TypeError(
        `predict: the examples are ${quoteValue(examples)}; give a list of them, [example]: ${wanted}`,
      );
    const all = zerosLike(this.w, examples.length * size);
    for (const [i, example] of examples.entries()) {
      const fault = faultOf(example);
      if (fault !== undefined) throw new TypeError(`predict: example ${i + 1} ${fault}; give numbers: ${wanted}`);
      if (example.length !== size)
        throw new RangeError(`predict: example ${i + 1} has ${example.length} values; ${wanted}`);
      all.set(example, i * size);
    }
    return all;
  }

  async #answers(examples: Vector, count: number): Promise<Vector[]> {
    const answers: Vector[] = [];
    for (let start = 0; start < count; start += MOST) {
      const batch = Math.min(MOST, count - start);
      const { runnable, inputs, outputs } = await this.#program(batch);
      const size = inputs.length / batch;
      inputs.set(examples.subarray(start * size, (start + batch) * size));
      await runnable.run();
      const width = outputs.length / batch;
      for (let i = 0; i < batch; i++) answers.push(outputs.slice(i * width, (i + 1) * width));
    }
    return answers;
  }

  async #program(count: number): Promise<Prepared> {
    const known = this.#prepared.get(count);
    if (known !== undefined) return known;
    const [oldest] = this.#prepared.size === KEPT ? this.#prepared : [];
    if (oldest !== undefined) {
      this.#prepared.delete(oldest[0]);
      await (await oldest[1]).runnable.dispose();
    }
    const made = this.#prepare(count);
    this.#prepared.set(count, made);
    return made;
  }

  async #prepare(count: number): Promise<Prepared> {
    const { model, w, s } = this;
    const dtype = dtypeOf(w);
    const x = input("net_inputs", [count, ...model.inputShape], dtype);
    const mask = (): never => {
      throw new Error(`${model.name}: a mask was asked for outside training`);
    };
    const pass = { training: false, mask };
    const passed = model.forward(parameterInputs(model, dtype), stateInputs(model, dtype), x, pass);
    const net_outputs = cast(passed.outputs, dtype);
    const [inputs, outputs] = [zerosLike(w, sizeOf(x.shape)), zerosLike(w, sizeOf(net_outputs.shape))];
    const views = { ...viewsOf(layoutOf(model), w), ...viewsOf(stateLayoutOf(model), s) };
    const runnable = await this.#device.prepare(
      { net_outputs },
      { ...views, net_inputs: inputs, net_outputs: outputs },
    );
    return { runnable, inputs, outputs };
  }
}

/** What is wrong with an example that is not a list of numbers. */
function faultOf(example: unknown): string | undefined {
  if (ArrayBuffer.isView(example) && !(example instanceof DataView)) return undefined;
  if (!Array.isArray(example)) return `is ${quoteValue(example)}`;
  const at = example.findIndex((x) => typeof x !== "number");
  return at < 0 ? undefined : `has ${quoteValue(example[at])} at ${at}`;
}

const viewsOf = (layout: Layout, vector: Vector): Record<string, Vector> =>
  Object.fromEntries(layout.map(({ name, shape, offset }) => [name, vector.subarray(offset, offset + sizeOf(shape))]));
