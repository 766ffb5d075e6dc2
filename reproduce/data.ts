import type { Dataset, Examples, Vector } from "../src/data/index.ts";
import type { Given } from "./reproduction.ts";

/** The data of an experiment, and what to say of them. */
export interface Chosen {
  readonly data: Dataset;
  readonly notes: readonly string[];
}

/** The first of these data sets that can be had. Rejects with what is wrong with the first one if none can. */
export async function firstOf(
  given: Given,
  names: readonly string[],
  options: Parameters<Given["data"]>[1] = {},
): Promise<Chosen> {
  const [wanted, ...others] = names;
  try {
    return { data: await given.data(wanted, options), notes: [] };
  } catch (error) {
    given.signal.throwIfAborted();
    for (const name of others) {
      const data = await given.data(name, options).catch(() => undefined);
      if (data === undefined) continue;
      const note = `${wanted} could not be had, so ${name} takes its place: ${error instanceof Error ? error.message : error}`;
      given.note(note);
      return { data, notes: [note] };
    }
    throw error;
  }
}

/** The first examples of each set: they are in random order. */
export const firstExamples = (data: Dataset, train: number, others: number): Dataset => ({
  ...data,
  train: first(data.train, train),
  validation: first(data.validation, others),
  test: first(data.test, others),
});

function first(examples: Examples, count: number): Examples {
  if (count >= examples.count) return examples;
  const rows = (values: Vector): Vector => values.subarray(0, (values.length / examples.count) * count);
  return { count, inputs: rows(examples.inputs), targets: rows(examples.targets) };
}
