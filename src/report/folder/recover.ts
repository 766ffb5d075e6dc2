import { assembleResult, type CompareResult, type Trial } from "../../compare/index.ts";
import { fits, type Schema } from "../../files/schema/index.ts";
import type { RunRecord } from "../../train/index.ts";
import { comparisonHead, trial } from "./comparison-schema.ts";
import type { MetricsLine, RunConfig, RunKind, Summary } from "./folder.ts";
import { epoch, run, runHead } from "./run-schema.ts";

/** The summary of a killed run, recovered from its metrics as if it had been interrupted; null where they hold too little. */
export const recover = ({ kind }: RunConfig, metrics: readonly MetricsLine[]): Summary | null =>
  recoveries[kind](metrics);

const recoveries: Readonly<Record<RunKind, (metrics: readonly MetricsLine[]) => Summary | null>> = {
  train: (metrics) => {
    const result = runFrom(metrics);
    return result && { kind: "train", result };
  },
  compare: (metrics) => {
    const result = comparisonFrom(metrics);
    return result && { kind: "compare", result };
  },
  // A walk or the fit of a curve writes nothing before its end.
  minimize: () => null,
  fit: () => null,
  // Its finished parts are there, but no verdict: started again, it takes them and goes on.
  reproduce: () => null,
};

function comparisonFrom(metrics: readonly MetricsLine[]): CompareResult | null {
  const [head] = ofKind("begin", comparisonHead, metrics);
  if (head === undefined) return null;
  const { data, model, parameters, dataset, settings } = head;
  const runs: RunRecord[] = ofKind("run", run, metrics);
  const trials: Trial[] = ofKind("trial", trial, metrics);
  const seconds = runs.reduce((sum, each) => sum + each.seconds, 0);
  return assembleResult(
    { data, model, parameters, dataset, settings },
    { trials, runs, outcome: "interrupted", seconds },
  );
}

function runFrom(metrics: readonly MetricsLine[]): RunRecord | null {
  const [head] = ofKind("begin", runHead, metrics);
  const epochs = ofKind("epoch", epoch, metrics);
  const last = epochs.at(-1);
  if (head === undefined || last === undefined) return null;
  return {
    ...head,
    epochs,
    steps: last.steps,
    seconds: last.seconds,
    test: { loss: null, cutOff: true },
    outcome: { kind: "interrupted", step: last.steps, reason: "the run was killed before it wrote its result" },
    batches: { every: 1, losses: [] },
  };
}

/** The valid events of a kind, without their `kind` field. */
const ofKind = <T>(wanted: string, schema: Schema<T>, metrics: readonly MetricsLine[]): T[] =>
  metrics.flatMap(({ kind, ...event }) => (kind === wanted && fits(schema, event) ? [event] : []));
