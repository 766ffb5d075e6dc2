import type { Examples, Vector } from "../src/data/index.ts";
import { greater, input, sizeOf, sum } from "../src/expr/index.ts";
import type { Device } from "../src/index.ts";
import { dense, layoutOf, mlp, parameterCount, parameterInputs, sequential } from "../src/nn/index.ts";

/** Counts the dead units of a net with given weights. */
export interface DeadUnits {
  count(w: Vector): Promise<number>;
  dispose(): Promise<void>;
}

/**
 * A counter of the hidden units of the ReLU net `mlp(sizes)` that are 0 for every example: they have no gradient, so no
 * training on these examples brings them back.
 */
export async function deadUnits(
  sizes: readonly number[],
  { count, inputs }: Examples,
  device: Device,
): Promise<DeadUnits> {
  const model = mlp(sizes);
  const x = input("x", [count, sizes[0]], "f32");
  const hidden = sizes.slice(1, -1).map((units) => dense(units, { activation: "relu" }));
  const timesActive = hidden.map((_, i) => {
    const upToHere = sequential(model.inputShape, hidden.slice(0, i + 1));
    const { outputs } = upToHere.forward(parameterInputs(model, "f32"), {}, x, { training: false, mask: () => x });
    return [`active${i + 1}`, sum(greater(outputs, 0), { axes: 0 })] as const;
  });
  const weights = new Float32Array(parameterCount(model));
  const times = timesActive.map(([name, { shape }]) => [name, new Float32Array(sizeOf(shape))] as const);
  const program = await device.prepare(Object.fromEntries(timesActive), {
    x: Float32Array.from(inputs),
    ...Object.fromEntries(
      layoutOf(model).map(({ name, shape, offset }) => [name, part(weights, offset, sizeOf(shape))]),
    ),
    ...Object.fromEntries(times),
  });
  return {
    count: async (w) => {
      weights.set(w);
      await program.run();
      return times.flatMap(([, active]) => [...active]).filter((active) => active === 0).length;
    },
    dispose: () => program.dispose(),
  };
}

/** The number of dead units for given weights, counted one by one in plain JavaScript. */
export function deadUnitsByHand(sizes: readonly number[], { count, inputs }: Examples, w: Vector): number {
  let rows = Array.from({ length: count }, (_, i) => [...inputs.subarray(i * sizes[0], (i + 1) * sizes[0])]);
  let [at, dead] = [0, 0];
  for (const [layer, units] of sizes.slice(1, -1).entries()) {
    const before = sizes[layer];
    const [weights, biases] = [at, at + before * units];
    at = biases + units;
    rows = rows.map((row) =>
      Array.from({ length: units }, (_, j) =>
        Math.max(
          0,
          row.reduce((sum, x, i) => sum + x * w[weights + i * units + j], w[biases + j]),
        ),
      ),
    );
    for (let j = 0; j < units; j++) if (rows.every((row) => row[j] === 0)) dead++;
  }
  return dead;
}

const part = (vector: Float32Array, offset: number, size: number): Float32Array =>
  vector.subarray(offset, offset + size);
