import { input } from "../../../expr/index.ts";
import { conv2d } from "../../../expr/operators/index.ts";
import { lower, type Takeover } from "../lower.ts";
import { encodeModel } from "../model.ts";
import type { Runtime, View } from "../session.ts";
import { BlockedLowering } from "./lowering.ts";

/** Lowers images in blocks of so many channels. */
export const inBlocks =
  (block: number): Takeover =>
  (graph, names, users) =>
    new BlockedLowering(graph, block, names, users);

/** Lowers images in the blocks that this runtime uses; null if it has no such layout. */
export async function takeoverBy(runtime: Runtime): Promise<Takeover | null> {
  const block = await blockOf(runtime);
  return block === null ? null : inBlocks(block);
}

/** The blocks that ONNX Runtime uses, by the processor's vectors. */
const BLOCKS = [16, 8, 4];

/** What was found out of each version. */
const known = new Map<string, Promise<number | null>>();

/**
 * The size of the blocks in which this runtime lays out the channels of images; null if it has no such layout. A wrong size
 * gives wrong numbers without complaint, so a convolution is computed in each and compared with the usual one.
 */
export async function blockOf(runtime: Runtime): Promise<number | null> {
  if (!runtime.mayBlockImages) return null;
  const key = `${runtime.name} ${runtime.runtime?.version}`;
  const found = known.get(key) ?? find(runtime);
  known.set(key, found);
  return found;
}

async function find(runtime: Runtime): Promise<number | null> {
  const wanted = await convolved(runtime, null);
  for (const block of BLOCKS) {
    const given = await convolved(runtime, block).catch(() => undefined);
    if (given?.every((value, i) => Math.abs(value - wanted[i]) < 1e-4)) return block;
  }
  return null;
}

/** A convolution in blocks of this size, or in the usual layout. */
async function convolved(runtime: Runtime, block: number | null): Promise<Float32Array> {
  const x = input("x", [2, 16, 5, 5], "f32");
  const w = input("w", [32, 16, 3, 3], "f32");
  const graph = lower({ y: conv2d(x, w, { padding: 1 }) }, runtime.lacks, block === null ? null : inBlocks(block));
  const session = await runtime.open(encodeModel(graph), { threads: 1, fusion: true });
  try {
    const views: Record<string, View> = { x: wave(800), w: wave(4608) };
    const y = new Float32Array(1600);
    for (const port of graph.inputs) session.bindInput(port, views[port.name]);
    for (const port of graph.outputs) session.bindOutput(port, y);
    await session.run();
    return y;
  } finally {
    await session.close();
  }
}

const wave = (length: number): Float32Array => Float32Array.from({ length }, (_, i) => 0.1 * Math.sin(1 + 1.7 * i));
