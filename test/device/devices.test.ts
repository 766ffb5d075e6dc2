import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { moons } from "../../src/data/index.ts";
import { chosenDevice, type DeviceOptions } from "../../src/device/choice.ts";
import { checkDType, type Device, deviceWords } from "../../src/device/device.ts";
import { nodeDevice } from "../../src/device/node/device.ts";
import { referenceDevice } from "../../src/device/reference/interpreter.ts";
import { createTraining, mlp, type TrainEvent } from "../../src/node/index.ts";
import { adam } from "../../src/optimizers/index.ts";

const data = moons({ count: 300, seed: 1 });

/** All losses of a short run: of its batches, on the validation set, on the test set. */
async function losses(device: Device, dtype: "f32" | "f64"): Promise<number[]> {
  const model = mlp([2, 8, 8, 2]);
  const events: TrainEvent[] = [];
  for await (const event of await createTraining({ model, data, optimizer: adam(), epochs: 2, dtype, device }))
    events.push(event);
  return events.map((event) => {
    if (event.kind === "batch") return event.loss;
    return event.kind === "epoch" ? event.validation.loss : event.test.loss;
  });
}

describe("a device", () => {
  test.each([
    ["f32", 1e-5],
    ["f64", 1e-12],
  ] as const)("gives the interpreter's losses, native or in WebAssembly: %s", async (dtype, tolerance) => {
    const expected = await losses(referenceDevice, dtype);
    expect(expected.length).toBeGreaterThan(4);
    for (const name of ["cpu", "wasm"] as const) {
      const device = await nodeDevice({ device: name });
      expect(device).toMatchObject({ name, backend: "onnx", float64: true });
      expect(deviceWords(device)).toMatch(/^(cpu \(onnxruntime-node|wasm \(onnxruntime-web) 1\.\d+\.\d+\)$/);
      const given = await losses(device, dtype);
      expect(given.length).toBe(expected.length);
      given.forEach((loss, i) => {
        expect(Math.abs(loss / expected[i] - 1)).toBeLessThan(tolerance);
      });
    }
  });

  test.each(["cpu", "wasm"] as const)("serves several runs at once, each as if it were alone: %s", async (device) => {
    const run = async (batchSize: number): Promise<number[]> => {
      const all: number[] = [];
      const options = { model: mlp([2, 16, 2]), data, optimizer: adam(), epochs: 2, batchSize, device };
      for await (const event of await createTraining(options)) if (event.kind === "batch") all.push(event.loss);
      return all;
    };
    const sizes = [10, 32, 7, 64];
    const alone: number[][] = [];
    for (const size of sizes) alone.push(await run(size));
    expect(await Promise.all(sizes.map(run))).toEqual(alone);
  });

  test("of the user's own is used unchanged", async () => {
    let prepared = 0;
    const prepare: Device["prepare"] = (outputs, views) => {
      prepared++;
      return referenceDevice.prepare(outputs, views);
    };
    await losses({ ...referenceDevice, prepare }, "f64");
    expect(prepared).toBeGreaterThan(1);
  });

  test("is chosen by device or by backend, or by both if they agree", () => {
    expect(chosenDevice({})).toBe("auto");
    expect(chosenDevice({ backend: "onnx" })).toBe("auto");
    expect(chosenDevice({ backend: "reference" })).toBe("reference");
    expect(chosenDevice({ backend: "onnx", device: "wasm" })).toBe("wasm");
    expect(chosenDevice({ backend: "reference", device: referenceDevice })).toBe(referenceDevice);
    expect(() => chosenDevice({ backend: "reference", device: "cpu" })).toThrow(
      "device cpu computes by onnx, and backend is reference; leave backend out",
    );
    expect(() => chosenDevice({ backend: "onnx", device: referenceDevice })).toThrow("device reference computes by");
  });

  test("says before anything is trained what it cannot do", async () => {
    expect(() => checkDType({ name: "webgpu", float64: false }, "f64")).toThrow("webgpu computes in f32 only");
    const single: Device = { ...referenceDevice, float64: false };
    await expect(losses(single, "f64")).rejects.toThrow(RangeError);
    await expect(losses(single, "f32")).resolves.toHaveLength(2 * 4 + 2 + 1);
  });
});

describe("threads", () => {
  const cores = availableParallelism();

  /** What a device says of its threads, and what is heard when it is asked for. */
  async function taken(options: DeviceOptions) {
    const heard: string[] = [];
    const { threads } = await nodeDevice({ ...options, onWarning: (message) => heard.push(message) });
    return { threads, heard };
  }

  test.each(["auto", "cpu"] as const)("are at most as many as the machine's cores: %s", async (device) => {
    const { threads, heard } = await taken({ device, threads: 1e9 });
    expect(threads).toBe(cores);
    expect(heard).toEqual([expect.stringContaining(`threads is 1000000000, but there `)]);
    expect(heard[0]).toContain(`using ${cores}`);
    expect(await taken({ device, threads: 1 })).toEqual({ threads: 1, heard: [] });
  });

  test("are one in the interpreter, which says so", async () => {
    expect(await taken({ backend: "reference", threads: 7 })).toEqual({
      threads: 1,
      heard: ["threads is 7, but the device reference uses one"],
    });
    expect((await taken({ device: "reference", threads: 1 })).heard).toEqual([]);
  });

  test.each(["2", 0, 1.5, Number.NaN])("cannot be %o", async (threads) => {
    await expect(Reflect.apply(nodeDevice, undefined, [{ device: "cpu", threads }])).rejects.toThrow(
      `threads is ${JSON.stringify(threads) === "null" ? "NaN" : JSON.stringify(threads)}; it must be a whole number, 1 or more`,
    );
  });
});

describe("the device webgpu", () => {
  const main = join(import.meta.dirname, "..", "..", "dist", "cli", "main.js");
  /** Where Debian's chromium keeps a GPU made of software, for machines without one. */
  const chromium = "/usr/lib/chromium";
  const env = {
    VK_ICD_FILENAMES: join(chromium, "vk_swiftshader_icd.json"),
    LD_LIBRARY_PATH: chromium,
    ...process.env,
    NODE_NO_WARNINGS: "1",
  };
  const words = ["train", "--data", "moons", "--model", "mlp:8", "--steps", "5", "--no-out", "--quiet", "--json"];
  const trained = (...more: string[]) =>
    spawnSync(process.execPath, [main, ...words, ...more], { env, encoding: "utf8" });

  test.skipIf(process.platform !== "linux")("says in one line that there is no Vulkan", () => {
    const without = { ...env, LD_LIBRARY_PATH: "/nowhere" };
    const argv = [main, ...words, "--device", "webgpu"];
    const { status, stderr } = spawnSync(process.execPath, argv, { env: without, encoding: "utf8" });
    // A machine with libvulkan1 gets further.
    if (status !== 0 && stderr.includes("libvulkan.so.1"))
      expect(stderr).toMatch(
        /^downhill: the device webgpu cannot be used \(libvulkan\.so\.1: .*\); it needs a GPU .*\n$/,
      );
  });

  // A GPU made of software needs a while.
  test("gives the processor's losses, in f32 only", (context) => {
    const { status, stdout, stderr } = trained("--device", "webgpu");
    if (status === 1 && /the device webgpu cannot be used.*(adapter|libvulkan)/s.test(stderr))
      return context.skip("there is no GPU here, and no SwiftShader, as Debian's package chromium has it");
    const [gpu, cpu] = [JSON.parse(stdout), JSON.parse(trained("--device", "cpu").stdout)];
    expect([gpu.device, cpu.device]).toEqual(["webgpu", "cpu"]);
    expect(Math.abs(gpu.test.loss / cpu.test.loss - 1)).toBeLessThan(1e-4);
    expect(trained("--device", "webgpu", "--dtype", "f64")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("webgpu computes in f32 only"),
    });
  }, 300_000);
});
