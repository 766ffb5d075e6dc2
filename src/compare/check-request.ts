import { checkOptions, isOptions, quoteValue } from "../arguments/index.ts";
import { checkData, refuseDataOptions } from "../data/index.ts";
import { isVector } from "../expr/index.ts";
import { checkRuleData, plainForm } from "../optimizers/index.ts";
import type { CompareOptions } from "./options.ts";

/** Checks at run time for callers without types: done before anything else. */

const options: Readonly<Record<keyof CompareOptions, true>> = {
  ...{ optimizers: true, batchSize: true, epochs: true, seeds: true, trials: true, tuningSeeds: true },
  ...{ tuningEpochs: true, tuneOn: true, fullBatch: true, target: true, augment: true, l2: true, dtype: true },
};

const EXAMPLE = 'compare({ data, model: "mlp:64", optimizers: [{ rule: "adam" }] })';

/** Throws a TypeError where the request or a field has the wrong type, and a RangeError for an unknown field. */
export function checkRequest(request: unknown, more: readonly string[]): void {
  const allowed = [...more, ...Object.keys(options)];
  refuseDataOptions("compare", request, allowed);
  checkOptions("compare", request, allowed, EXAMPLE);
  const { data, model } = fieldsOf(request);
  checkDataset(data);
  if (typeof model !== "string" && !isOptions(model))
    throw new TypeError(
      `model is ${quoteValue(model)}; give a text such as "mlp:64", a model such as mlp([64, 32, 10]), or its plain data`,
    );
}

/** Examples that threads can share, or those of a table that is kept in a file, whose inputs are not read here. */
function checkDataset(data: unknown): void {
  checkData(data);
  const fields = fieldsOf(data);
  for (const set of ["train", "validation", "test"]) {
    const examples = fields[set];
    if (isOptions(examples) && "gather" in examples && "inputs" in examples) continue;
    const { count, inputs, targets } = fieldsOf(examples);
    if (typeof count !== "number" || !isVector(inputs) || !isVector(targets))
      throw new TypeError(
        `data: ${set} is ${quoteValue(examples)}; a comparison takes examples in memory: { count, inputs, targets }, inputs and targets each a Float32Array or Float64Array`,
      );
  }
  if (fields.task === "classification" && !Array.isArray(fields.classes))
    throw new TypeError(`data: classes is ${quoteValue(fields.classes)}; give a list of the classes' names`);
}

/** Throws a TypeError for an optimizer that is not plain data, and a RangeError for an unknown field. */
export function checkContender(given: unknown, place: string): void {
  const plain = '{ rule: "adam", hyper: { lr: 0.01 } }';
  if (isOptions(given) && ("solver" in given || "needsOneOf" in given))
    throw new TypeError(
      `${place} is a solver, which takes all examples in each step and has no learning rate to tune; a comparison takes update rules, such as ${plain}`,
    );
  if (!isOptions(given) || "bind" in given)
    throw new TypeError(
      `${place} is ${describe(given)}; a comparison takes update rules as plain data, such as ${plainForm(given) ?? plain}`,
    );
  checkRuleData(given, place, ["label"]);
}

/** An optimizer would be long if it were quoted in full. */
function describe(given: unknown): string {
  if (typeof given === "function") return "a function";
  return isOptions(given) ? "an optimizer, ready to step" : quoteValue(given);
}

const fieldsOf = (given: unknown): Readonly<Record<string, unknown>> =>
  isOptions(given) ? Object.fromEntries(Object.entries(given)) : {};
