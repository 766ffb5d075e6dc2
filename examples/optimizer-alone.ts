// An optimizer on your own weights and gradients, one step at a time: no net, no data set.
import { adam } from "downhill/optimizers";

// f(a, b) = (a − 3)² + 10·(b + 1)², and its gradient.
const gradientAt = ([a, b]: Float64Array) => Float64Array.of(2 * (a - 3), 20 * (b + 1));

const optimizer = adam({ lr: 0.1 });
const w = Float64Array.of(0, 0);
const state = optimizer.init(w); // { t: 0, m, v }; m and v have the type and length of w
for (let step = 0; step < 500; step++) optimizer.step(w, gradientAt(w), state);

console.log(w[0].toFixed(4), w[1].toFixed(4), "after", state.t, "steps");

// Prints
// 3.0000 -1.0000 after 500 steps
