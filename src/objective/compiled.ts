import { Arena } from "../device/index.ts";
import { type FusedKernel, fuse } from "../device/wasm/index.ts";
import type { Expr } from "../expr/index.ts";

/** Names of scalar inputs, and columns of numbers by name: what expressions here are made of. */
export interface Inputs {
  readonly parameters: readonly string[];
  readonly data: Readonly<Record<string, Float64Array>>;
}

/** Expressions as one compiled function. Its results stay in place, and each run writes them anew. */
export interface Compiled {
  run(w: Float64Array): void;
  /** The results that are numbers, in order. */
  readonly numbers: Float64Array;
  /** The results that are vectors, in order. */
  readonly vectors: readonly Float64Array[];
  /** The program, to be tied elsewhere. Its scalars are the parameters and then the numbers. */
  readonly kernel: FusedKernel;
}

/** Compiles expressions into straight-line code for numbers, and a loop over the data for vectors and sums of them. */
export function compiled({ parameters, data }: Inputs, outputs: readonly Expr[]): Compiled {
  const columns = Object.entries(data);
  const kernel = fuse({
    dtype: "f64",
    vectors: columns.map(([name]) => name),
    scalars: parameters,
    outputs: Object.fromEntries(outputs.map((output, i) => [`result ${i}`, output])),
  });
  const length = columns[0]?.[1].length ?? 0;
  const arena = new Arena(Arena.bytesFor(kernel.vectors.map(() => ({ dtype: "f64", length }))));
  const vectors = Object.fromEntries(kernel.vectors.map((name) => [name, arena.vector("f64", length)] as const));
  for (const [name, column] of columns) vectors[name].set(column);
  const { run, scalars } = kernel.tie(arena, vectors);
  return {
    run: (w) => {
      for (let i = 0; i < parameters.length; i++) scalars[i] = w[i];
      run();
    },
    numbers: scalars.subarray(parameters.length),
    vectors: kernel.vectors.slice(columns.length).map((name) => vectors[name]),
    kernel,
  };
}
