import { describe, expect, it } from "vitest";
import { moons } from "../../src/data/index.ts";
import { nodeDevice } from "../../src/device/node/index.ts";
import * as browser from "../../src/landscape/browser/index.ts";
import * as core from "../../src/landscape/index.ts";
import * as node from "../../src/landscape/node/index.ts";
import { batchNorm, dense, mlp, sequential, softmaxCrossEntropy } from "../../src/nn/index.ts";
import { createTraining } from "../../src/node/index.ts";
import { adam } from "../../src/optimizers/index.ts";
import { NetObjective } from "../../src/solvers/index.ts";
import { parametersOf } from "./nets.ts";

const data = moons({ count: 60, seed: 4 });
const model = mlp([2, 6, 2], { activation: "tanh" });
const [w, other] = [1, 2].map((seed) => parametersOf(model, seed));
const net = { model, w };
const examples = data.train;
const reference = await nodeDevice({ device: "reference" });
const device = "reference";

describe.each([
  ["Node", node],
  ["a browser", browser],
])("on a device of %s, by its name,", (_, platform) => {
  it("a net's objective has the value, gradient and Hessian of the net on these examples", async () => {
    const l2 = 0.3;
    const objective = await platform.netObjective({ net, examples, device, l2, chunk: 7 });
    const expected = new NetObjective({ model, examples, device: reference, l2, chunk: 7 });
    expect(objective.dimension).toBe(w.length);
    expect(await objective.value(w)).toBe(await expected.value(w));
    const [found, wanted] = [w.slice(), w.slice()];
    await objective.hessianProduct(w, other, found);
    await expected.hessianProduct(w, other, wanted);
    expect(found).toEqual(wanted);
    // The curvature along the line between two points is the change of the gradient.
    const h = 1e-5;
    const [after, before] = [w.slice(), w.slice()];
    for (const [sign, g] of [
      [1, after],
      [-1, before],
    ] as const)
      await objective.gradient(
        w.map((x, i) => x + sign * h * other[i]),
        g,
      );
    for (const [i, x] of found.entries()) expect(x).toBeCloseTo((after[i] - before[i]) / (2 * h), 6);
  });

  it("meters and a curve are those of that device, to the bit", async () => {
    const [named, own] = [{ net, examples, device } as const, { net, examples, device: reference }];
    const at = parametersOf(model, 3);
    expect(await (await platform.weightsMeter(named)).measure(at)).toEqual(await core.weightsMeter(own).measure(at));
    const inPlane = await platform.pointMeter(named, [at, other]);
    expect(await inPlane.measure(0.5, -1)).toEqual(await core.pointMeter(own, [at, other]).measure(0.5, -1));
    const plan = { model, data, ends: [w, other], optimizer: adam({ lr: 0.03 }), epochs: 2, points: 5 } as const;
    expect(await platform.connect({ ...plan, device })).toEqual(await core.connect({ ...plan, device: reference }));
  });
});

describe("without a device, as in training,", () => {
  const normed = sequential([2], [dense(6), batchNorm(), dense(2)], { loss: softmaxCrossEntropy });

  it("a trained net's loss is the run's own, with the means of its batch normalisation", async () => {
    const training = await createTraining({ model: normed, data, optimizer: adam(), batchSize: 20, epochs: 3 });
    let loss: number | undefined;
    for await (const event of training) if (event.kind === "end") loss = event.test?.loss;
    const trained = training.trained;
    const meter = await node.weightsMeter({ net: trained, examples: data.test, batchSize: 20 });
    expect((await meter.measure(Float64Array.from(trained.w))).loss).toBe(loss);
    const objective = await node.netObjective({ net: trained, examples: data.test });
    expect(await objective.value(Float64Array.from(trained.w))).toBeCloseTo(Number(loss), 5);
    await Promise.all([meter.dispose(), objective.dispose()]);
  });

  it("a meter that is made when it is needed may be one that waits for its device", async () => {
    const lazy = node.lazyMeter(() => node.pointMeter({ net, examples }, [other]));
    const own = core.pointMeter({ net, examples, device: await nodeDevice() }, [other]);
    expect(await lazy.measure(1, 0)).toEqual(await own.measure(1, 0));
    await Promise.all([lazy.dispose(), own.dispose()]);
  });

  it("a device that is not available is an error of devices", async () => {
    await expect(browser.netObjective({ net, examples, device: "cpu" })).rejects.toThrow(
      /the device cpu cannot be used/,
    );
  });
});
