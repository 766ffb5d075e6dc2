// Beale's function, its gradient and Adam by hand, with the path kept as `minimize` keeps it.
import { measure, settings } from "../contender.mjs";

const { walk, start, lr, checked } = settings;
const [beta1, beta2, eps] = [0.9, 0.999, 1e-8];

function valueAndGradient([x, y], g) {
  const a = 1.5 - x + x * y;
  const b = 2.25 - x + x * y ** 2;
  const c = 2.625 - x + x * y ** 3;
  g[0] = 2 * a * (y - 1) + 2 * b * (y ** 2 - 1) + 2 * c * (y ** 3 - 1);
  g[1] = 2 * a * x + 2 * b * 2 * x * y + 2 * c * 3 * x * y ** 2;
  return a ** 2 + b ** 2 + c ** 2;
}

await measure(() => {
  const w = Float64Array.from(start);
  const [g, m, v] = Array.from({ length: 3 }, () => new Float64Array(2));
  const points = new Float64Array(2 * (walk + 1));
  const values = new Float64Array(walk + 1);
  points.set(w);
  values[0] = valueAndGradient(w, g);
  for (let t = 1; t <= walk; t++) {
    const [rateM, rateV] = [1 - beta1 ** t, 1 - beta2 ** t];
    for (let i = 0; i < 2; i++) {
      m[i] = beta1 * m[i] + (1 - beta1) * g[i];
      v[i] = beta2 * v[i] + (1 - beta2) * g[i] ** 2;
      w[i] -= (lr * (m[i] / rateM)) / (Math.sqrt(v[i] / rateV) + eps);
    }
    values[t] = valueAndGradient(w, g);
    points.set(w, 2 * t);
  }
  return values[checked];
});
