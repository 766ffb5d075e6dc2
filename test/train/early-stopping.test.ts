import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { moons } from "../../src/data/index.ts";
import { meanSquaredError, mlp } from "../../src/nn/index.ts";
import type { Evaluation } from "../../src/objective/index.ts";
import { adam, gradientDescent } from "../../src/optimizers/index.ts";
import { lbfgs } from "../../src/solvers/index.ts";
import type { EarlyStopping, EndEvent, EpochEvent, TrainRequest } from "../../src/train/index.ts";
import { createTraining } from "../../src/train/node/train.ts";
import { earlyEnd, type RunState, recordEpoch, startingState } from "../../src/train/run-state.ts";

/** Made by scripts/goldens/early_stopping.py. */
const goldens: {
  readonly runs: readonly (Required<EarlyStopping> & {
    readonly values: readonly number[];
    readonly epochs: number;
    readonly stopped: boolean;
    readonly kept: number;
  })[];
} = JSON.parse(readFileSync(new URL("../goldens/train/early-stopping.json", import.meta.url), "utf8"));

/** Epochs with these validations, one after the other; the weights of an epoch are its number. */
function watched(validations: readonly Evaluation[], options: EarlyStopping) {
  const state: RunState = { w: new Float64Array(1), s: new Float64Array(0), ...startingState() };
  const end = validations.findIndex((validation, i) => {
    recordEpoch(state, { epoch: i + 1, steps: 3 * (i + 1), validation, weights: Float64Array.of(i + 1) }, options);
    return earlyEnd(state, options) !== undefined;
  });
  return { epochs: end < 0 ? validations.length : end + 1, stopped: end >= 0, best: state.best };
}

describe("early stopping", () => {
  it("ends when Keras does, and keeps the weights that Keras restores", () => {
    for (const { monitor, minDelta, patience, values, ...expected } of goldens.runs) {
      const validations = values.map((value) => (monitor === "loss" ? { loss: value } : { loss: 1, accuracy: value }));
      const { epochs, stopped, best } = watched(validations, { monitor, minDelta, patience });
      expect({ epochs, stopped, kept: best.w?.[0] }).toEqual(expected);
      expect([best.epoch, best.steps]).toEqual([expected.kept, 3 * expected.kept]);
    }
    expect(new Set(goldens.runs.map(({ stopped }) => stopped))).toEqual(new Set([true, false]));
  });

  it("never takes an epoch whose loss is not finite for the best, whatever its accuracy", () => {
    const validations = [
      { loss: 1, accuracy: 0.5 },
      { loss: Number.NaN, accuracy: 0.9 },
    ];
    for (const monitor of ["loss", "accuracy"] as const)
      expect(watched(validations, { monitor }).best).toMatchObject({ epoch: 1, waited: 1 });
  });

  const data = moons({ count: 200, seed: 3 });
  const plain = { model: mlp([2, 16, 2]), data, optimizer: gradientDescent({ lr: 8 }), batchSize: 32, epochs: 12 };

  async function finished(options: Partial<EarlyStopping> & { from?: TrainRequest["from"]; epochs?: number }) {
    const training = await createTraining({ ...plain, ...options });
    const epochs: EpochEvent[] = [];
    let end: EndEvent | undefined;
    for await (const event of training) {
      if (event.kind === "epoch") epochs.push(event);
      if (event.kind === "end") end = event;
    }
    const accuracies = epochs.map(({ validation }) => validation.accuracy ?? Number.NaN);
    return { training, epochs, end, accuracies, losses: epochs.map(({ validation }) => validation.loss) };
  }

  it("by accuracy restores the first epoch with the highest; its loss may well have been lower elsewhere", async () => {
    const { end, accuracies, losses, epochs } = await finished({ monitor: "accuracy" });
    const best = accuracies.indexOf(Math.max(...accuracies));
    expect(epochs).toHaveLength(12);
    expect(end?.outcome.kind).toBe("completed");
    expect(end?.kept).toEqual({ epoch: best + 1, steps: epochs[best].steps });
    const lowest = losses.indexOf(Math.min(...losses));
    expect(lowest).not.toBe(best);
    expect((await finished({ monitor: "loss" })).end?.kept?.epoch).toBe(lowest + 1);
    expect((await finished({})).end).not.toHaveProperty("kept");
  });

  it("says what it watched", async () => {
    const { end } = await finished({ patience: 2, monitor: "accuracy", minDelta: 0.1 });
    expect(end?.outcome).toMatchObject({
      kind: "stopped-early",
      reason: "the validation accuracy has not improved by more than 0.1 for 2 epochs",
    });
  });

  it("goes on as if it had not stopped; weights that were the best by something else are refused", async () => {
    const options = { monitor: "accuracy", patience: 9 } as const;
    const whole = await finished(options);
    const saved = (await finished({ ...options, epochs: 3 })).training.save();
    const resumed = await finished({ ...options, from: saved });
    expect(resumed.end?.kept).toEqual(whole.end?.kept);
    expect(resumed.training.state.w).toEqual(whole.training.state.w);
    await expect(finished({ patience: 9, from: saved })).rejects.toThrow(
      'from: the saved run does not fit: it kept the weights that were best by "accuracy", but this run\'s monitor is "loss"',
    );
    // Without early stopping nothing was kept, so that what is watched is free.
    const free = await finished({ ...options, from: (await finished({ epochs: 3 })).training.save() });
    expect(free.end?.kept?.epoch).toBeGreaterThan(3);
  });

  it("reads saved runs of versions that watched the loss alone", async () => {
    const saved = (await finished({ patience: 9, epochs: 3 })).training.save();
    const older = Object.fromEntries(
      Object.entries(saved).filter(([name]) => !["best.accuracy", "best.epoch", "best.steps"].includes(name)),
    );
    const [resumed, whole] = [
      await finished({ patience: 9, from: { ...older, t: saved.t } }),
      await finished({ patience: 9 }),
    ];
    expect(resumed.training.state.w).toEqual(whole.training.state.w);
  });

  it("with a solver keeps the best iteration as well", async () => {
    const training = await createTraining({
      ...plain,
      batchSize: "full",
      optimizer: lbfgs(),
      epochs: 60,
      monitor: "loss",
    });
    const losses: number[] = [];
    let kept: EndEvent["kept"];
    for await (const event of training) {
      if (event.kind === "epoch") losses.push(event.validation.loss);
      if (event.kind === "end") kept = event.kept;
    }
    expect(kept?.epoch).toBe(losses.indexOf(Math.min(...losses)) + 1);
  });

  it.each([
    [{ monitor: "acuracy" }, 'monitor "acuracy" is not known; did you mean accuracy'],
    [{ patience: 1, minDelta: -1 }, "minDelta is -1"],
    [{ minDelta: 0.1 }, "minDelta: nothing is watched; give patience or monitor, too"],
    [
      { monitor: "accuracy", model: mlp([2, 8, 1], { loss: meanSquaredError }) },
      'monitor: "accuracy": the loss mean squared error has no accuracy, since it is not for classes; give monitor: "loss"',
    ],
  ])("refuses what is not allowed: case %#", async (wrong, words) => {
    const options: object = { ...plain, optimizer: adam(), ...wrong };
    await expect(Reflect.apply(createTraining, undefined, [options])).rejects.toThrow(words);
  });
});
