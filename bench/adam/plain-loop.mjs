// The loop that one writes without a library.
import { measure, settings } from "../contender.mjs";
import { fill } from "./problem.mjs";

const [lr, beta1, beta2, eps] = [1e-3, 0.9, 0.999, 1e-8];
const [w, g, m, v] = Array.from({ length: 4 }, () => new Float32Array(settings.length));
fill(w, g);

function step(t) {
  const [rateM, rateV] = [1 - beta1 ** t, 1 - beta2 ** t];
  for (let i = 0; i < w.length; i++) {
    m[i] = beta1 * m[i] + (1 - beta1) * g[i];
    v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
    w[i] -= (lr * (m[i] / rateM)) / (Math.sqrt(v[i] / rateV) + eps);
  }
}

let t = 0;
await measure(() => {
  step(++t);
  return w[w.length - 1];
});
