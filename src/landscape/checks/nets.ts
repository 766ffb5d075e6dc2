import { checkNumber, checkOptions, domains, isOptions, quoteValue } from "../../arguments/index.ts";
import { isVector } from "../../expr/index.ts";
import { type Model, parameterCount, stateCount } from "../../nn/index.ts";
import { checkVector } from "./vectors.ts";

/** Throws a TypeError for anything but a model. `what`: the function that was called. */
export function checkModel(what: string, model: unknown): asserts model is Model {
  if (!(isOptions(model) && "forward" in model && "parameters" in model))
    throw new TypeError(`${what}: the model is ${quoteValue(model)}; give one such as mlp([64, 32, 10])`);
}

/** Throws a TypeError for a vector of another kind, and a RangeError unless it has a finite number for each of the model's parameters. */
export function checkParameters(model: Model, what: string, w: unknown): void {
  const count = parameterCount(model);
  if (isVector(w) && w.length !== count)
    throw new RangeError(`${model.name}: ${what} has ${w.length} values, but the model has ${count} parameters`);
  checkVector(`${model.name}: ${what}`, w, count);
}

/** The same of a model's state, which may be missing. */
export function checkState(model: Model, s: unknown): void {
  if (s !== undefined) checkVector(`${model.name}: the state s`, s, stateCount(model));
}

/** Throws for anything but a net: a model with its weights, and its state if it has one. */
export function checkNet(what: string, net: unknown): void {
  if (!(isOptions(net) && "model" in net && "w" in net))
    throw new TypeError(
      `${what}: the net is ${quoteValue(net)}; give a trained one, such as await fit({ … }), or { model, w, s }`,
    );
  checkModel(what, net.model);
  checkParameters(net.model, "the net", net.w);
  checkState(net.model, "s" in net ? net.s : undefined);
}

/** Throws a TypeError for anything but examples or a source of them, and a RangeError for none. */
export function checkExamples(what: string, examples: unknown): void {
  const fields = isOptions(examples) ? examples : {};
  if (!("count" in fields && ("gather" in fields || ("inputs" in fields && "targets" in fields))))
    throw new TypeError(
      `${what}: the examples are ${"train" in fields ? "a data set; give a part of it" : `${quoteValue(examples)}; give some`}, such as data.train`,
    );
  checkNumber(`${what}: the number of examples`, fields.count, domains.count);
}

/** Throws for anything but "frozen" or examples from which statistics are measured. */
export function checkNormalization(what: string, normalization: unknown): void {
  if (normalization === "frozen" || normalization === undefined) return;
  if (!isOptions(normalization) || !("examples" in normalization))
    throw new TypeError(
      `${what}: normalization is ${quoteValue(normalization)}; give "frozen", or { examples: data.train }`,
    );
  checkOptions(`${what}: normalization`, normalization, ["examples", "batchSize"]);
  checkExamples(`${what}: normalization`, normalization.examples);
  const batchSize = "batchSize" in normalization ? normalization.batchSize : undefined;
  if (batchSize !== undefined) checkNumber(`${what}: normalization: batchSize`, batchSize, domains.count);
}

/** Throws a TypeError for anything but a device. */
export function checkDevice(what: string, device: unknown): void {
  if (!(isOptions(device) && "prepare" in device && typeof device.prepare === "function"))
    throw new TypeError(
      `${what}: the device is ${quoteValue(device)}; give a device of your own: { name, backend, runtime, float64, threads, prepare }`,
    );
}
