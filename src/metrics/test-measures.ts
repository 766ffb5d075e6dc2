import type { Dataset } from "../data/index.ts";
import type { Net } from "../nn/index.ts";
import { type Answers, answersFor, firstNotFinite, tells } from "./answers.ts";
import { type Metrics, metricsFrom } from "./evaluate.ts";

/** How a net does on the test set of its own data, as the record of its training holds it. */
export interface TestMeasures {
  readonly metrics: Metrics;
  /** Regression: for each target, some of the test set's values, and what was predicted. */
  readonly predicted?: readonly PredictedValues[];
}

/** Values of one target beside what was predicted, both in its unit. */
export interface PredictedValues {
  readonly name: string;
  readonly actual: readonly number[];
  readonly predicted: readonly number[];
}

/**
 * Measures a net on the test set of the data that it was trained on; undefined where there is nothing to measure: without test
 * examples, where classes were learned as if their indices were values, and for predictions that are not finite.
 */
export async function measureTest(net: Net, data: Dataset): Promise<TestMeasures | undefined> {
  if (data.test.count === 0 || !tells(net.model, data)) return undefined;
  const answers = await answersFor(net, data, data.test);
  if (firstNotFinite(answers) >= 0) return undefined;
  const metrics = metricsFrom(answers);
  return answers.target.kind === "classes"
    ? { metrics }
    : { metrics, predicted: thinned(answers, answers.target.names) };
}

/** The most points that still can be told apart in a figure. */
const MOST = 300;

/** Evenly spaced examples. */
function thinned({ actual, predicted }: Answers, names: readonly string[]): PredictedValues[] {
  const count = predicted.length / names.length;
  const every = Math.ceil(count / MOST);
  const rows = Array.from({ length: Math.ceil(count / every) }, (_, i) => i * every);
  return names.map((name, at) => ({
    name,
    actual: rows.map((i) => actual[i * names.length + at]),
    predicted: rows.map((i) => predicted[i * names.length + at]),
  }));
}
