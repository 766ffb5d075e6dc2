import { expect, test } from "vitest";
import { memoryFault } from "../../cli/read/memory.ts";
import { loadDataset } from "../../src/data/node/index.ts";
import { nodeDevice } from "../../src/device/node/index.ts";
import { modelFor } from "../../src/nn/index.ts";
import { adam } from "../../src/optimizers/index.ts";
import { lbfgs } from "../../src/solvers/index.ts";
import { trainingMemory } from "../../src/train/index.ts";

const data = await loadDataset("digits");
const model = modelFor("resnet-8", data);
const device = await nodeDevice({ device: "reference" });
const optimizer = adam();
const plan = { options: { model, data, optimizer }, batchSize: 128, data, model, device };
const { total } = trainingMemory({ model, optimizer, batchSize: 128 });
/** A machine where so many times the run's memory are there and are free. */
const machine = (all: number, free: number) => ({ all: all * total, free: free * total });

test("a run that fits needs no words", () => {
  expect(memoryFault(plan, machine(2, 1.01))).toBeUndefined();
});

test("one that takes more than is free is told of a batch that fits", () => {
  const words = memoryFault(plan, machine(2, 0.6)) ?? "";
  expect(words).toMatch(
    /^training resnet-8 on batches of 128 needs about [\d.]+ MB of memory, and [\d.]+ MB are free; if the system ends it, take a smaller batch: --batch-size 64$/,
  );
  expect(trainingMemory({ model, optimizer, batchSize: 64 }).total).toBeLessThan(0.6 * total);
  expect(memoryFault(plan, machine(2, 1e-4))).toContain("if the system ends it, take a smaller model");
});

test("one that no such machine can hold is refused", () => {
  expect(() => memoryFault(plan, machine(0.7, 0.5))).toThrow(
    /, and this machine has [\d.]+ MB; take a smaller batch: --batch-size 64$/,
  );
  expect(memoryFault(plan, machine(0.9, 0.5))).toContain("if the system ends it");
});

test("solvers, frozen layers and GPUs are left alone", () => {
  const tiny = machine(1e-3, 1e-3);
  expect(memoryFault({ ...plan, options: { model, data, optimizer: lbfgs() } }, tiny)).toBeUndefined();
  expect(memoryFault({ ...plan, options: { ...plan.options, freeze: ["layer1"] } }, tiny)).toBeUndefined();
  expect(memoryFault({ ...plan, device: { ...device, float64: false } }, tiny)).toBeUndefined();
});
