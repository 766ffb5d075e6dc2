import { describe, expect, test } from "vitest";
import { input, mul, reshape, slice, sub, sum } from "../../../src/expr/index.ts";
import { gpu } from "./gpu.ts";

describe.skipIf(gpu === undefined)("a GPU's own memory", () => {
  const memory = gpu?.ownMemory;
  const n = 3000;

  async function descent() {
    if (memory === undefined) throw new Error("WebGPU has a memory of its own");
    const w = input("w", [n], "f32");
    const rate = reshape(slice(input("rates", [2], "f32"), { starts: [1], ends: [2] }), []);
    return { memory, program: await memory.prepare({ next: sub(w, mul(rate, w)), sum: sum(w) }, ["next"]) };
  }

  test("keeps results for the next run, while only the others come back", async () => {
    const { memory, program } = await descent();
    const start = Float32Array.from({ length: n }, (_, i) => i % 7);
    let w = await memory.upload(start);
    const sums: number[] = [];
    for (let step = 0; step < 5; step++) {
      const { residents, values } = await program.run({ w, rates: Float32Array.of(9, 0.5) });
      expect(Object.keys(residents)).toEqual(["next"]);
      expect(values.sum).toHaveLength(1);
      sums.push(values.sum[0]);
      w.dispose();
      w = residents.next;
    }
    const total = start.reduce((sum, x) => sum + x, 0);
    expect(sums).toEqual([0, 1, 2, 3, 4].map((step) => total / 2 ** step));
    const [later, now] = [new Float32Array(n), new Float32Array(n)];
    await memory.download(w, later);
    memory.downloadNow?.(w, now);
    expect(later).toEqual(start.map((x) => x / 32));
    expect(now).toEqual(later);
    w.dispose();
    w.dispose();
    await expect(memory.download(w, later)).rejects.toThrow("was disposed of");
    await program.dispose();
  });

  test("refuses what does not fit", async () => {
    const { memory, program } = await descent();
    await expect(program.run({ rates: new Float32Array(2) })).rejects.toThrow("run: w is not given");
    await expect(program.run({ w: new Float32Array(4), rates: new Float32Array(2) })).rejects.toThrow(
      `run: w has shape [${n}], which is ${n} values; 4 are given`,
    );
    await expect(memory.upload(new Float64Array(2))).rejects.toThrow(TypeError);
    await program.dispose();
  });
});
