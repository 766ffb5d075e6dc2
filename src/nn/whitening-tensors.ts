import { isOptions } from "../arguments/index.ts";
import type { Preprocessing } from "../data/table/index.ts";
import { Whitening, withNumbers } from "../data/whitening/index.ts";
import { isVector, sizeOf, type Vector } from "../expr/index.ts";
import { DAMAGED, SafetensorsError, type Tensor } from "../files/safetensors/index.ts";

/** The tensors of a whitening in a file of weights, which no tensor of a model can be named as. */
const [MEAN, MATRIX] = ["preprocessing.whitening.mean", "preprocessing.whitening.matrix"];

/** Whether a tensor of a file of weights belongs to the preprocessing, and not to the model. */
export const isOfWhitening = (name: string): boolean => name === MEAN || name === MATRIX;

/** The numbers of a net's whitening as tensors of the type of its weights; none if its inputs are not whitened. */
export function whiteningTensors(preprocessing: Preprocessing | undefined, w: Vector): Tensor[] {
  const inputs = preprocessing?.inputs;
  const whitening = inputs?.kind === "values" ? withNumbers(inputs.whitening) : undefined;
  if (whitening === undefined) return [];
  const { mean, matrix } = whitening;
  const typed = (data: Float32Array) =>
    w instanceof Float64Array
      ? { dtype: "F64" as const, data: Float64Array.from(data) }
      : { dtype: "F32" as const, data };
  return [
    { name: MEAN, shape: [mean.length], ...typed(mean) },
    { name: MATRIX, shape: [mean.length, mean.length], ...typed(matrix) },
  ];
}

/** The names and shapes of the tensors that go with a model's JSON. */
export function statedWhitening(json: unknown): { readonly name: string; readonly shape: readonly number[] }[] {
  const inputs = part(part(json, "preprocessing"), "inputs");
  const shape = part(inputs, "shape");
  if (part(inputs, "whitening") === undefined || !Array.isArray(shape) || !shape.every(Number.isSafeInteger)) return [];
  const n = sizeOf(shape);
  return [
    { name: MEAN, shape: [n] },
    { name: MATRIX, shape: [n, n] },
  ];
}

const part = (value: unknown, name: string): unknown => (isOptions(value) ? Reflect.get(value, name) : undefined);

/**
 * A preprocessing with the numbers of its whitening, which are among the tensors of a file.
 *
 * @throws SafetensorsError if they are missing, or those of another whitening
 */
export function withWhitening(
  preprocessing: Preprocessing,
  tensors: ReadonlyMap<string, { readonly data: unknown }>,
  where: string,
): Preprocessing {
  const { inputs } = preprocessing;
  if (inputs.kind !== "values" || inputs.whitening === undefined) return preprocessing;
  const { epsilon, fingerprint } = inputs.whitening;
  const [mean, matrix] = [MEAN, MATRIX].map((name) => tensors.get(name)?.data);
  if (!isVector(mean) || !isVector(matrix))
    throw new SafetensorsError(where, `there is no ${MATRIX}, by which the inputs are whitened`, DAMAGED);
  const whitening = new Whitening({ epsilon, mean: Float32Array.from(mean), matrix: Float32Array.from(matrix) });
  if (whitening.fingerprint !== fingerprint)
    throw new SafetensorsError(where, `its ${MATRIX} is not that of the JSON beside it`, "use two files of one save");
  return { ...preprocessing, inputs: { ...inputs, whitening } };
}
