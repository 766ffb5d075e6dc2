import { Arena } from "../../device/index.ts";
import { loopOver } from "../../device/wasm/index.ts";
import type { Objective } from "../../objective/index.ts";
import { beyond, STRIDE, type Walk, type Walker } from "./walker.ts";

/**
 * Walks in a WebAssembly loop, with the same bits as the reference. Undefined unless the objective and the rule's step are each
 * a single kernel call.
 */
export function compiledWalker({ place }: Objective, { optimizer, start, track }: Walk): Walker | undefined {
  if (place === undefined) return undefined;
  const n = start.length;
  const lengths = [2 * n + 1, 2 * n + 1, ...optimizer.slots.map(() => n), STRIDE * n, STRIDE];
  const arena = new Arena(Arena.bytesFor(lengths.map((length) => ({ dtype: "f64", length }))));
  const { w, g, value, kernel } = place(arena);
  const ahead = optimizer.lookahead && place(arena);
  w.set(start);
  const state = optimizer.init(w, () => arena.vector("f64", n));
  const gradient = ahead?.g ?? g;
  const step = optimizer.bind(w, gradient, state, { arena, spare: gradient }).inPlace;
  const point = ahead && optimizer.lookahead?.bind(w, state, ahead.w, arena).inPlace;
  if (step === undefined || (ahead !== undefined && point === undefined)) return undefined;
  const points = arena.vector("f64", STRIDE * n);
  const values = arena.vector("f64", STRIDE);
  const before = ahead && point ? [point.kernel, ahead.kernel] : [];
  const loop = loopOver(arena, {
    counters: point ? [step.t, point.t] : [step.t],
    parts: [
      { kernels: before, finite: gradient },
      { kernels: [step.kernel], finite: step.finite },
      { kernels: [kernel], finite: value },
    ],
    record: [
      { from: w, rows: points },
      { from: value, rows: values },
    ],
  });
  const ends = [beyond.gradient, beyond.update, (taken: number) => beyond.value(taken, value[0])];
  track.points.set(w);
  kernel.run();
  track.values.set(value);
  return {
    walk: (from, last) => {
      const { round: taken, part } = loop(from, last);
      track.points.set(points.subarray(0, (taken - from) * n), (from + 1) * n);
      track.values.set(values.subarray(0, taken - from), from + 1);
      return part === undefined ? { taken } : ends[part](taken);
    },
  };
}
