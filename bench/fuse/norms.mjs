// What norms add to a rule: LAMB's step over Adam's, over 1,796,010 weights in one memory, on one thread. Both run by
// turns in this process, and processor time is measured, so that a busy machine does not decide.
//     node bench/fuse/norms.mjs
import { Arena } from "../../dist/src/device/memory.js";
import { adam, lamb } from "../../dist/src/optimizers/index.js";
import { fill } from "../adam/problem.mjs";
import { quartiles } from "../quartiles.mjs";

const [length, steps, rounds] = [1_796_010, 40, 11];

function contender(dtype, optimizer, room) {
  const arena = new Arena(Arena.bytesFor(Array.from({ length: 4 }, () => ({ dtype, length }))));
  const vector = () => arena.vector(dtype, length);
  const [w, g, given] = [vector(), vector(), dtype === "f32" ? new Float32Array(length) : new Float64Array(length)];
  fill(w, given);
  const step = optimizer.bind(w, g, optimizer.init(w, vector), { arena, ...(room ? { spare: g } : {}) });
  return { step, reset: () => g.set(given), times: [] };
}

for (const dtype of ["f32", "f64"]) {
  const contenders = [contender(dtype, adam(), false), contender(dtype, lamb(), false), contender(dtype, lamb(), true)];
  for (let round = 0; round <= rounds; round++)
    for (const { step, reset, times } of contenders) {
      reset();
      const { user } = process.cpuUsage();
      for (let k = 0; k < steps; k++) step();
      if (round > 0) times.push((process.cpuUsage().user - user) / 1000 / steps);
    }
  const [base] = contenders;
  for (const [k, words] of ["Adam", "LAMB", "LAMB, g to spare"].entries()) {
    const { times } = contenders[k];
    const { median, lower, upper } = quartiles(times);
    const ratio = quartiles(times.map((time, i) => time / base.times[i])).median;
    const spread = `${lower.toFixed(2)} to ${upper.toFixed(2)}`;
    console.log(`${dtype}  ${words.padEnd(18)} ${median.toFixed(2)} ms (${spread}), ${ratio.toFixed(2)} × Adam`);
  }
}
