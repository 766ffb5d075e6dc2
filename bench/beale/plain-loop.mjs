// Beale's function, its gradient and Adam by hand, in numbers of their own: the loop that one writes for this alone. The
// path is kept as `minimize` keeps it.
import { measure, settings } from "../contender.mjs";

const { walk, start, lr, checked } = settings;
const [beta1, beta2, eps] = [0.9, 0.999, 1e-8];

await measure(() => {
  const points = new Float64Array(2 * (walk + 1));
  const values = new Float64Array(walk + 1);
  let [x, y] = start;
  let [mx, my, vx, vy] = [0, 0, 0, 0];
  for (let t = 0; ; ) {
    const y2 = y * y;
    const y3 = y2 * y;
    const a = 1.5 - x + x * y;
    const b = 2.25 - x + x * y2;
    const c = 2.625 - x + x * y3;
    points[2 * t] = x;
    points[2 * t + 1] = y;
    values[t] = a * a + b * b + c * c;
    if (t === walk) return values[checked];
    t++;
    const gx = 2 * a * (y - 1) + 2 * b * (y2 - 1) + 2 * c * (y3 - 1);
    const gy = 2 * a * x + 2 * b * 2 * x * y + 2 * c * 3 * x * y2;
    mx = beta1 * mx + (1 - beta1) * gx;
    my = beta1 * my + (1 - beta1) * gy;
    vx = beta2 * vx + (1 - beta2) * gx * gx;
    vy = beta2 * vy + (1 - beta2) * gy * gy;
    const biasM = 1 - beta1 ** t;
    const biasV = 1 - beta2 ** t;
    x -= (lr * (mx / biasM)) / (Math.sqrt(vx / biasV) + eps);
    y -= (lr * (my / biasM)) / (Math.sqrt(vy / biasV) + eps);
  }
});
