// What fused loops cost for each element: in a cache and out of it, in both types, beside the loop that one would write.
//     node bench/fuse/loops.mjs

import { Arena } from "../../dist/src/device/memory.js";
import { fuse, maskFiller } from "../../dist/src/device/wasm/index.js";
import { add, div, grad, input, min, mul, norm, pow, sqrt, sub } from "../../dist/src/expr/index.js";

const [w, g, m, v] = ["w", "g", "m", "v"].map((name) => input(name, [2]));
const [lr, beta1, beta2, eps, t] = ["lr", "beta1", "beta2", "eps", "t"].map((name) => input(name));
const m1 = add(mul(beta1, m), mul(sub(1, beta1), g));
const v1 = add(mul(beta2, v), mul(sub(1, beta2), pow(g, 2)));
const step = div(div(m1, sub(1, pow(beta1, t))), add(sqrt(div(v1, sub(1, pow(beta2, t)))), eps));

const programs = {
  "w − lr·g": { w: sub(w, mul(lr, g)) },
  momentum: { w: sub(w, mul(lr, m1)), m: m1 },
  Adam: { w: sub(w, mul(lr, step)), m: m1, v: v1 },
  "clipped by norm": { w: sub(w, mul(lr, mul(g, min(1, div(1, norm(g)))))) },
};

/** The same loops by hand, over arrays of either type. */
const byHand = {
  "w − lr·g": ({ w, g }, { lr }) => {
    for (let i = 0; i < w.length; i++) w[i] -= lr * g[i];
  },
  momentum: ({ w, g, m }, { lr, beta1 }) => {
    for (let i = 0; i < w.length; i++) {
      m[i] = beta1 * m[i] + (1 - beta1) * g[i];
      w[i] -= lr * m[i];
    }
  },
  Adam: ({ w, g, m, v }, { lr, beta1, beta2, eps, t }) => {
    const [rateM, rateV] = [1 - beta1 ** t, 1 - beta2 ** t];
    for (let i = 0; i < w.length; i++) {
      m[i] = beta1 * m[i] + (1 - beta1) * g[i];
      v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
      w[i] -= (lr * (m[i] / rateM)) / (Math.sqrt(v[i] / rateV) + eps);
    }
  },
  "clipped by norm": ({ w, g }, { lr }) => {
    let squares = 0;
    for (let i = 0; i < g.length; i++) squares += g[i] * g[i];
    const share = Math.min(1, 1 / Math.sqrt(squares));
    for (let i = 0; i < w.length; i++) w[i] -= lr * (g[i] * share);
  },
};

/** The best time of many, in nanoseconds for one call. */
function best(run, calls, rounds = 30) {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    for (let i = 0; i < calls; i++) run();
    least = Math.min(least, ((performance.now() - start) / calls) * 1e6);
  }
  return least;
}

const vectors = ["w", "g", "m", "v"];
const hyper = { lr: 1e-3, beta1: 0.9, beta2: 0.999, eps: 1e-8, t: 10 };
const scalars = Float64Array.from(Object.values(hyper));
const rows = [];
for (const dtype of ["f32", "f64"])
  for (const length of [2, 4096, 1_796_010])
    for (const [program, outputs] of Object.entries(programs)) {
      const kernel = fuse({ dtype, vectors, scalars: Object.keys(hyper), outputs });
      const arena = new Arena(Arena.bytesFor(vectors.map(() => ({ dtype, length }))));
      const views = Object.fromEntries(vectors.map((name) => [name, arena.vector(dtype, length)]));
      const arrays = Object.fromEntries(vectors.map((name) => [name, views[name].slice()]));
      for (const name of vectors)
        for (let i = 0; i < length; i++) arrays[name][i] = views[name][i] = 0.1 + ((i * 7) % 13);
      const bound = kernel.bind(arena, views);
      const calls = Math.ceil(2e5 / length);
      const times = {
        fused: best(() => bound(scalars), calls),
        "own arrays": best(() => kernel.run(arrays, scalars), calls),
        "by hand": best(() => byHand[program](arrays, hyper), calls),
      };
      const each = Object.entries(times).map(([who, ns]) => [`${who}, ns/element`, +(ns / length).toFixed(3)]);
      rows.push({
        dtype,
        length,
        program,
        ...Object.fromEntries(each),
        ratio: +(times["by hand"] / times.fused).toFixed(1),
      });
    }
console.table(rows);

const [x, y] = [input("x"), input("y")];
const beale = [1.5, 2.25, 2.625].map((c, i) => pow(add(sub(c, x), mul(x, pow(y, i + 1))), 2)).reduce(add);
const [dx, dy] = grad(beale, [x, y]);
const surface = fuse({ dtype: "f64", vectors: [], scalars: ["x", "y"], outputs: { beale, dx, dy } }).bind(
  new Arena(0),
  {},
);
const point = Float64Array.of(1, 1.6, 0, 0, 0);
console.log(`Beale's function and its gradient: ${best(() => surface(point), 1e5).toFixed(0)} ns`);

const arena = new Arena(Arena.bytesFor([{ dtype: "f32", length: 256_000 }]));
const [mask, fill] = [arena.vector("f32", 256_000), maskFiller(arena)];
console.log(`256,000 dropout masks: ${(best(() => fill(mask, 0.5, 1), 1) / 1e6).toFixed(3)} ms`);
