import { sizeOf } from "../../expr/index.ts";
import { mean, mul, pow, reshape, sub } from "../../expr/operators/index.ts";
import { loss, meanOfEach } from "../loss.ts";

/** (output − target)², the mean over all outputs of the batch; targets are any numbers, [batch, outputs]. */
export const meanSquaredError = loss({
  name: "mean squared error",
  title: "(output − target)²",
  targets: "numbers",
  outputs: ({ outputs, task }) => (task === "classification" ? 1 : outputs),
  value: (outputs, targets) => mean(pow(sub(outputs, reshape(targets, outputs.shape)), 2)),
  each: (outputs, targets) => meanOfEach(pow(sub(outputs, reshape(targets, outputs.shape)), 2)),
  isSquaredError: true,
  sampledSlopes: (z, noise) => mul(Math.sqrt(2 / sizeOf(z.shape.slice(1))), noise),
});
