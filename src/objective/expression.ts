import type { TiedKernel } from "../device/index.ts";
import { type Expr, grad, hvp, inOrder, input, once } from "../expr/index.ts";
import { type CompiledExpressions, compileExpressions, type Inputs } from "./compile-expressions.ts";
import type { PlacedObjective, TwiceDifferentiable } from "./objective.ts";
import { roundingOf } from "./rounding.ts";

/** A scalar expression in named parameters, and any data columns that it refers to. */
export interface Formula extends Inputs {
  readonly name: string;
  readonly expression: Expr;
}

/** Up to this many variables the Hessian is one straight-line function; beyond, products give it column by column. */
const WRITTEN_OUT = 24;
/** Up to this many operations the rounding of each is tracked; more would take longer to compile than a search takes. */
const MEASURED = 1000;

/** A formula as an objective with all its derivatives. Each is compiled when first needed. */
export function expressionObjective({ name, parameters, data, expression }: Formula): TwiceDifferentiable {
  const n = parameters.length;
  const x = parameters.map((parameter) => input(parameter));
  const directions = directionNames(parameters);
  const slopes = once(() => grad(expression, x));
  const code = (outputs: () => readonly Expr[]) => once(() => compileExpressions({ parameters, data }, outputs()));
  const value = code(() => [expression]);
  const gradient = code(() => [expression, ...slopes()]);
  // Row i starts at the diagonal, since the Hessian is symmetric.
  const hessian = code(() => slopes().flatMap((slope, i) => grad(slope, x.slice(i))));
  const rounding = code(() => [roundingOf(expression)]);
  const product = once(() => {
    const v = directions.map((direction) => input(direction));
    return compileExpressions({ parameters: [...parameters, ...directions], data }, hvp(expression, x, v));
  });
  const both = new Float64Array(2 * n);

  const hessianProduct = (at: Float64Array, v: Float64Array, to: Float64Array): void => {
    both.set(at);
    both.set(v, n);
    to.set(results(product(), both));
  };
  return {
    name,
    dimension: n,
    value: (at) => results(value(), at)[0],
    gradient: (at, g) => {
      const numbers = results(gradient(), at);
      for (let i = 0; i < n; i++) g[i] = numbers[i + 1];
      return numbers[0];
    },
    ...(inOrder([expression]).length <= MEASURED ? { rounding: (at) => results(rounding(), at)[0] } : {}),
    hessian: (at, h) =>
      n <= WRITTEN_OUT ? unpack(results(hessian(), at), n, h) : columnByColumn(hessianProduct, at, h),
    hessianProduct,
    ...(Object.keys(data).length > 0 ? {} : { place: (arena) => placeOf(gradient().kernel.tie(arena, {}), n) }),
  };
}

/** Views of the kernel's scalars: w, the value and the gradient. */
function placeOf(kernel: TiedKernel, n: number): PlacedObjective {
  const { scalars } = kernel;
  return { w: scalars.subarray(0, n), value: scalars.subarray(n, n + 1), g: scalars.subarray(n + 1), kernel };
}

function results({ run, numbers }: CompiledExpressions, at: Float64Array): Float64Array {
  run(at);
  return numbers;
}

/** Unpacks the rows of the upper triangle into a full matrix. */
function unpack(rows: Float64Array, n: number, h: Float64Array): void {
  for (let i = 0, next = 0; i < n; i++) for (let j = i; j < n; j++) h[i * n + j] = h[j * n + i] = rows[next++];
}

function columnByColumn(
  product: (x: Float64Array, v: Float64Array, to: Float64Array) => void,
  x: Float64Array,
  h: Float64Array,
): void {
  const n = x.length;
  const unit = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    unit[j] = 1;
    product(x, unit, h.subarray(j * n, (j + 1) * n));
    unit[j] = 0;
  }
}

/** Names for the direction's components, none of them a parameter's. */
function directionNames(parameters: readonly string[]): string[] {
  let suffix = "_direction";
  while (parameters.some((parameter) => parameter.endsWith(suffix))) suffix += "_";
  return parameters.map((parameter) => `${parameter}${suffix}`);
}
