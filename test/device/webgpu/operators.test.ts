import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lower } from "../../../src/device/onnx/index.ts";
import type { Runtime } from "../../../src/device/onnx/session.ts";
import { webgpuLacks } from "../../../src/device/onnx/webgpu.ts";
import { evaluateOnnx, nodeRuntime } from "../../../src/device/onnx-node/index.ts";
import { type Expr, evaluate, grad } from "../../../src/expr/index.ts";
import { operatorNames, type Sample, samplesIn, weighed } from "../../expr/samples.ts";
import { distance } from "../distance.ts";
import { gpu } from "./gpu.ts";

/** Fixed, so that a failure is the same the next time. */
const SEED = 20260;

const samples = samplesIn("f32");
/** A cast leaves float32, which is all that a GPU has. */
const names = operatorNames.filter((name) => name !== "cast");

/** The expression and its derivatives, which bring the operator together with many others. */
const withDerivatives = ({ expr, wrt }: Sample): Expr[] => [expr, ...grad(weighed(expr), wrt)];

/** WGSL allows a sine or a cosine an error of 2⁻¹¹; SwiftShader's is a fifth of that. */
const toleranceOf = (name: string): number => (["sin", "cos", "tan"].includes(name) ? 2 ** -11 : 1e-4);

async function expectReference(name: (typeof names)[number], runtime: Runtime, numRuns: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(samples[name], async (sample) => {
      const exprs = withDerivatives(sample);
      const expected = evaluate(exprs, sample.feeds);
      fc.pre(expected.every(({ data }) => data.every((x) => Math.abs(x) < 1e37)));
      const actual = await evaluateOnnx(exprs, sample.feeds, runtime);
      for (const [k, value] of expected.entries()) expect(distance(value, actual[k])).toBeLessThan(toleranceOf(name));
    }),
    { numRuns, seed: SEED },
  );
}

describe("lowered without what the WebGPU provider lacks", () => {
  const cpu = nodeRuntime();

  test.each(names)("%s has the reference's values and derivatives", async (name) => {
    await expectReference(name, { ...(await cpu), lacks: webgpuLacks }, 12);
  });

  test("no program has such a node", async () => {
    for (const name of names)
      for (const sample of fc.sample(samples[name], { numRuns: 5, seed: SEED })) {
        const outputs = Object.fromEntries(withDerivatives(sample).map((x, i) => [`output ${i}`, x]));
        const { nodes } = lower(outputs, webgpuLacks);
        expect(nodes.filter(({ type, second }) => webgpuLacks.has(type) || second !== undefined)).toEqual([]);
      }
  });
});

describe.skipIf(gpu === undefined)("on a GPU", () => {
  // No node may fall back to the processor: the session would not open.
  test.each(names)("%s has the reference's values and derivatives", async (name) => {
    if (gpu !== undefined) await expectReference(name, gpu, 4);
  });
});
