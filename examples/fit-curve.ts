// Fit a curve to measurements with Levenberg–Marquardt: y = a·(1 − e^(−b·t)).
import { leastSquares } from "downhill";
import { levenbergMarquardt, solve } from "downhill/solvers";

const problem = leastSquares({
  name: "charging",
  parameters: ["a", "b"],
  data: { t: [0.5, 1, 2, 3, 4, 6, 8], y: [0.82, 1.43, 2.21, 2.65, 2.83, 2.99, 3.01] },
  residuals: ["a*(1 - exp(-b*t)) - y"],
  starts: [[1, 1]],
});

const { x, value, iterations, outcome } = solve(problem, { solver: levenbergMarquardt() });
console.log(`a = ${x[0].toFixed(4)}, b = ${x[1].toFixed(4)}`);
console.log(`sum of squares ${value.toPrecision(4)}, ${outcome} after ${iterations} steps`);

// Prints
// a = 3.0537, b = 0.6438
// sum of squares 0.003073, converged after 14 steps
