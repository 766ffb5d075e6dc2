import { DataError } from "../files/index.ts";
import type { Dataset, Examples } from "./dataset.ts";
import type { Preprocessing, ValueInputs } from "./table/preprocessing.ts";

/**
 * A data set of images or other arrays with the means and deviations of a trained net in place of its own, to train the net further; it
 * is not whitened yet.
 * Classes stay the data set's own.
 *
 * @param advice what to do about examples of another shape
 * @throws DataError for examples of another shape, and for a net that was trained on the columns of a table
 */
export function preparedLike(
  data: Dataset,
  { inputs: wanted }: Preprocessing,
  advice = "give examples as those that it was trained on",
): Dataset {
  if (wanted.kind === "columns")
    throw new DataError(
      data.name,
      "its examples are arrays, and the net was trained on the columns of a table",
      "give a table with these columns",
    );
  const inputs = data.preprocessing?.inputs ?? plainInputs(data);
  if (inputs.kind === "columns" || inputs.shape.join() !== wanted.shape.join())
    throw new DataError(
      data.name,
      `an example has shape ${data.inputShape.join(" × ")}, and the net takes ${wanted.shape.join(" × ")}`,
      advice,
    );
  const { whitening: _, ...plain } = wanted;
  if (JSON.stringify(inputs) === JSON.stringify(plain)) return data;
  const again = (examples: Examples): Examples => {
    const { count, targets, weights } = examples;
    return { count, inputs: rescaled(examples, inputs, wanted), targets, ...(weights && { weights }) };
  };
  const { mean, deviation } = wanted;
  return {
    ...{ ...data, train: again(data.train), validation: again(data.validation), test: again(data.test) },
    standardization: { mean, deviation },
    ...(data.preprocessing && { preprocessing: { ...data.preprocessing, inputs: plain } }),
  };
}

const plainInputs = ({ inputShape }: Dataset): ValueInputs => ({
  ...{ kind: "values", shape: inputShape, mean: [0], deviation: [1] },
});

/** x = mean + deviation · x′ of the old, standardised by the new. Each mean is of a run of an example's values. */
function rescaled({ inputs, count }: Examples, from: ValueInputs, to: ValueInputs): Examples["inputs"] {
  const size = inputs.length / Math.max(1, count);
  const [own, other] = [size / from.mean.length, size / to.mean.length];
  return inputs.map((x, i) => {
    const [a, b] = [Math.floor((i % size) / own), Math.floor((i % size) / other)];
    return (from.mean[a] + from.deviation[a] * x - to.mean[b]) / to.deviation[b];
  });
}
