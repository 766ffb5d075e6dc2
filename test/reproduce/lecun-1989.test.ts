import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { resized, smallDigits } from "../../reproduce/lecun-1989/digits.ts";
import { reproduceLecun } from "../../reproduce/lecun-1989/lecun-1989.ts";
import { digitsNet } from "../../reproduce/lecun-1989/net.ts";
import { loadDataset } from "../../src/data/node/index.ts";
import { nodeDevice } from "../../src/device/node/index.ts";
import { parameterCount } from "../../src/nn/index.ts";
import { gradientDescent } from "../../src/optimizers/index.ts";
import { Engine, Training } from "../../src/train/index.ts";
import { givenDigits, shelf } from "./given.ts";

const golden: { losses: number[]; w: number[]; resized: number[] } = JSON.parse(
  await readFile(new URL("../goldens/train/lecun-1989.json", import.meta.url), "utf8"),
);

const sines = (count: number, frequency: number): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => Math.sin(frequency * (i + 1) ** 1.5));

describe("the net of 1989", () => {
  it("takes PyTorch's steps", async () => {
    const model = digitsNet();
    const count = golden.losses.length;
    const targets = new Float64Array(count * 10).fill(-1);
    for (let i = 0; i < count; i++) targets[i * 10 + i] = 1;
    const examples = { count, inputs: sines(count * 256, 0.3), targets };
    const parts = { train: examples, validation: examples, test: examples };
    const training = new Training(
      {
        ...{ model, optimizer: gradientDescent({ lr: 0.03 }), dtype: "f64", epochs: 1, batchSize: 1 },
        ...{ sampler: "sequential", initial: sines(parameterCount(model), 0.7).map((x) => 0.2 * x) },
        data: { name: "sines", inputShape: [256], outputs: 10, task: "regression", ...parts },
      },
      new Engine(await nodeDevice({ threads: 1 })),
    );
    const losses: number[] = [];
    for await (const event of training) if (event.kind === "batch") losses.push(event.loss);
    const close = (found: ArrayLike<number>, wanted: readonly number[]): void =>
      wanted.forEach((value, i) => {
        expect(found[i]).toBeCloseTo(value, 9);
      });
    expect(losses).toHaveLength(count);
    close(losses, golden.losses);
    close(
      training.state.w.filter((_, i) => i % 61 === 0),
      golden.w,
    );
  });

  it("has 9,760 weights, drawn within 2.4/√(inputs of a unit), and biases of 0 but for −1 at the outputs", async () => {
    const { parameters } = digitsNet();
    expect(parameterCount({ parameters })).toBe(1068 + 2592 + 5790 + 310);
    const { Random } = await import("../../src/random/index.ts");
    for (const [inputs, name] of [
      [25, "h1"],
      [200, "h2"],
      [192, "h3"],
      [30, "out"],
    ] as const) {
      const [weight, bias] = parameters.filter((each) => each.name.startsWith(name));
      const drawn = weight.initialize(weight.shape, new Random(1, name)).map(Math.abs);
      const bound = 2.4 / Math.sqrt(inputs);
      expect(Math.max(...drawn)).toBeLessThanOrEqual(bound);
      expect(Math.max(...drawn)).toBeGreaterThan(0.95 * bound);
      expect(new Set(bias.initialize(bias.shape, new Random(1, name)))).toEqual(new Set([name === "out" ? -1 : 0]));
    }
  });

  it("gets digits in its size as PyTorch interpolates them", () => {
    const pixels = Float64Array.from({ length: 784 }, (_, i) => Math.sin(i));
    const small = resized(pixels, 28).filter((_, i) => i % 17 === 0);
    golden.resized.forEach((value, i) => {
      expect(small[i]).toBeCloseTo(value, 12);
    });
  });

  it("gets each digit once, from −1 to 1, with a target of 1 for its class", async () => {
    const data = await loadDataset("digits");
    const { train, test } = smallDigits(data, [50, 20]);
    expect([train.count, test.count, train.inputs.length]).toEqual([50, 20, 50 * 256]);
    expect([Math.min(...train.inputs), Math.max(...train.inputs)]).toEqual([-1, 1]);
    const rows = Array.from({ length: 50 }, (_, i) => train.inputs.subarray(i * 256, (i + 1) * 256).join());
    expect(new Set(rows).size).toBe(50);
    const targets = Array.from({ length: 50 }, (_, i) => train.targets.subarray(i * 10, (i + 1) * 10));
    for (const target of targets) expect(target.filter((x) => x === 1)).toHaveLength(1);
  });
});

describe("its reproduction", () => {
  const settings = { counts: [100, 40], passes: 2, seeds: [1, 2] } as const;

  it("tells the errors of each net beside the published ones, and takes finished nets when it is started again", async () => {
    const first = shelf();
    const findings = await reproduceLecun(givenDigits({ kept: first.kept }).given, settings);
    expect(findings.outcome).toBe("completed");
    const [weights, error] = findings.claims;
    expect(weights).toMatchObject({ verdict: "holds", measured: "9,760" });
    // Fewer passes than the published ones decide nothing.
    expect([error.verdict, error.measured.endsWith("% after 2 passes")]).toEqual(["undecided", true]);
    expect(findings.figures[0].panels).toHaveLength(2);
    const again = shelf(first.values);
    expect(await reproduceLecun(givenDigits({ kept: again.kept }).given, settings)).toEqual(findings);
    expect([first.made.length, again.made.length]).toEqual([2, 0]);
  });

  it("that is interrupted keeps the nets that are finished", async () => {
    const stop = new AbortController();
    const { kept, made } = shelf();
    const onProgress = (done: number): void => {
      if (done >= 0.5) stop.abort();
    };
    const findings = await reproduceLecun(givenDigits({ kept, signal: stop.signal, onProgress }).given, settings);
    expect([findings.outcome, made.length]).toEqual(["interrupted", 1]);
    expect(findings.claims[1].verdict).toBe("undecided");
  });
});
