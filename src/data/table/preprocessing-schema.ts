import {
  count,
  filled,
  fits,
  kinds,
  list,
  number,
  object,
  oneOf,
  optional,
  pair,
  positive,
  type Schema,
  text,
  truth,
} from "../../files/schema/index.ts";
import { Whitening, type WhiteningFacts } from "../whitening/whitening.ts";
import {
  type BooleanInput,
  type CategoryInput,
  type ClassTarget,
  type ColumnInputs,
  type DateInput,
  type InputColumn,
  inputCount,
  type NumberInput,
  type Preprocessing,
  targetCount,
  type ValueInputs,
  type ValueTarget,
} from "./preprocessing.ts";

const scaled = {
  name: text,
  mean: number,
  deviation: positive,
  fill: optional(number),
  indicator: optional(oneOf(true)),
};

const column: Schema<InputColumn> = kinds<InputColumn>({
  number: object<NumberInput>({ kind: oneOf("number"), ...scaled }),
  date: object<DateInput>({ kind: oneOf("date"), ...scaled, dayFirst: optional(truth) }),
  boolean: object<BooleanInput>({ kind: oneOf("boolean"), ...scaled, words: pair(text) }),
  category: object<CategoryInput>({
    ...{ kind: oneOf("category"), name: text, categories: list(text) },
    ...{ other: optional(oneOf(true)), missing: optional(oneOf("input", "other")) },
  }),
});

const facts = object<WhiteningFacts>({ method: oneOf("zca"), epsilon: positive, fingerprint: text });

/** With its numbers, or without them as JSON has it. */
const whitening: Schema<Whitening | WhiteningFacts> = {
  problem: (value, path) => (value instanceof Whitening ? undefined : facts.problem(value, path)),
};

const preprocessing: Schema<Preprocessing> = object<Preprocessing>({
  inputs: kinds<ColumnInputs | ValueInputs>({
    columns: object<ColumnInputs>({ kind: oneOf("columns"), columns: filled(column) }),
    values: object<ValueInputs>({
      ...{ kind: oneOf("values"), shape: filled(count) },
      ...{ mean: filled(number), deviation: filled(positive), whitening: optional(whitening) },
    }),
  }),
  target: kinds<ClassTarget | ValueTarget>({
    classes: object<ClassTarget>({
      kind: oneOf("classes"),
      name: optional(text),
      classes: filled(text),
      majority: optional(text),
      isTied: optional(oneOf(true)),
    }),
    values: object<ValueTarget>({
      ...{ kind: oneOf("values"), names: filled(text) },
      ...{ mean: filled(number), deviation: filled(positive), baseline: optional(filled(number)) },
    }),
  }),
});

/**
 * Checks preprocessing from a file.
 *
 * @param sizes of the net: inputs of one example, and outputs
 * @throws TypeError that says what is wrong, and where
 */
export function checkPreprocessing(
  json: unknown,
  sizes?: { readonly inputs: number; readonly outputs: number },
): Preprocessing {
  if (!fits(preprocessing, json))
    throw new TypeError(preprocessing.problem(json, "preprocessing") ?? "preprocessing is damaged");
  const fault = unevenIn(json) ?? (sizes && misfit(json, sizes));
  if (fault !== undefined) throw new TypeError(fault);
  return json;
}

/** Lists that should be equally long, and names that should differ. */
function unevenIn({ inputs, target }: Preprocessing): string | undefined {
  if (inputs.kind === "values" && inputs.mean.length !== inputs.deviation.length)
    return `preprocessing.inputs has ${inputs.mean.length} means and ${inputs.deviation.length} deviations; it needs one deviation for each mean`;
  if (
    target.kind === "values" &&
    [target.mean, target.deviation, target.baseline ?? target.mean].some(({ length }) => length !== target.names.length)
  )
    return `preprocessing.target has ${target.names.length} names, ${target.mean.length} means and ${target.deviation.length} deviations; it needs one of each for each output`;
  const names = inputs.kind === "columns" ? inputs.columns.map(({ name }) => name) : [];
  const twice = names.find((name, i) => names.indexOf(name) < i);
  return twice === undefined
    ? undefined
    : `preprocessing.inputs has two columns named ${JSON.stringify(twice)}; name each differently`;
}

function misfit(
  given: Preprocessing,
  { inputs, outputs }: { readonly inputs: number; readonly outputs: number },
): string | undefined {
  if (inputCount(given) !== inputs)
    return `preprocessing makes ${inputCount(given)} inputs, but the net takes ${inputs}`;
  const wanted = targetCount(given);
  const binary = given.target.kind === "classes" && wanted === 2 && outputs === 1;
  return wanted === outputs || binary ? undefined : `preprocessing names ${wanted} outputs, but the net has ${outputs}`;
}
