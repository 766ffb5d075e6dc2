import { afterEach, describe, expect, it, vi } from "vitest";
import { compileOnnx } from "../../src/device/onnx-node/index.ts";
import { input, mul } from "../../src/expr/index.ts";

afterEach(() => {
  vi.doUnmock("onnxruntime-node/dist/binding.js");
  vi.resetModules();
});

async function doubling() {
  const { compileOnnx } = await import("../../src/device/onnx-node/index.ts");
  const program = await compileOnnx({ y: mul(input("x", [2], "f32"), 2) }, { threads: 1 });
  const y = new Float32Array(2);
  program.bind({ x: Float32Array.of(1, 2), y });
  return { program, y };
}

describe("a run in Node", () => {
  it("has computed when the call returns", async () => {
    const { program, y } = await doubling();
    const running = program.run();
    expect([...y]).toEqual([2, 4]);
    await running;
    await program.dispose();
  });

  it.each([
    ["file", () => Promise.reject(new Error("Cannot find module"))],
    ["session in it", () => ({ binding: {}, initOrt: () => {} })],
  ])("waits for the event loop where onnxruntime-node has no such %s", async (_what, inside) => {
    vi.resetModules();
    vi.doMock("onnxruntime-node/dist/binding.js", inside);
    const { program, y } = await doubling();
    const running = program.run();
    expect([...y]).toEqual([0, 0]);
    await running;
    expect([...y]).toEqual([2, 4]);
    await program.dispose();
  });

  it("lets a timer through", async () => {
    const program = await compileOnnx({ y: mul(input("x", [2], "f32"), 2) }, { threads: 1 });
    program.bind({ x: Float32Array.of(1, 2), y: new Float32Array(2) });
    let rung = false;
    setTimeout(() => {
      rung = true;
    }, 5);
    const begin = performance.now();
    while (!rung && performance.now() - begin < 10_000) await program.run();
    expect(rung).toBe(true);
    await program.dispose();
  });
});
