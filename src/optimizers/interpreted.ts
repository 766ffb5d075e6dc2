import type { Accept, Kernel } from "../device/index.ts";
import { type Expr, evaluate, type Vector } from "../expr/index.ts";
import { ALL_FINITE } from "./finite.ts";

/** An update by the reference interpreter, for matrix products and other whole-tensor operators. It stores everything or nothing. */
export function interpreted(scalars: readonly string[], outputs: Readonly<Record<string, Expr>>): Kernel {
  const flag = scalars.indexOf(ALL_FINITE);
  const allFinite: Accept = (values) => values[flag] === 0;
  const run: Kernel["run"] = (vectors, values, accept = allFinite) => {
    const numbers = Object.fromEntries(scalars.map((name, i) => [name, values[i]]));
    const computed = evaluate(Object.values(outputs), { ...vectors, ...numbers });
    const results = Object.keys(outputs).map((name, i) => [name, computed[i].data] as const);
    const stored = results.flatMap(([name, data]) => (name in vectors ? [[vectors[name], data] as const] : []));
    for (const [name, [x]] of results) if (!(name in vectors)) values[scalars.indexOf(name)] = x;
    if (!stored.every(fits)) values[flag] = Number.NaN;
    if (accept(values)) for (const [vector, data] of stored) vector.set(data);
  };
  return { scalars, run, bind: (_, vectors) => (values) => run(vectors, values) };
}

/** Whether the values are finite in the vector's type as well. */
const fits = ([vector, data]: readonly [Vector, Float64Array]): boolean =>
  data.every(vector instanceof Float32Array ? (x) => Number.isFinite(Math.fround(x)) : Number.isFinite);
