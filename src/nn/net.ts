import type { Device, Runnable } from "../device/device.ts";
import type { Vector } from "../expr/array.ts";
import type { Layout } from "../expr/layout.ts";
import { input } from "../expr/node.ts";
import { cast } from "../expr/operators/index.ts";
import { showShape, sizeOf } from "../expr/shape.ts";
import { layoutOf, type Model, parameterInputs, stateInputs, stateLayoutOf } from "./model.ts";
import { type Trained, tensorsOf } from "./saved.ts";

/** Examples that are computed at a time. */
const MOST = 500;

/** Programs that are kept: for full batches, and for a last one. */
const KEPT = 2;

interface Prepared {
  readonly runnable: Runnable;
  readonly inputs: Vector;
  readonly outputs: Vector;
}

/** A model with its numbers, ready to answer. */
export class Net implements Required<Trained> {
  readonly model: Model;
  readonly w: Vector;
  readonly s: Vector;
  readonly #device: Device;
  readonly #prepared = new Map<number, Promise<Prepared>>();
  /** Programs have one place for their numbers: one answer after the other. */
  #last: Promise<unknown> = Promise.resolve();

  /** Throws a RangeError where the numbers are not as many as the model's. The net reads `w` and `s` as they are. */
  constructor({ model, w, s }: Trained, device: Device) {
    tensorsOf(s === undefined ? { model, w } : { model, w, s });
    [this.model, this.w, this.s, this.#device] = [model, w, s ?? w.slice(0, 0), device];
  }

  /**
   * The model's outputs, one vector for each example: logits for a net that tells classes. Inputs are as the model takes
   * them: nothing is standardised. Throws a RangeError for an example of another size.
   */
  predict(inputs: readonly ArrayLike<number>[]): Promise<Vector[]> {
    const size = sizeOf(this.model.inputShape);
    const odd = inputs.findIndex(({ length }) => length !== size);
    if (odd >= 0)
      throw new RangeError(
        `predict: example ${odd + 1} has ${inputs[odd].length} numbers; ${this.model.name} takes ${size}, of shape ${showShape(this.model.inputShape)}`,
      );
    const answer = this.#last.then(() => this.#answers(inputs));
    this.#last = answer.catch(() => {});
    return answer;
  }

  /** Releases what computes. */
  async dispose(): Promise<void> {
    await this.#last;
    const all = [...this.#prepared.values()];
    this.#prepared.clear();
    for (const prepared of all) await (await prepared).runnable.dispose();
  }

  async #answers(examples: readonly ArrayLike<number>[]): Promise<Vector[]> {
    const answers: Vector[] = [];
    for (let start = 0; start < examples.length; start += MOST) {
      const batch = examples.slice(start, start + MOST);
      const { runnable, inputs, outputs } = await this.#program(batch.length);
      for (const [i, example] of batch.entries()) inputs.set(example, i * example.length);
      await runnable.run();
      const width = outputs.length / batch.length;
      for (const i of batch.keys()) answers.push(outputs.slice(i * width, (i + 1) * width));
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
    const dtype = w instanceof Float32Array ? "f32" : "f64";
    const x = input("net_inputs", [count, ...model.inputShape], dtype);
    const mask = (): never => {
      throw new Error(`${model.name}: a mask was asked for outside training`);
    };
    const pass = { training: false, mask };
    const passed = model.forward(parameterInputs(model, dtype), stateInputs(model, dtype), x, pass);
    const net_outputs = cast(passed.outputs, dtype);
    const [inputs, outputs] = [zeros(w, sizeOf(x.shape)), zeros(w, sizeOf(net_outputs.shape))];
    const views = { ...viewsOf(layoutOf(model), w), ...viewsOf(stateLayoutOf(model), s) };
    const runnable = await this.#device.prepare(
      { net_outputs },
      { ...views, net_inputs: inputs, net_outputs: outputs },
    );
    return { runnable, inputs, outputs };
  }
}

const zeros = (like: Vector, length: number): Vector =>
  like instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);

const viewsOf = (layout: Layout, vector: Vector): Record<string, Vector> =>
  Object.fromEntries(layout.map(({ name, shape, offset }) => [name, vector.subarray(offset, offset + sizeOf(shape))]));
