import { readFileSync } from "node:fs";
import { referenceDevice } from "../../src/device/reference/interpreter.ts";
import { mlp } from "../../src/nn/index.ts";
import { NetObjective, type NetObjectiveOptions } from "../../src/solvers/index.ts";

interface Golden {
  readonly sizes: readonly number[];
  readonly w: readonly number[];
  readonly inputs: readonly number[];
  readonly labels: readonly number[];
  readonly cost: number;
  readonly gradient: readonly number[];
  readonly hessian: readonly number[];
  readonly gaussNewton: readonly number[];
  readonly eigenvalues: readonly number[];
}

/** A net of 3-4-3 with seven examples, and what PyTorch says of its cost. */
export const golden: Golden = JSON.parse(
  readFileSync(new URL("../goldens/solvers/small-net.json", import.meta.url), "utf8"),
);

export const w = Float64Array.from(golden.w);

export const smallNet = (options: Partial<NetObjectiveOptions> = {}): NetObjective =>
  new NetObjective({
    model: mlp(golden.sizes, { activation: "tanh" }),
    examples: {
      count: golden.labels.length,
      inputs: Float64Array.from(golden.inputs),
      targets: Float64Array.from(golden.labels),
    },
    device: referenceDevice,
    ...options,
  });

/** The matrix whose columns are products with unit vectors, n×n. */
export async function matrixOf(
  n: number,
  product: (v: Float64Array, to: Float64Array) => Promise<void>,
): Promise<Float64Array> {
  const [matrix, unit, column] = [new Float64Array(n * n), new Float64Array(n), new Float64Array(n)];
  for (let j = 0; j < n; j++) {
    unit.fill(0)[j] = 1;
    await product(unit, column);
    for (let i = 0; i < n; i++) matrix[i * n + j] = column[i];
  }
  return matrix;
}
