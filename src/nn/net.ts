import { cut, faultOfNumbers, isListOfNumbers, quoteValue } from "../arguments/index.ts";
import {
  inputNames,
  inputsOfRows,
  inputsOfTable,
  type Preprocessing,
  type RawRow,
  type RawTable,
} from "../data/table/index.ts";
import { whitenVector, withNumbers } from "../data/whitening/index.ts";
import { type Device, queue, type Runnable } from "../device/index.ts";
import { dtypeOf, input, type Layout, showShape, sizeOf, type Vector, zerosLike } from "../expr/index.ts";
import { cast } from "../expr/operators/index.ts";
import { DataError } from "../files/index.ts";
import { strayIndex } from "./index-inputs.ts";
import { layoutOf, type Model, stateLayoutOf } from "./model.ts";
import { outputsFor } from "./outputs.ts";
import { type Prediction, predictionReader } from "./prediction.ts";
import { checkFits, type Trained } from "./saved.ts";

/** Examples computed at a time. */
const MOST = 500;

/** Programs to keep: one for full batches, one for a last, smaller one. */
const KEPT = 2;

/** What is wrong with a row whose outputs are not finite. */
const TOO_LARGE = "its values are so large that what the net computes from them is not finite";

/** Throws an error about a row, from 0. */
type Refuse = (row: number, what: { readonly problem: string; readonly advice: string }) => never;

const refuseExample =
  (method: string): Refuse =>
  (example, { problem, advice }) => {
    throw new RangeError(`${method}: example ${example + 1}: ${problem}; ${advice}`);
  };

interface Prepared {
  readonly runnable: Runnable;
  readonly inputs: Vector;
  readonly outputs: Vector;
}

/** A model with its weights, ready to predict. */
export class Net implements Trained {
  /** The model that computes the outputs. */
  readonly model: Model;
  /** All parameters, in the model's order. */
  readonly w: Vector;
  /** The model's state; empty if it has none. */
  readonly s: Vector;
  /** Turns raw rows into inputs, and outputs into classes or values. Without it both are taken as they are. */
  readonly preprocessing: Preprocessing | undefined;
  readonly #device: Device;
  readonly #prepared = new Map<number, Promise<Prepared>>();
  /** Programs share their memory, so predictions are made one after the other. */
  readonly #inTurn = queue();

  /**
   * Throws a RangeError if `w` or `s` does not have the model's length or holds a value that is not finite, and a TypeError for
   * preprocessing of other inputs or outputs. The net uses the vectors without a copy.
   */
  constructor(trained: Trained, device: Device) {
    checkFits(trained);
    const { model, w, s, preprocessing } = trained;
    [this.model, this.w, this.s, this.preprocessing] = [model, w, s ?? w.slice(0, 0), preprocessing];
    this.#device = device;
  }

