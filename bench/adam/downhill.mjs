// One fused pass over w, g and the two slots, in one memory, on one thread.
import { Arena } from "../../dist/src/device/memory.js";
import { adam } from "../../dist/src/optimizers/index.js";
import { measure, settings } from "../contender.mjs";
import { fill } from "./problem.mjs";

const { length } = settings;
const arena = new Arena(Arena.bytesFor(Array.from({ length: 4 }, () => ({ dtype: "f32", length }))));
const vector = () => arena.vector("f32", length);
const [w, g] = [vector(), vector()];
fill(w, g);
const optimizer = adam();
const step = optimizer.bind(w, g, optimizer.init(w, vector), { arena });
await measure(() => {
  step();
  return w[length - 1];
});
