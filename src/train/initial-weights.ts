import { isOptions, quoteValue } from "../arguments/index.ts";
import { type DType, isVector, sizeOf, type Vector } from "../expr/index.ts";
import { differencesOf, differenceWords } from "../files/safetensors/index.ts";
import {
  type Frozen,
  frozen,
  frozenLayout,
  gather,
  initialize,
  type Model,
  parameterCount,
  stateCount,
} from "../nn/index.ts";
import type { State } from "../optimizers/index.ts";

/** Weights to start from, with the model's state: a trained net, or what `weightsFrom` has read. */
export interface Weights {
  /** All parameters, in the model's order. */
  readonly w: ArrayLike<number>;
  /** The model's state. Default: its initial one. */
  readonly s?: ArrayLike<number>;
  /** The model that they belong to, if it is known: its tensors must have the same names and shapes. */
  readonly model?: Model;
}

/** Weights in the model's order, or with more that is known of them. */
export type Initial = ArrayLike<number> | Weights;

/** What a run starts with. */
export interface Start {
  /** The model as it is trained: without the frozen parameters, which are constants in it. */
  readonly model: Model;
  /** The parameters that stay as they are, if there are any. */
  readonly frozen: Frozen | undefined;
  /** The given weights of the parameters that are trained, and the given state. */
  readonly start: Partial<Pick<Weights, "w" | "s">>;
}

/** The options of a run that decide where it starts. */
interface Given {
  readonly model: Model;
  readonly initial?: Initial;
  readonly from?: State;
  readonly freeze?: readonly string[];
  readonly seed: number;
  readonly dtype: DType;
}

/** Takes apart what is trained and what is frozen. Throws a RangeError for weights that do not fit, or an unknown name. */
export function startOf({ model, initial, from, freeze = [], seed, dtype }: Given): Start {
  const start = initial === undefined ? {} : checkInitial(model, initial);
  if (!Array.isArray(freeze))
    throw new TypeError(`freeze is ${quoteValue(freeze)}; give a list of layers or parameters: ["layer1"]`);
  if (freeze.length === 0) return { model, frozen: undefined, start };
  const layout = frozenLayout(model, freeze);
  const count = layout.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const values = vectorOf(dtype, count);
  if (from !== undefined) values.set(savedValues(from, values));
  else values.set(gather(start.w ?? drawn(model, dtype, seed), layout));
  const split = frozen(model, freeze, values, dtype);
  return { model: split.trained, frozen: split, start: { ...start, ...(start.w && { w: split.cut(start.w) }) } };
}

const vectorOf = (dtype: DType, length: number): Vector =>
  dtype === "f32" ? new Float32Array(length) : new Float64Array(length);

function drawn(model: Model, dtype: DType, seed: number): Vector {
  const w = vectorOf(dtype, parameterCount(model));
  initialize(model, w, seed);
  return w;
}

/** The name of the frozen parameters' values in a saved run. */
export const FROZEN = "frozen";

function savedValues(from: State, like: Vector): Vector {
  const values = isOptions(from) ? from[FROZEN] : undefined;
  if (isVector(values) && values.length === like.length && values.constructor === like.constructor) return values;
  throw new RangeError("from: the saved run does not fit: it froze other parameters; give the same freeze");
}

/** Throws a RangeError if the given weights are not those of the model, or not finite. */
function checkInitial(model: Model, initial: Initial): Start["start"] {
  const { w, s, model: own } = "w" in initial ? initial : { w: initial, s: undefined, model: undefined };
  if (own !== undefined) checkSame(own, model);
  checkLength("initial", w, parameterCount(model), "parameters");
  checkValues("initial", w);
  if (s === undefined || (s.length === 0 && own === undefined)) return { w };
  checkLength("initial: s", s, stateCount(model), "values in its state");
  checkValues("initial: s", s);
  return { w, s };
}

function checkSame(own: Model, model: Model): void {
  const found = new Map([...own.parameters, ...own.state].map((each) => [each.name, each]));
  const differences = differencesOf([...model.parameters, ...model.state], found);
  if (differences.length > 0)
    throw new RangeError(
      `initial: the weights of ${own.name} do not fit ${model.name}: ${differenceWords(differences)}`,
    );
}

function checkLength(what: string, given: ArrayLike<number>, count: number, words: string): void {
  if (given.length !== count)
    throw new RangeError(`${what}: ${given.length} values were given; the model has ${count} ${words}`);
}

function checkValues(what: string, given: ArrayLike<number>): void {
  const hole = Array.prototype.findIndex.call(given, (x) => !Number.isFinite(x));
  if (hole >= 0) throw new RangeError(`${what}[${hole}] is ${given[hole]}; all weights must be finite`);
}

/** Writes the initial weights and the given state of a run. Weights that were not given are random. */
export function setInitialWeights(w: Vector, s: Vector, { model, start, seed }: StartSettings): void {
  if (start.w === undefined) initialize(model, w, seed);
  else w.set(start.w);
  if (start.s !== undefined) s.set(start.s);
}

interface StartSettings extends Start {
  readonly seed: number;
}
