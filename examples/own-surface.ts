// A surface made from a formula. An update rule and a solver walk down it.
import { minimize, surfaceFromText } from "downhill";
import { momentum } from "downhill/optimizers";
import { lbfgs } from "downhill/solvers";

const valley = surfaceFromText("(x - 1)^2 + 20*(y - sin(x))^2", { start: [-3, 2] });

for (const optimizer of [momentum({ lr: 0.005 }), lbfgs()]) {
  const { outcome, points, values } = minimize(valley, { optimizer, steps: 1000 });
  const [x, y] = points.slice(-2);
  console.log(
    `${optimizer.name}: ${outcome.step} steps to (${x.toFixed(4)}, ${y.toFixed(4)}), from ${values[0].toFixed(2)}`,
  );
}

// Prints
// momentum: 1000 steps to (1.0000, 0.8415), from 107.69
// lbfgs: 22 steps to (1.0000, 0.8415), from 107.69