  /**
   * Predicts from raw rows, in their own units: objects with the columns that the net was trained on, by name; for images and other
   * arrays, and nets without preprocessing, the values of each example.
   *
   *     const [{ label, probabilities }] = await net.predict([{ sepal: 5.1, colour: "red" }]);
   *
   * The rows are read at once, so they may change afterwards. Throws a TypeError for a row of another kind and a cell that its
   * column cannot take, and a RangeError for a column that a row lacks, a missing value that nothing stands for, an array of
   * another length, and values so large that the outputs are not finite.
   */
  predict(rows: readonly RawRow[]): Promise<Prediction[]> {
    const { preprocessing } = this;
    const inputs =
      preprocessing === undefined
        ? this.#read(rows, "predict")
        : this.#whitened(inputsOfRows(rows, preprocessing), preprocessing);
    return this.#predicted(inputs, rows.length, (row, { problem, advice }) => {
      throw new RangeError(`predict: row ${row + 1}: ${problem}; ${advice}`);
    });
  }

  /**
   * Predicts from a table, such as `csvTable` reads: its columns are matched by name, in any order, and others are ignored. Throws
   * a DataError, with the line, for columns that the table lacks, cells that their column cannot take, and values so large
   * that the outputs are not finite.
   */
  predictTable(table: RawTable): Promise<Prediction[]> {
    const preprocessing = this.preprocessing ?? plainPreprocessing(this.model);
    const inputs = this.#whitened(inputsOfTable(table, preprocessing), preprocessing);
    return this.#predicted(inputs, table.rows, (row, { problem }) => {
      const place = table.lines === undefined ? `row ${row + 1}` : `line ${table.lines.at(row)}`;
      throw new DataError(`${table.name}: ${place}`, problem, "correct its values, or leave the row out");
    });
  }

  /**
   * The model's outputs, one vector for each example: logits for a classifier. Inputs are passed to the model as they are, without
   * preprocessing. They are read at once, so they may change afterwards. Throws a RangeError for an example of another size, and
   * a TypeError for anything but finite numbers.
   */
  outputs(inputs: readonly ArrayLike<number>[]): Promise<Vector[]> {
    const examples = this.#read(inputs, "outputs");
    this.#checkIndices(examples, refuseExample("outputs"));
    return this.#inTurn(() => this.#answers(examples, inputs.length));
  }

  /**
   * Predicts from inputs as the net takes them, such as the examples of a data set; `preprocessing`, by default the net's own, says what
   * the outputs stand for. Throws as `outputs` does.
   */
  predictInputs(inputs: readonly ArrayLike<number>[], preprocessing = this.preprocessing): Promise<Prediction[]> {
    const examples = this.#read(inputs, "predictInputs");
    this.#checkIndices(examples, refuseExample("predictInputs"));
    return this.#predicted(examples, inputs.length, undefined, preprocessing);
  }

  /** @param refuse throws for a row that the net cannot take, or whose outputs are not finite */
  async #predicted(
    given: Vector | Promise<Vector>,
    count: number,
    refuse?: Refuse,
    preprocessing = this.preprocessing,
  ): Promise<Prediction[]> {
    const inputs = await given;
    if (refuse !== undefined) this.#checkIndices(inputs, refuse);
    const answers = await this.#inTurn(() => this.#answers(inputs, count));
    if (answers.length === 0) return [];
    const bad = answers.findIndex((outputs) => !outputs.every(Number.isFinite));
    if (bad >= 0) refuse?.(bad, { problem: TOO_LARGE, advice: "give smaller ones" });
    return answers.map(predictionReader(this.model, answers[0].length, preprocessing));
  }

  /** Standardised inputs as the net takes them. */
  #whitened(inputs: Vector, { inputs: kept }: Preprocessing): Vector | Promise<Vector> {
    const whitening = kept.kind === "values" ? withNumbers(kept.whitening) : undefined;
    return whitening === undefined ? inputs : whitenVector(this.#device, whitening, inputs);
  }

  /** Releases the device's resources. */
  dispose(): Promise<void> {
    return this.#inTurn(async () => {
      const all = [...this.#prepared.values()];
      this.#prepared.clear();
      for (const prepared of all) await (await prepared).runnable.dispose();
    });
  }

  #checkIndices(inputs: Vector, refuse: Refuse): void {
    const kept = this.preprocessing?.inputs;
    const names = kept?.kind === "columns" ? kept.columns.flatMap(inputNames) : [];
    const stray = strayIndex(this.model, inputs, names);
    if (stray !== undefined) refuse(stray.example, { problem: stray.problem, advice: "correct it" });
  }

  /** A copy of all examples, one after the other. */
  #read(examples: readonly unknown[], method: string): Vector {
    const { name, inputShape } = this.model;
    const size = sizeOf(inputShape);
    const wanted = `${cut(name)} takes ${size}, of shape ${showShape(inputShape)}`;
    if (!Array.isArray(examples))
      throw new TypeError(
        `${method}: the examples are ${quoteValue(examples)}; give a list of them, [example]: ${wanted}`,
      );
    const all = zerosLike(this.w, examples.length * size);
    for (const [i, example] of examples.entries()) {
      const fault = faultOfNumbers(example);
      if (!isListOfNumbers(example) || fault !== undefined)
        throw new TypeError(`${method}: example ${i + 1} ${fault ?? "is no list"}; give numbers: ${wanted}`);
      if (example.length !== size)
        throw new RangeError(`${method}: example ${i + 1} has ${example.length} values; ${wanted}`);
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
    const net_outputs = cast(outputsFor(model, x, dtype), dtype);
    const [inputs, outputs] = [zerosLike(w, sizeOf(x.shape)), zerosLike(w, sizeOf(net_outputs.shape))];
    const views = { ...viewsOf(layoutOf(model), w), ...viewsOf(stateLayoutOf(model), s) };
    const runnable = await this.#device.prepare(
      { net_outputs },
      { ...views, net_inputs: inputs, net_outputs: outputs },
    );
    return { runnable, inputs, outputs };
  }
}

/** Inputs and outputs as they are: columns in the order of the inputs. */
const plainPreprocessing = ({ inputShape }: Model): Preprocessing => ({
  inputs: { kind: "values", shape: inputShape.length === 0 ? [1] : inputShape, mean: [0], deviation: [1] },
  target: { kind: "values", names: [], mean: [], deviation: [] },
});

const viewsOf = (layout: Layout, vector: Vector): Record<string, Vector> =>
  Object.fromEntries(layout.map(({ name, shape, offset }) => [name, vector.subarray(offset, offset + sizeOf(shape))]));
