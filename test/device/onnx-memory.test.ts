import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { Arena } from "../../src/device/memory.ts";
import { compileOnnx } from "../../src/device/onnx-node/index.ts";
import { add, grad, input, logSoftmax, matmul, mean, mul, relu, sizeOf, sum } from "../../src/expr/index.ts";

setFlagsFromString("--expose-gc");
const collect: unknown = runInNewContext("gc");

const MIB = 2 ** 20;

function residentMiB(): number {
  if (typeof collect === "function") collect();
  return process.memoryUsage().rss / MIB;
}

/** Compiles, runs and disposes a small network's training step, its tensors in an arena of its own. */
async function train(): Promise<void> {
  const x = input("x", [32, 64], "f32");
  const y = input("y", [32, 10], "f32");
  const [w1, b1, w2] = [input("w1", [64, 500], "f32"), input("b1", [500], "f32"), input("w2", [500, 10], "f32")];
  const p = logSoftmax(matmul(relu(add(matmul(x, w1), b1)), w2));
  const loss = mean(sum(mul(p, y), { axes: 1 }));
  const [dw1, db1, dw2] = grad(loss, [w1, b1, w2]);
  const program = await compileOnnx({ loss, dw1, db1, dw2 });
  const arena = new Arena(MIB);
  for (const { name, dtype, shape } of [...program.inputs, ...program.outputs])
    program.bind({ [name]: arena.vector(dtype, sizeOf(shape)).fill(0.1) });
  await program.run();
  await program.dispose();
}

describe("memory", () => {
  it("does not grow over 1,000 programs compiled, run and disposed", async () => {
    for (let k = 0; k < 200; k++) await train();
    const before = residentMiB();
    for (let k = 0; k < 1000; k++) await train();
    // A thousand sessions that were kept would be 800 MiB.
    expect(residentMiB() - before).toBeLessThan(80);
  });
});
