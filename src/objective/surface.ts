import type { Arena } from "../device/memory.ts";
import type { TiedKernel } from "../device/wasm/index.ts";
import { grad } from "../expr/grad.ts";
import { type Expr, input } from "../expr/node.ts";
import type { Surface } from "../surfaces/surface.ts";
import { compiled } from "./compiled.ts";

/** A function of a few variables: writes the gradient at w to g and returns the value. */
export interface Objective {
  readonly name: string;
  readonly dimension: number;
  valueAndGradient(w: Float64Array, g: Float64Array): number;
}

/** An objective that knows its curvature, too. */
export interface CurvedObjective extends Objective {
  /** Writes the gradient to g and the Hessian, n×n, row by row, to h, and returns the value. */
  valueGradientHessian(w: Float64Array, g: Float64Array, h: Float64Array): number;
}

/** A surface's function in a memory of the caller's: it reads w there, and leaves the value and the gradient there. */
export interface PlacedObjective {
  readonly w: Float64Array;
  /** One number. */
  readonly value: Float64Array;
  readonly g: Float64Array;
  readonly kernel: TiedKernel;
}

/** The objective that a surface is. */
export interface SurfaceObjective extends Objective {
  /** The same function for loops in WebAssembly, in 2n + 1 numbers of the arena; absent where it has data. */
  readonly place?: (arena: Arena) => PlacedObjective;
}

/** A surface compiled to one straight-line function of its value and its gradient. */
export function objectiveOf(surface: Surface): SurfaceObjective {
  const { name, variables: parameters, data, expression } = surface;
  const dimension = parameters.length;
  const { run, numbers, kernel } = compiled({ parameters, data }, [expression, ...slopesOf(surface)]);
  return {
    name,
    dimension,
    valueAndGradient: (w, g) => {
      run(w);
      for (let i = 0; i < dimension; i++) g[i] = numbers[i + 1];
      return numbers[0];
    },
    ...(kernel.vectors.length > 0 ? {} : { place: (arena) => placed(kernel.tie(arena, {}), dimension) }),
  };
}

function placed(kernel: TiedKernel, dimension: number): PlacedObjective {
  const part = (start: number, end: number): Float64Array => kernel.scalars.subarray(start, end);
  const [n, all] = [dimension, kernel.scalars.length];
  return { w: part(0, n), value: part(n, n + 1), g: part(n + 1, all), kernel };
}

/** The same with the Hessian: n(n + 1)/2 derivatives more. */
export function curvedObjectiveOf(surface: Surface): CurvedObjective {
  const { variables: parameters, data, expression } = surface;
  const dimension = parameters.length;
  const slopes = slopesOf(surface);
  // Row i from the diagonal on: the Hessian is symmetric.
  const curvatures = slopes.flatMap((slope, i) => grad(slope, inputsOf(surface).slice(i)));
  const { run, numbers } = compiled({ parameters, data }, [expression, ...slopes, ...curvatures]);
  return {
    ...objectiveOf(surface),
    valueGradientHessian: (w, g, h) => {
      run(w);
      let next = 1;
      for (let i = 0; i < dimension; i++) g[i] = numbers[next++];
      for (let i = 0; i < dimension; i++)
        for (let j = i; j < dimension; j++) h[i * dimension + j] = h[j * dimension + i] = numbers[next++];
      return numbers[0];
    },
  };
}

const inputsOf = ({ variables }: Surface): Expr[] => variables.map((variable) => input(variable));
const slopesOf = (surface: Surface): Expr[] => grad(surface.expression, inputsOf(surface));
