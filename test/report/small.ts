import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { CompareResult } from "../../src/compare/index.ts";
import { compare } from "../../src/compare/node/index.ts";
import { moons } from "../../src/data/index.ts";
import type { MinimizeRecord } from "../../src/report/index.ts";
import type { RunRecord } from "../../src/train/index.ts";

/** A folder of its own for one test. */
export function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), "downhill-runs-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

let made: Promise<CompareResult> | undefined;

/** A comparison of a second, with an optimizer that diverges; made once for all tests of a file. */
export function smallComparison(): Promise<CompareResult> {
  made ??= compare({
    data: moons({ count: 80 }),
    model: "mlp:4",
    optimizers: [{ rule: "gradient-descent" }, { rule: "adam" }, { rule: "momentum", hyper: { lr: 1e30 } }],
    batchSize: 16,
    epochs: 4,
    seeds: [1, 2],
    trials: 3,
    workers: 0,
  });
  return made;
}

export const run: RunRecord = {
  data: "digits",
  model: "mlp:64-32-10",
  optimizer: "adam",
  hyper: { lr: 0.001, beta1: 0.9 },
  seed: 1,
  batchSize: 32,
  parameters: 2410,
  epochs: [1, 2, 3].map((epoch) => ({
    epoch,
    steps: 38 * epoch,
    seconds: epoch / 10,
    train: { loss: 1 / epoch, accuracy: 0.8 + 0.05 * epoch },
    validation: { loss: 1.5 / epoch, accuracy: 0.75 + 0.05 * epoch },
    gradientNorm: 1 / epoch,
    updateRatio: 0.01 / epoch,
  })),
  steps: 114,
  seconds: 0.3,
  test: { loss: 0.5, accuracy: 0.9 },
  outcome: { kind: "completed", step: 114, reason: "all steps were taken" },
  batches: { every: 1, losses: [2.3, 1.9, 1.2, 0.8, 0.6] },
};

export const walk: MinimizeRecord = {
  surface: "beale",
  optimizer: "adam",
  hyper: { lr: 0.1 },
  points: [
    [1, 1.6],
    [1.1, 1.5],
    [1.2, 1.4],
  ],
  values: [14.2, 12.1, 9.8],
  outcome: { kind: "completed", step: 2, reason: "2 steps were taken" },
};
