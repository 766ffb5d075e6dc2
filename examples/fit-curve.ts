// Fit a curve to measurements, with standard errors, and predict: y = a·(1 − e^(−b·t)).
import { fitCurve } from "downhill";

const fit = fitCurve({
  formula: "y = a*(1 - exp(-b*t))",
  data: { t: [0.5, 1, 2, 3, 4, 6, 8], y: [0.82, 1.43, 2.21, 2.65, 2.83, 2.99, 3.01] },
});

for (const { name, value, standardError, interval } of fit.parameters)
  console.log(
    `${name} = ${value.toFixed(4)} ± ${standardError?.toFixed(4)}, ${interval?.map((end) => end.toFixed(3))}`,
  );
console.log(`sum of squares ${fit.sumOfSquares.toPrecision(4)}, R² ${fit.r2?.toFixed(5)}, ${fit.outcome.kind}`);

const [{ value, confidence, prediction }] = fit.predict([{ t: 5 }]);
console.log(`at t = 5 the curve is ${value.toFixed(3)}, 95 % interval ${confidence?.map((end) => end.toFixed(3))}`);
console.log(`a new measurement is in ${prediction?.map((end) => end.toFixed(3))}`);

// Prints
// a = 3.0537 ± 0.0179, 3.008,3.100
// b = 0.6438 ± 0.0122, 0.613,0.675
// sum of squares 0.003073, R² 0.99929, converged
// at t = 5 the curve is 2.932, 95 % interval 2.899,2.964
// a new measurement is in 2.860,3.003
