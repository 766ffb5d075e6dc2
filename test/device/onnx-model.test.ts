import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { encodeModel, type Graph, type Initializer } from "../../src/device/onnx/index.ts";
import { encode } from "../../src/device/onnx/protobuf.ts";

/** A graph in JSON: a constant's numbers are texts, which hold every one of them. */
interface Written extends Omit<Graph, "initializers" | "work" | "hasFloat64"> {
  readonly initializers: readonly { name: string; shape: number[]; dtype: string; values: string[] }[];
}

const file = new URL("../goldens/onnx/models.json", import.meta.url);
const { cases }: { cases: { name: string; graph: Written; model: string }[] } = JSON.parse(readFileSync(file, "utf8"));

const number = (text: string): number => Number(text.replace("inf", "Infinity"));

function dataOf(dtype: string, values: readonly string[]): Initializer["data"] {
  if (dtype === "i64") return BigInt64Array.from(values, BigInt);
  return dtype === "f32" ? Float32Array.from(values, number) : Float64Array.from(values, number);
}

const empty: Graph = { inputs: [], outputs: [], nodes: [], initializers: [], work: 0, hasFloat64: false };

const graphOf = (graph: Written): Graph => ({
  ...empty,
  ...graph,
  initializers: graph.initializers.map(({ name, shape, dtype, values }) => ({
    name,
    shape,
    data: dataOf(dtype, values),
  })),
});

describe("the model", () => {
  it.each(cases)("has the bytes that ONNX's own library writes: $name", ({ graph, model }) => {
    expect(Buffer.from(encodeModel(graphOf(graph))).toString("base64")).toBe(model);
  });

  it("takes a constant from within a larger memory", () => {
    const memory = Float32Array.of(1, 2, 3, 4);
    const withData = (data: Float32Array): Graph => ({ ...empty, initializers: [{ name: "c", shape: [2], data }] });
    expect(encodeModel(withData(memory.subarray(1, 3)))).toEqual(encodeModel(withData(Float32Array.of(2, 3))));
  });

  it("is refused if it would be larger than 2 GiB, before allocating", () => {
    const data = new Float64Array(2 ** 21);
    const graph = (count: number): Graph => ({
      ...empty,
      initializers: Array.from({ length: count }, (_, k) => ({ name: `c${k}`, shape: [2 ** 21], data })),
    });
    expect(() => encodeModel(graph(160))).toThrow(
      "the model would take 2.50 GiB, and an ONNX file holds less than 2; make its large constants inputs",
    );
  });
});

describe("a protobuf message", () => {
  const bytesOf = (value: number | bigint): Uint8Array =>
    encode(
      (message) => message.integer(1, value),
      () => {},
    );

  it("holds every signed integer of 64 bits", () => {
    const sizes = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    const edges = [7n, 14n, 35n, 53n, 63n].flatMap((bits) => [2n ** bits - 1n, -(2n ** bits)]);
    const holds = (value: bigint): void => {
      const [start, ...digits] = bytesOf(value);
      expect(start).toBe(8);
      expect(digits.findIndex((digit) => digit < 128)).toBe(digits.length - 1);
      expect(digits.length).toBe(value < 0n ? 10 : Math.max(1, Math.ceil(value.toString(2).length / 7)));
      const bits = digits.reduce((sum, digit, k) => sum + (BigInt(digit & 127) << BigInt(7 * k)), 0n);
      expect(BigInt.asIntN(64, bits)).toBe(value);
    };
    for (const value of [0n, 1n, 128n, 16384n, ...edges]) holds(value);
    fc.assert(fc.property(sizes, holds));
  });

  it("has the same bytes for a number and for the same bigint", () => {
    const same = (n: number): void => {
      expect(bytesOf(n)).toEqual(bytesOf(BigInt(n)));
    };
    fc.assert(fc.property(fc.maxSafeInteger(), same));
  });

  it.each([1.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY])("refuses %s for an integer", (value) => {
    expect(() => bytesOf(value)).toThrow("is not a whole number that is exact");
  });

  it.each([2n ** 63n, -(2n ** 63n) - 1n])("refuses %s, which has more than 64 bits", (value) => {
    expect(() => bytesOf(value)).toThrow("does not fit into 64 bits with a sign");
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
