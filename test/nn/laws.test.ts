import { describe, expect, test } from "vitest";
import { constant, dot, evaluate, grad, input, reshape } from "../../src/expr/index.ts";
import {
  activation,
  averagePool,
  batchNorm,
  conv2d,
  dense,
  denseConnection,
  dropout,
  embedding,
  flatten,
  globalAverage,
  groupNorm,
  layerNorm,
  layers,
  losses,
  maxPool,
  mlp,
  residual,
  type StatedLoss,
  sequential,
  smoothedCrossEntropy,
} from "../../src/nn/index.ts";
import { Random } from "../../src/random/index.ts";

/** One example's outputs, and a target as the loss takes it. */
function exampleFor(loss: StatedLoss, random: Random) {
  const task = loss.targets === "class" ? "classification" : "regression";
  const size = loss.outputs({ outputs: 3, task });
  const z = Float64Array.from({ length: size }, () => random.normal());
  const numbers = Float64Array.from({ length: size }, () => random.uniform());
  return { size, z, target: loss.targets === "class" ? Float64Array.of(1) : numbers };
}

describe.each([...Object.entries(losses), ["smoothed labels", smoothedCrossEntropy(0.2)] as const])(
  "what %s says of itself",
  (_, loss) => {
    const random = new Random(3, "laws");
    const { size, z, target } = exampleFor(loss, random);
    const outputs = input("z", [1, size]);
    const targets = reshape(constant([...target]), loss.targets === "class" ? [1] : [1, size]);
    const value = loss.value(outputs, targets);

    test("it is a squared error exactly where it is the mean of (o − t)²", () => {
      const [{ data }] = evaluate([value], { z });
      const squared = loss.targets !== "class" && Math.abs(data[0] - meanSquare(z, target)) < 1e-12;
      expect(squared).toBe(loss.isSquaredError);
    });

    test("its mean over a batch is the mean of what it says of each example", () => {
      const batch = 5;
      const rows = Array.from({ length: batch }, () => exampleFor(loss, random));
      const [many, wanted] = [
        input("z", [batch, size]),
        reshape(constant(rows.flatMap((row) => [...row.target])), loss.targets === "class" ? [batch] : [batch, size]),
      ];
      const feeds = { z: Float64Array.from(rows.flatMap((row) => [...row.z])) };
      const [mean, each] = evaluate([loss.value(many, wanted), loss.each(many, wanted)], feeds);
      expect(each.shape).toEqual([batch]);
      expect(each.data.reduce((sum, value) => sum + value, 0) / batch).toBeCloseTo(mean.data[0], 12);
      expect(new Set(each.data).size).toBe(batch);
    });

    test.runIf(loss.sampledSlopes !== null)(
      "its sampled slopes have its Hessian by the outputs as their E[vvᵀ]",
      () => {
        const gradient = grad(value, [outputs])[0];
        const unit = (i: number): number[] => Array.from({ length: size }, (_, j) => Number(i === j));
        const rows = Array.from({ length: size }, (_, i) => {
          const [{ data }] = evaluate(grad(dot(gradient, reshape(constant([...unit(i)]), [1, size])), [outputs]), {
            z,
          });
          return [...data];
        });
        // They are linear in the noise, so V Vᵀ over unit vectors of noise is the expectation.
        const slopes = Array.from({ length: size }, (_, i) => {
          const v = loss.sampledSlopes?.(outputs, reshape(constant([...unit(i)]), [1, size]));
          if (v === undefined) throw new Error("no slopes");
          return [...evaluate([v], { z })[0].data];
        });
        for (const [i, row] of rows.entries())
          for (const [j, wanted] of row.entries())
            expect(slopes.reduce((sum, v) => sum + v[i] * v[j], 0)).toBeCloseTo(wanted, 12);
      },
    );
  },
);

const meanSquare = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, x, i) => sum + (x - b[i]) ** 2, 0) / a.length;

test("layers say nothing of themselves that cannot be: work below 0, or parameters where outputs are inputs", () => {
  const built = [
    ...(mlp([4, 5, 2], { dropout: 0.5 }).layers ?? []),
    ...(sequential([2, 2], [flatten(), dropout(0.5), dense(2)]).layers ?? []),
    ...(sequential(
      [1, 8, 8],
      [
        conv2d(2, 3),
        batchNorm(),
        layerNorm(),
        groupNorm(2),
        activation("relu"),
        maxPool(2),
        averagePool(2),
        globalAverage(),
      ],
    ).layers ?? []),
    ...(sequential([3], [embedding(5, 2)]).layers ?? []),
    ...(sequential([4], [residual([dense(3)], { shortcut: [dense(3)] }), denseConnection([dense(2)])]).layers ?? []),
  ];
  expect(new Set(built.map(({ builder }) => builder.kind.kind))).toEqual(new Set(Object.keys(layers)));
  for (const { multiplyAdds, role, parameters } of built) {
    expect(multiplyAdds).toBeGreaterThanOrEqual(0);
    if (role.kind === "identity") expect(parameters).toEqual([]);
  }
});
