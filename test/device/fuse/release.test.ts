import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { Arena } from "../../../src/device/memory.ts";
import { fuse } from "../../../src/device/wasm/index.ts";
import { add, input, mul, sub } from "../../../src/expr/index.ts";

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");

/** Resident memory in MiB once everything that is unreachable has been given back. */
async function residentMemory(): Promise<number> {
  for (let i = 0; i < 4; i++) {
    collect();
    await setImmediate();
  }
  return process.memoryUsage().rss / 2 ** 20;
}

/** A kernel compiled, run in its own memory and in an arena, and dropped. */
function useOne(seed: number): void {
  const [w, g] = [input("w", [8], "f32"), input("g", [8], "f32")];
  const outputs = { w: sub(w, mul(seed, g)), g: add(g, w) };
  const kernel = fuse({ dtype: "f32", vectors: ["w", "g"], scalars: [], outputs });
  kernel.run({ w: new Float32Array(20_000), g: new Float32Array(20_000) }, new Float64Array(0));
  const arena = new Arena(160_000);
  kernel.bind(arena, { w: arena.vector("f32", 20_000), g: arena.vector("f32", 20_000) })(new Float64Array(0));
}

it("1,000 kernels made and dropped do not grow the process", async () => {
  for (let i = 0; i < 200; i++) useOne(i);
  const before = await residentMemory();
  for (let i = 0; i < 1000; i++) useOne(i);
  // Kept, the kernels' and the arenas' memories would take 350 MiB.
  expect((await residentMemory()) - before).toBeLessThan(60);
});
