// A loss of your own: Huber's, which is quadratic near 0 and linear far away, so that outliers have less influence.
import { dataset, type Loss, mlp, train } from "downhill";
import { abs, mean, min, mul, pow, reshape, sub } from "downhill/expr";
import { adam } from "downhill/optimizers";

const huber: Loss = {
  name: "huber",
  value: (outputs, targets) => {
    const size = abs(sub(outputs, reshape(targets, outputs.shape)));
    const near = min(size, 1);
    return mean(sub(mul(near, size), mul(0.5, pow(near, 2))));
  },
};

// y = 2x, with every tenth value far off.
const x = Float64Array.from({ length: 200 }, (_, k) => (k % 40) / 20 - 1);
const data = dataset({
  name: "line",
  task: "regression",
  columns: ["x"],
  inputs: x,
  targets: x.map((value, k) => 2 * value + (k % 10 === 0 ? 30 : 0)),
});

for await (const event of train({
  model: mlp([1, 1], { loss: huber }),
  data,
  optimizer: adam({ lr: 0.05 }),
  epochs: 30,
}))
  if (event.kind === "end") console.log(event.outcome.kind, "test loss", event.test.loss.toFixed(4));

// Prints
// completed test loss 0.3179
