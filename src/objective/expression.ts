import type { TiedKernel } from "../device/index.ts";
import { type Expr, grad, hvp, inOrder, input, once } from "../expr/index.ts";
import { type Compiled, compiled, type Inputs } from "./compiled.ts";
import type { PlacedObjective, TwiceDifferentiable } from "./objective.ts";
import { roundingOf } from "./rounding.ts";

/** A scalar expression in named numbers, and columns of data where it refers to them. */
export interface Formula extends Inputs {
  readonly name: string;
  readonly expression: Expr;
}

/** Up to here the Hessian is one straight-line function; beyond, it is made of products, column by column. */
const WRITTEN_OUT = 24;
/** Up to so many operations the rounding of each is followed; more take longer to compile than a search takes. */
const MEASURED = 1000;

/** A formula as an objective with all its derivatives. Each is compiled when it is asked for first. */
export function expressionObjective({ name, parameters, data, expression }: Formula): TwiceDifferentiable {
  const n = parameters.length;
  const x = parameters.map((parameter) => input(parameter));
  const directions = directionNames(parameters);
  const slopes = once(() => grad(expression, x));
  const code = (outputs: () => readonly Expr[]) => once(() => compiled({ parameters, data }, outputs()));
  const value = code(() => [expression]);
  const gradient = code(() => [expression, ...slopes()]);
  // Row i from the diagonal on: the Hessian is symmetric.
  const hessian = code(() => slopes().flatMap((slope, i) => grad(slope, x.slice(i))));
  const rounding = code(() => [roundingOf(expression)]);
  const product = once(() => {
    const v = directions.map((direction) => input(direction));
    return compiled({ parameters: [...parameters, ...directions], data }, hvp(expression, x, v));
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
    ...(Object.keys(data).length > 0 ? {} : { place: (arena) => placed(gradient().kernel.tie(arena, {}), n) }),
  };
}

/** The kernel's numbers are w, the value and the gradient. */
function placed(kernel: TiedKernel, n: number): PlacedObjective {
  const { scalars } = kernel;
  return { w: scalars.subarray(0, n), value: scalars.subarray(n, n + 1), g: scalars.subarray(n + 1), kernel };
}

function results({ run, numbers }: Compiled, at: Float64Array): Float64Array {
  run(at);
  return numbers;
}

/** Rows of the upper triangle, one after the other, to a full matrix. */
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

/** Names that no parameter has. */
function directionNames(parameters: readonly string[]): string[] {
  let suffix = "_direction";
  while (parameters.some((parameter) => parameter.endsWith(suffix))) suffix += "_";
  return parameters.map((parameter) => `${parameter}${suffix}`);
}
