import type { Arena } from "../device/memory.ts";
import { type Accept, fuse, isFusable, type Kernel, type TiedKernel } from "../device/wasm/index.ts";
import type { Vector } from "../expr/array.ts";
import { evaluate } from "../expr/evaluate.ts";
import { type DType, type Expr, input, type Operand } from "../expr/node.ts";
import { abs, ceil, floor, maxOf, neg, norm } from "../expr/operators/index.ts";
import type { Shape } from "../expr/shape.ts";
import { ALL_FINITE, withCheck } from "./finite.ts";
import { type Foresee, foresight } from "./foresight.ts";
import type { RuleSpec } from "./rule.ts";
import { bindPoint, bindUpdate, isTensorwise, scalarNames, slotStarts } from "./update.ts";
import { withWatch } from "./watch.ts";

/** Vectors by name: parts of w, g and the slots that belong together. */
export type Vectors = Readonly<Record<string, Vector>>;

/** Something that computes over named vectors, in place. Scalars come in the order of `scalars`; results go back there. */
export interface Pass {
  readonly scalars: readonly string[];
  /**
   * Prepared for vectors that stay: with an arena that owns them, a run copies nothing. `spare` is a vector more for what
   * would have to be computed twice, or one of them that is not wanted afterwards.
   */
  bind(vectors: Vectors, shape: Shape, arena?: Arena, spare?: Vector): (scalars: Float64Array) => void;
  /** The same with scalars of its own that nobody copies; undefined where the vectors do not lie in the arena. */
  tie(vectors: Vectors, arena?: Arena, spare?: Vector): TiedKernel | undefined;
  /** Runs once. The vectors change only if `accept` says yes to the scalars as they are afterwards. */
  attempt(vectors: Vectors, shape: Shape, scalars: Float64Array, accept: Accept): void;
}

/** A rule's programs for one float type. */
export interface CompiledRule {
  /** Whether the update runs tensor by tensor. */
  readonly tensorwise: boolean;
  /** It says in its scalar `ALL_FINITE` whether all that it stored is finite. */
  readonly update: Pass;
  /** What can be known of a step beforehand; a fused one's. */
  readonly foresee?: Foresee;
  /** Whether a fused loop computes it: the interpreter takes what is left, matrix products above all. */
  readonly fused: boolean;
  /** Whether the update tells what a `Watch` wants, in the results `BEFORE` and `GRADIENT_NORM`. */
  readonly watches: boolean;
  /** The length of the whole gradient, where a tensor-by-tensor update asks for it. */
  readonly gradientNorm?: Pass;
  readonly lookahead?: Pass;
  readonly average?: Pass;
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
  const scalars = [...scalarNames(spec), ...(tensorwise && gradientNorm !== undefined ? ["g_norm"] : [])];
  const vectors = ["w", "g", ...slots];
  const point = (text: string, whole: (steps: Operand) => Expr): Pass =>
    fused(
      fuse({
        dtype,
        vectors: ["w", ...slots],
        scalars: scalarNames(spec),
        outputs: { point: bindPoint(spec, text, ANY_SHAPE, whole) },
      }),
    );
  const fusable = isFusable(outputs);
  // The lengths of a gradient's tensors do not make the whole one's.
  const watches = watched && fusable && !tensorwise;
  const checked = withCheck(outputs, { apart: tensorwise });
  const update = fusable
    ? fused(fuse({ dtype, vectors, scalars, outputs: watches ? withWatch(checked, ANY_SHAPE) : checked }))
    : interpreted([...scalars, ALL_FINITE], (shape) =>
        withCheck(bindUpdate(spec, shape, { zeroSafe, givenNorm: tensorwise }).outputs, { apart: tensorwise }),
      );
  return {
    tensorwise,
    update,
    fused: fusable,
    ...(fusable ? { foresee: foresight(outputs, dtype) } : {}),
    watches,
    ...(tensorwise && gradientNorm !== undefined
      ? {
          gradientNorm: fused(
            fuse({
              dtype,
              vectors: vectors.filter((name) => name !== "w"),
              scalars: scalarNames(spec),
              outputs: { g_norm: gradientNorm },
            }),
          ),
        }
      : {}),
    ...(spec.lookahead === undefined ? {} : { lookahead: point(spec.lookahead, ceil) }),
    ...(spec.average === undefined ? {} : { average: point(spec.average, floor) }),
  };
}

/** One WebAssembly loop. */
const fused = (kernel: Kernel): Pass => {
  const ownOf = (vectors: Vectors): Vectors => Object.fromEntries(kernel.vectors.map((name) => [name, vectors[name]]));
  return {
    scalars: kernel.scalars,
    bind: (vectors, _, arena, spare) => {
      const own = ownOf(vectors);
      return arena !== undefined && liesIn(arena, own)
        ? kernel.bind(arena, own, spare)
        : (scalars) => kernel.run(own, scalars);
    },
    tie: (vectors, arena, spare) => {
      const own = ownOf(vectors);
      return arena !== undefined && liesIn(arena, own) ? kernel.tie(arena, own, spare) : undefined;
    },
    attempt: (vectors, _, scalars, accept) => kernel.run(ownOf(vectors), scalars, accept),
  };
};

const liesIn = (arena: Arena, vectors: Vectors): boolean =>
  Object.values(vectors).every((vector) => arena.owns(vector));

/** The reference interpreter, for rules with matrix products and other whole-tensor operators. It stores all or nothing. */
const interpreted = (names: readonly string[], build: (shape: Shape) => Readonly<Record<string, Expr>>): Pass => {
  const run = (
    outputs: Readonly<Record<string, Expr>>,
    vectors: Vectors,
    scalars: Float64Array,
    accept: Accept = allFinite,
  ): void => {
    const numbers = Object.fromEntries(names.map((name, i) => [name, scalars[i]]));
    const values = evaluate(Object.values(outputs), { ...vectors, ...numbers });
    const results = Object.keys(outputs).map((name, i) => [name, values[i].data] as const);
    const stored = results.flatMap(([name, data]) => (name in vectors ? [[vectors[name], data] as const] : []));
    for (const [name, [x]] of results) if (!(name in vectors)) scalars[names.indexOf(name)] = x;
    if (!stored.every(fits)) scalars[names.indexOf(ALL_FINITE)] = Number.NaN;
    if (accept(scalars)) for (const [vector, data] of stored) vector.set(data);
  };
  const allFinite: Accept = (scalars) => scalars[names.indexOf(ALL_FINITE)] === 0;
  return {
    scalars: names,
    bind: (vectors, shape) => {
      const outputs = build(shape);
      return (scalars) => run(outputs, vectors, scalars);
    },
    tie: () => undefined,
    attempt: (vectors, shape, scalars, accept) => run(build(shape), vectors, scalars, accept),
  };
};

/** Whether numbers are finite in the vector's type, too. */
const fits = ([vector, data]: readonly [Vector, Float64Array]): boolean =>
  data.every(vector instanceof Float32Array ? (x) => Number.isFinite(Math.fround(x)) : Number.isFinite);

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
