import { expect, test } from "vitest";
import { DeviceError } from "../../../src/device/index.ts";
import { OnnxProgram } from "../../../src/device/onnx/index.ts";
import type { Runtime } from "../../../src/device/onnx/session.ts";
import { nodeRuntime } from "../../../src/device/onnx-node/index.ts";
import { erf, exp, input, mul } from "../../../src/expr/index.ts";

const cpu = await nodeRuntime();
const x = input("x", [3], "f32");

/** A runtime that refuses models with a node of one of these types. */
const without = (...types: string[]): Runtime => ({
  ...cpu,
  name: "webgpu",
  lacks: new Set(),
  open: async (model, settings) => {
    if (types.some((type) => Buffer.from(model).includes(type))) throw new Error("a node is not placed");
    return cpu.open(model, settings);
  },
});

test("an operator that the device lacks is named, with what to do", async () => {
  const compiling = OnnxProgram.compile({ y: mul(erf(x), exp(x)) }, without("Erf", "Sin"));
  await expect(compiling).rejects.toThrow(DeviceError);
  await expect(compiling).rejects.toThrow(
    "the device webgpu cannot compute erf (a node is not placed); use --device cpu, which can",
  );
});

test("if no operator can be computed, it is not theirs, and the cause stays as it is", async () => {
  await expect(OnnxProgram.compile({ y: mul(erf(x), exp(x)) }, without("Erf", "Exp", "Mul"))).rejects.toThrow(
    /^a node is not placed$/,
  );
});
