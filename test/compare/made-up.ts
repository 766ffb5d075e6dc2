import type { Outcome } from "../../src/train/events.ts";
import type { RunRecord } from "../../src/train/record.ts";

interface MadeUp {
  /** The loss of the first batch. */
  readonly first?: number;
  readonly seed?: number;
  readonly optimizer?: string;
  readonly outcome?: Outcome["kind"];
  /** The validation accuracy after each epoch. */
  readonly accuracies?: readonly number[];
  readonly test?: RunRecord["test"];
}

/** A run that was made up: ten steps and one second an epoch, with these validation losses; the training losses are half of them. */
export function runWith(losses: readonly (number | null)[], made: MadeUp = {}): RunRecord {
  const { first = 1, seed = 1, optimizer = "adam", outcome = "completed", accuracies = [] } = made;
  return {
    ...{ data: "moons", model: "mlp:2-2", optimizer, hyper: {}, seed, batchSize: 16, parameters: 6 },
    epochs: losses.map((loss, i) => ({
      ...{ epoch: i + 1, steps: 10 * (i + 1), seconds: i + 1, gradientNorm: 1, updateRatio: 0.001 },
      train: { loss: loss === null ? null : loss / 2 },
      validation: { loss, ...(accuracies[i] === undefined ? {} : { accuracy: accuracies[i] }) },
    })),
    ...{ steps: 10 * losses.length, seconds: losses.length, test: made.test ?? { loss: losses.at(-1) ?? null } },
    outcome: { kind: outcome, step: 10 * losses.length, reason: "made up" },
    batches: { every: 1, losses: [first] },
  };
}
