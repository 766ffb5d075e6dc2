import { DataError } from "../../files/index.ts";
import { spreadExamples } from "../chosen-examples.ts";
import type { Dataset } from "../dataset.ts";
import { withClassesOf } from "../matched-classes.ts";
import { canonicalName, findSet } from "../registry.ts";
import type { Preprocessing } from "../table/preprocessing.ts";
import { loadDataset, preparedBy } from "./load.ts";
import type { TestOptions } from "./options.ts";

/**
 * Data to test a trained net on, prepared as those that it was trained on, with its classes: the test set of a data set, as training
 * divides it, or the images of a folder, all of them where it has no sets. A note says which. There are no training examples.
 *
 * @throws DataError for data of another shape, or with classes or a target that the net does not know
 */
export async function loadTestData(
  given: string,
  preprocessing: Preprocessing | undefined,
  options: TestOptions = {},
): Promise<Dataset> {
  const name = canonicalName(given);
  const isFolder = findSet(name).kind === "image-folder";
  if (preprocessing === undefined) {
    if (!isFolder) return testSetOf(name, options);
    const problem = "the net does not keep how its inputs are prepared, so it cannot take images of files";
    throw new DataError(name, problem, "train it anew, and save it");
  }
  const { inputs } = preprocessing;
  if (inputs.kind === "columns") return withClassesOf(await columnsOf(name, preprocessing, options), preprocessing);
  const data = isFolder
    ? await (await import("./image-folder/index.ts")).loadTestImages(name, inputs, options)
    : await testSetOf(name, options);
  return withClassesOf(await preparedBy(data, preprocessing), preprocessing);
}

/** The test set of the data set that the net was trained on: columns that were measured elsewhere are not prepared anew. */
async function columnsOf(name: string, { inputs }: Preprocessing, options: TestOptions): Promise<Dataset> {
  const data = findSet(name).kind === "image-folder" ? undefined : await testSetOf(name, options);
  if (data !== undefined && JSON.stringify(data.preprocessing?.inputs) === JSON.stringify(inputs)) return data;
  throw new DataError(
    name,
    "the net was trained on the columns of a table, and this is another",
    "give what it was trained on, or rows with these columns as a CSV file",
  );
}

/** A data set with nothing but its test set. */
async function testSetOf(name: string, { limit, ...options }: TestOptions): Promise<Dataset> {
  const data = await loadDataset(name, options);
  const { count } = data.test;
  if (count === 0) throw new DataError(name, "it has no test set", "give data with one, or a file of rows");
  const test = await spreadExamples(data.test, limit);
  const part = test.count < count ? `${test.count} of the ${count} examples` : `${count} examples`;
  options.onProgress?.({ kind: "note", message: `${name}: its test set, ${part}` });
  const none = { count: 0, inputs: new Float32Array(0), targets: new Float32Array(0) };
  return { ...data, train: none, validation: none, test };
}
