import type { Kernel } from "../device/kernel.ts";
import { type FusedKernel, fuse, isFusable } from "../device/wasm/index.ts";
import { type DType, type Expr, input, type Operand } from "../expr/node.ts";
import { abs, ceil, floor, maxOf, neg, norm } from "../expr/operators/index.ts";
import type { Shape } from "../expr/shape.ts";
import { ALL_FINITE, withCheck } from "./finite.ts";
import { type Foresee, foresight } from "./foresight.ts";
import { interpreted } from "./interpreted.ts";
import type { RuleSpec } from "./rule.ts";
import { bindPoint, bindUpdate, isTensorwise, scalarNames, slotStarts } from "./update.ts";
import { withWatch } from "./watch.ts";

/** A rule's programs for one float type. */
export interface CompiledRule {
  /** Whether the update runs tensor by tensor. */
  readonly tensorwise: boolean;
  /** The update of a tensor. It says in its scalar `ALL_FINITE` whether all that it stored is finite. */
  update(shape: Shape): Kernel;
  /** Its scalars, in order, for every shape. */
  readonly scalars: readonly string[];
  /** What can be known of a step beforehand; a fused one's. */
  readonly foresee?: Foresee;
  /** Whether a fused loop computes it: the interpreter takes what is left, matrix products above all. */
  readonly fused: boolean;
  /** Whether the update tells what a `Watch` wants, in the results `BEFORE` and `GRADIENT_NORM`. */
  readonly watches: boolean;
  /** The length of the whole gradient, where a tensor-by-tensor update asks for it. */
  readonly gradientNorm?: Kernel;
  readonly lookahead?: FusedKernel;
  readonly average?: FusedKernel;
}

/** Any vector stands for all lengths: a fused loop does not depend on it. */
const ANY_SHAPE: Shape = [2];

/** How a rule is to be compiled. */
export interface CompileChoice {
  readonly dtype: DType;
  /** Count 0/0 as 0. */
  readonly zeroSafe: boolean;
  /** Tell what a `Watch` wants, if that can be done in the same pass. */
  readonly watched: boolean;
}

export function compileRule(spec: RuleSpec, { dtype, zeroSafe, watched }: CompileChoice): CompiledRule {
  const tensorwise = isTensorwise(spec);
  const { outputs, gradientNorm } = bindUpdate(spec, ANY_SHAPE, { zeroSafe, givenNorm: tensorwise });
  const slots = Object.keys(slotStarts(spec));
  const asksNorm = tensorwise && gradientNorm !== undefined;
  const scalars = [...scalarNames(spec), ...(asksNorm ? ["g_norm"] : [])];
  const vectors = ["w", "g", ...slots];
  const point = (text: string, whole: (steps: Operand) => Expr): FusedKernel => {
    const outputs = { point: bindPoint(spec, text, ANY_SHAPE, whole) };
    return fuse({ dtype, vectors: ["w", ...slots], scalars: scalarNames(spec), outputs });
  };
  const isFused = isFusable(outputs);
  // The lengths of a gradient's tensors do not make the whole one's.
  const watches = watched && isFused && !tensorwise;
  const checked = withCheck(outputs, { apart: tensorwise });
  const kernel = isFused
    ? fuse({ dtype, vectors, scalars, outputs: watches ? withWatch(checked, ANY_SHAPE) : checked })
    : undefined;
  const names = kernel?.scalars ?? [...scalars, ALL_FINITE];
  const interpretedFor = (shape: Shape): Kernel => {
    const { outputs } = bindUpdate(spec, shape, { zeroSafe, givenNorm: tensorwise });
    return interpreted(names, withCheck(outputs, { apart: tensorwise }));
  };
  return {
    tensorwise,
    update: (shape) => kernel ?? interpretedFor(shape),
    scalars: names,
    fused: isFused,
    watches,
    ...(isFused ? { foresee: foresight(outputs, dtype) } : {}),
    ...(asksNorm
      ? {
          gradientNorm: fuse({
            dtype,
            vectors: ["g", ...slots],
            scalars: scalarNames(spec),
            outputs: { g_norm: gradientNorm },
          }),
        }
      : {}),
    ...(spec.lookahead === undefined ? {} : { lookahead: point(spec.lookahead, ceil) }),
    ...(spec.average === undefined ? {} : { average: point(spec.average, floor) }),
  };
}

/** The largest size of any number of g: not finite where one of them is not. */
export const largestOf = (dtype: DType): Kernel =>
  fuse({ dtype, vectors: ["g"], scalars: [], outputs: { largest: maxOf(abs(input("g", ANY_SHAPE))) } });

/** The highest number of g, and of −g: not finite where one of them is not. */
export const extremesOf = (dtype: DType): Kernel => {
  const g = input("g", ANY_SHAPE);
  return fuse({ dtype, vectors: ["g"], scalars: [], outputs: { highest: maxOf(g), lowest: maxOf(neg(g)) } });
};

/** ‖g‖. */
export const lengthOf = (dtype: DType): Kernel =>
  fuse({ dtype, vectors: ["g"], scalars: [], outputs: { length: norm(input("g", ANY_SHAPE)) } });
