import { Arena } from "../device/index.ts";
import { type FusedKernel, fuse } from "../device/wasm/index.ts";
import type { Expr } from "../expr/index.ts";

/** The inputs of expressions: names of scalar parameters, and data columns by name. */
export interface Inputs {
  readonly parameters: readonly string[];
  readonly data: Readonly<Record<string, Float64Array>>;
}

/** Expressions compiled into one function. Each run overwrites its results in place. */
export interface CompiledExpressions {
  run(w: Float64Array): void;
  /** The scalar results, in order. */
  readonly numbers: Float64Array;
  /** The vector results, in order. */
  readonly vectors: readonly Float64Array[];
  /** The kernel, to bind to other memory. Its scalars are the parameters, then the scalar results. */
  readonly kernel: FusedKernel;
}

/** Compiles expressions into straight-line code for scalars, and a loop over the data for vectors and their sums. */
export function compileExpressions({ parameters, data }: Inputs, outputs: readonly Expr[]): CompiledExpressions {
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
