import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { moons } from "../../src/data/index.ts";
import { readSafetensorsFile, writeSafetensorsFile } from "../../src/files/safetensors/node/index.ts";
import { batchNorm, dense, mlp, sequential, softmaxCrossEntropy } from "../../src/nn/index.ts";
import { loadTrajectory, savePoint, weightsFrom } from "../../src/node/index.ts";
import { adam } from "../../src/optimizers/index.ts";
import type { TrajectoryPoint } from "../../src/train/index.ts";
import { train } from "../../src/train/node/index.ts";
import { keepPoint, pointBytes, readTrajectory } from "../../src/train/trajectory/node/index.ts";
import { bitsOf } from "./told.ts";

const folder = (): string => mkdtempSync(join(tmpdir(), "downhill-trajectory-"));
const data = moons({ count: 40, seed: 3 });
const model = sequential([2], [dense(4), batchNorm(), dense(2)], { loss: softmaxCrossEntropy });

async function pointsOf(options: object = {}): Promise<TrajectoryPoint[]> {
  const points: TrajectoryPoint[] = [];
  const run = { model, data, optimizer: adam(), batchSize: 7, epochs: 3, ...options };
  const keeping = { trajectory: { every: 3 }, onPoint: (point: TrajectoryPoint) => points.push(point) };
  for await (const _ of train({ ...run, ...keeping, backend: "reference" }));
  return points;
}

describe("points in files", () => {
  it.each(["f32", "f64"] as const)("are read as they were, in the order of their steps, in %s", async (dtype) => {
    const points = await pointsOf({ dtype });
    const way = join(folder(), "new", "way");
    for (const point of [...points].reverse()) await savePoint(point, model, way);
    const read = await loadTrajectory(way, model);
    expect(read.map(({ step }) => step)).toEqual(
      [0, 3, 4, 6, 8, 9, 12].filter((step) => points.some((p) => p.step === step)),
    );
    for (const [i, { w, s, ...told }] of read.entries()) {
      expect([bitsOf(w), bitsOf(s)]).toEqual([bitsOf(points[i].w), bitsOf(points[i].s)]);
      expect(told).toEqual(
        Object.fromEntries(Object.entries(points[i]).filter(([name]) => !["w", "s"].includes(name))),
      );
    }
  });

  it("take about as many bytes as is said beforehand", async () => {
    const [point] = await pointsOf();
    const wide = mlp([2, 300, 2]);
    const file = keepPoint(
      { ...point, w: new Float32Array(2 * 300 + 300 + 300 * 2 + 2), s: new Float32Array(0) },
      wide,
      folder(),
    );
    const { byteLength } = await import("node:fs").then(({ readFileSync }) => readFileSync(file));
    expect(byteLength / pointBytes(wide, "f32")).toBeGreaterThan(0.9);
    expect(byteLength / pointBytes(wide, "f32")).toBeLessThan(1.1);
  });

  it("can be started from, as any weights", async () => {
    const [, point] = await pointsOf();
    const file = await savePoint(point, model, folder());
    expect([...(await weightsFrom(file, model)).w]).toEqual([...point.w]);
  });

  it("replace themselves", async () => {
    const [point] = await pointsOf();
    const way = folder();
    await savePoint(point, model, way);
    await savePoint({ ...point, w: point.w.map(() => 7) }, model, way);
    const [read, ...more] = await loadTrajectory(way, model);
    expect([more.length, ...new Set(read.w)]).toEqual([0, 7]);
  });

  it("stay in order beyond eight digits, and are spread evenly where only some are wanted", async () => {
    const [point] = await pointsOf();
    const way = folder();
    for (const step of [1e9, 99_999_999, 0, 7, 20]) keepPoint({ ...point, step }, model, way);
    expect(readTrajectory(way, model).map(({ step }) => step)).toEqual([0, 7, 20, 99_999_999, 1e9]);
    expect(readTrajectory(way, model, { most: 3 }).map(({ step }) => step)).toEqual([0, 20, 1e9]);
    expect(readTrajectory(way, model, { most: 9 })).toHaveLength(5);
    expect(() => readTrajectory(way, model, { most: 1 })).toThrow("most is 1; it must be a whole number, 2 or more");
  });

  it("are found in a run's folder; other files beside them are none", async () => {
    const [point] = await pointsOf();
    const run = folder();
    keepPoint(point, model, join(run, "trajectory"));
    writeFileSync(join(run, "trajectory", "notes.txt"), "mine");
    writeFileSync(join(run, "trajectory", "step-00000009.safetensors.ab12cd-1-0123456789ab.part"), "half");
    expect(readTrajectory(run, model)).toHaveLength(1);
    expect(readdirSync(join(run, "trajectory"))).toHaveLength(3);
  });

  it("are refused where there are none, where they are another net's, damaged, or no points", async () => {
    const [point] = await pointsOf();
    const way = folder();
    expect(() => readTrajectory(way, model)).toThrow(
      `${way}: it has no points of a trajectory; train with the option trajectory: { every: 50 }, and save what onPoint gets`,
    );
    expect(() => readTrajectory(join(way, "gone"), model)).toThrow("it has no points of a trajectory");
    const file = keepPoint(point, model, way);
    expect(() => readTrajectory(way, mlp([2, 4, 2]))).toThrow("it does not fit");
    const { tensors } = readSafetensorsFile(file);
    for (const text of ["", "{", '{"step":-1}', '{"step":"1"}', '{"step":1,"validation":{"loss":"low"}}']) {
      writeSafetensorsFile(file, tensors.values(), new Map([["downhill.point", text]]));
      expect(() => readTrajectory(way, model)).toThrow("it is no point of a trajectory");
    }
    writeSafetensorsFile(file, tensors.values());
    expect(() => readTrajectory(way, model)).toThrow("it is no point of a trajectory: it has no step");
    writeFileSync(file, "not safetensors");
    expect(() => readTrajectory(way, model)).toThrow(file);
  });

  it("keep a loss that JSON has no number for", async () => {
    const [point] = await pointsOf();
    const way = folder();
    keepPoint({ ...point, epoch: 1, validation: { loss: Number.POSITIVE_INFINITY, accuracy: 0.5 } }, model, way);
    expect(readTrajectory(way, model)[0].validation).toEqual({ loss: null, nonFinite: "Infinity", accuracy: 0.5 });
  });
});
