// `opt.step(w, g, state)` over ordinary arrays: checked each time, and passed through the loop's memory in pieces.
import { adam } from "../../dist/src/optimizers/index.js";
import { measure, settings } from "../contender.mjs";
import { fill } from "./problem.mjs";

const [w, g] = [new Float32Array(settings.length), new Float32Array(settings.length)];
fill(w, g);
const optimizer = adam();
const state = optimizer.init(w);
await measure(() => {
  optimizer.step(w, g, state);
  return w[w.length - 1];
});
