import onnxProto from "onnx-proto";
import { describe, expect, it, vi } from "vitest";
import { encodeModel, lower } from "../../src/device/onnx/index.ts";
import { add, concat, constant, type DType, gather, input, matmul, scatterAdd } from "../../src/expr/index.ts";

const { ModelProto } = onnxProto.onnx;

describe("the model", () => {
  it("is of a version that ONNX 1.13 and later read, and of standard operators only", async () => {
    const [x, rows] = [input("x", [2, 3]), input("rows", [2])];
    const y = scatterAdd(gather(matmul(x, x, { transposeB: true }), rows), rows, [2, 2]);
    const model = ModelProto.decode(await encodeModel(lower({ y, z: add(y, 1) })));
    expect(Number(model.irVersion)).toBe(8);
    expect(model.opsetImport.map(({ domain, version }) => [domain, Number(version)])).toEqual([["", 18]]);
    expect(model.graph?.node?.map((node) => node.domain || "")).toEqual(
      Array(lower({ y, z: add(y, 1) }).nodes.length).fill(""),
    );
    expect(model.graph?.input?.map((port) => port.name)).toEqual(["x", "rows"]);
    expect(model.graph?.output?.map((port) => port.name)).toEqual(["y", "z"]);
  });

  it.each<[DType, number]>([
    ["f32", 1],
    ["f64", 11],
  ])("carries %s constants bit for bit", async (dtype, elementType) => {
    const values = [0.1, -0, Number.NaN, 1e-300];
    const y = concat([input("x", [1], dtype), constant(values, dtype)]);
    const model = ModelProto.decode(await encodeModel(lower({ y })));
    const [tensor] = model.graph?.initializer ?? [];
    expect(tensor.dataType).toBe(elementType);
    const bytes = Uint8Array.from(tensor.rawData ?? []);
    const numbers = dtype === "f32" ? new Float32Array(bytes.buffer) : new Float64Array(bytes.buffer);
    expect([...numbers]).toEqual(dtype === "f32" ? values.map(Math.fround) : values);
  });
});

describe("without the package onnxruntime-node", () => {
  it("says how to install it", async () => {
    vi.doMock("onnxruntime-node", () => {
      throw new Error("Cannot find package");
    });
    vi.resetModules();
    const { nodeRuntime } = await import("../../src/device/onnx-node/index.ts");
    await expect(nodeRuntime()).rejects.toThrow("npm install onnxruntime-node --ignore-scripts");
    vi.doUnmock("onnxruntime-node");
  });
});
