import { input } from "../../expr/index.ts";
import { add } from "../../expr/operators/index.ts";
import { DeviceError } from "../error.ts";
import { OnnxProgram } from "./program.ts";
import type { Runtime } from "./session.ts";

/** Adds two numbers, which is the first test of whether files are complete and a driver and a GPU exist. Throws a DeviceError. */
export async function probe(runtime: Runtime, remedy: string): Promise<void> {
  try {
    const x = input("x", [1], "f32");
    const program = await OnnxProgram.compile({ y: add(x, x) }, runtime, { threads: 1 });
    const y = new Float32Array(1);
    await program.bind({ x: Float32Array.of(1), y }).run();
    await program.dispose();
    if (y[0] !== 2) throw new Error(`1 + 1 is ${y[0]} there`);
  } catch (cause) {
    throw new DeviceError(`the device ${runtime.name} cannot be used`, cause, remedy);
  }
}
