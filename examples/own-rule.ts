// An update rule of your own, written as on a slide. It walks down Beale's function.
import { minimize, surfaces } from "downhill";
import { rule } from "downhill/optimizers";

const signedMomentum = rule({
  name: "signed-momentum",
  hyper: { lr: 0.01, beta: 0.9 },
  slots: ["m"],
  update: `
    m = beta*m + (1 - beta)*g
    w = w - lr * sign(m) * sqrt(abs(m))
  `,
});

const path = minimize(surfaces.beale, { optimizer: signedMomentum(), start: [1, 1.6], steps: 500 });
console.log(path.outcome.kind, "at a height of", path.values.at(-1)?.toExponential(1));

// Prints
// completed at a height of 1.4e-7
