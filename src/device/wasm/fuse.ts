import type { DType, Vector } from "../../expr/index.ts";
import type { Views } from "../device.ts";
import type { Accept, BoundKernel, Kernel, TiedKernel } from "../kernel.ts";
import type { Arena } from "../memory.ts";
import { Instance } from "./instance.ts";
import { type Compiled, compile } from "./module.ts";
import { keepNormsInRange } from "./norms.ts";
import { type Plan, planOf, type Strategy } from "./plan.ts";
import type { Source } from "./source.ts";
import { checkSpare, checkVectors } from "./vectors.ts";
import { Workspace } from "./workspace.ts";

/**
 * Compiles an element-wise program into one WebAssembly SIMD loop: two float64 or four float32 elements at a time, each read
 * once and written once. Expressions of scalars only are computed before the loop, in float64. Sums and other totals
 * of whole vectors are allowed: each time one must wait for another, or a result for it, there is one more loop.
 *
 * In float64 the results equal `evaluate`'s to the last bit, except that totals are summed in another order. In float32
 * every operation on a vector rounds once, a scalar rounds once when combined with a vector, and division of a vector by a
 * scalar multiplies by its reciprocal.
 *
 * Throws a RangeError if an operator is not element-wise (see `isFusable`), a ReferenceError for an undeclared input.
 */
export function fuse(source: Source): FusedKernel {
  const names = Object.keys(source.outputs);
  const outputs = keepNormsInRange(Object.values(source.outputs), source.dtype);
  return new FusedKernel({ ...source, outputs: Object.fromEntries(names.map((name, i) => [name, outputs[i]])) });
}

/** A plan as code. */
interface Variant {
  readonly plan: Plan;
  readonly compiled: Compiled;
  readonly instances: WeakMap<Arena, Instance>;
}

const variantOf = (plan: Plan): Variant => ({ plan, compiled: compile(plan), instances: new WeakMap() });

function instanceIn(arena: Arena, { plan, compiled, instances }: Variant): Instance {
  const known = instances.get(arena) ?? new Instance(plan, compiled, arena);
  instances.set(arena, known);
  return known;
}

/** A fused program, ready to run on any number of vectors. */
export class FusedKernel implements Kernel {
  readonly dtype: DType;
  /** Names of the vectors: inputs in declaration order, then results that are not inputs. */
  readonly vectors: readonly string[];
  /** Names of the scalars in the same order, which is that of calls. */
  readonly scalars: readonly string[];
  readonly #source: Source;
  /** By their strategy for values that several loops need. */
  readonly #variants = new Map<Strategy, Variant>();
  #workspace: Workspace | undefined;

  constructor(source: Source) {
    this.#source = source;
    const { plan } = this.#variant("again");
    this.dtype = plan.dtype;
    this.vectors = plan.vectors;
    this.scalars = plan.scalars;
  }

  /**
   * Binds the kernel to vectors of an arena, or parts of them: a call then works in place and only copies the scalars. Calls
   * of one kernel in one arena share the cells for scalars.
   *
   * `spare` is space for values that one loop computes and a later one needs again: an extra vector, or one of the kernel's
   * that is not needed afterwards. Its contents are undefined after a call.
   */
  bind(arena: Arena, vectors: Views, spare?: Vector): BoundKernel {
    const length = this.#check(vectors);
    const { variant, addresses } = this.#inPlace(arena, vectors, spare);
    const instance = instanceIn(arena, variant);
    const { all } = instance.place(addresses);
    return (scalars) => {
      instance.enter(scalars);
      all(length);
      instance.leave(scalars);
    };
  }

  /**
   * The same with the caller's own cells for scalars, in the arena's memory: for programs that run a million times on a few
   * numbers, where copying would take longer than computing.
   */
  tie(arena: Arena, vectors: Views, spare?: Vector): TiedKernel {
    const length = this.#check(vectors);
    const { variant, addresses } = this.#inPlace(arena, vectors, spare);
    const instance = new Instance(variant.plan, variant.compiled, arena);
    const call = instance.callOfAll(addresses, length);
    return { scalars: instance.scalars, run: call.function.bind(undefined, ...call.values), call };
  }

  /**
   * Runs over vectors in any memory, copying them chunk by chunk through the kernel's own small memory. With `accept`, the
   * vectors only change if it accepts the resulting scalars; long ones are computed twice.
   */
  run(vectors: Views, scalars: Float64Array, accept?: Accept): void {
    const length = this.#check(vectors);
    const { plan, compiled } = this.#variant("again");
    this.#workspace ??= new Workspace(plan, compiled);
    this.#workspace.run(vectors, length, scalars, accept);
  }

  /** The variant that these vectors allow, and the addresses for its functions. */
  #inPlace(arena: Arena, vectors: Views, spare: Vector | undefined) {
    const addresses = this.vectors.map((name) => arena.address(vectors[name]));
    if (spare === undefined) return { variant: this.#variant("early"), addresses };
    const [of, room] = [checkSpare(this.vectors, vectors, spare, this.dtype), arena.address(spare)];
    const variant = this.#variant("spare");
    if (!variant.plan.keeps) return { variant, addresses };
    if (of !== undefined && !variant.plan.lenders.includes(of)) return { variant: this.#variant("early"), addresses };
    return { variant, addresses: [...addresses, room] };
  }

  /** A program of one loop has one variant. */
  #variant(strategy: Strategy): Variant {
    const known = this.#variants.get(strategy);
    if (known !== undefined) return known;
    const again = this.#variants.get("again");
    const made =
      again !== undefined && again.plan.sweeps.length < 2 ? again : variantOf(planOf(this.#source, strategy));
    this.#variants.set(strategy, made);
    return made;
  }

  /** The vectors' length. */
  #check(vectors: Views): number {
    const length = checkVectors(this.vectors, this.dtype, vectors);
    if (length === 0) this.#checkElements();
    return length;
  }

  #checkElements(): void {
    for (const { totals } of this.#variant("again").plan.sweeps)
      for (const { node, reduction } of totals)
        if (reduction.needsElements)
          throw new RangeError(`kernel: ${node.operator.name} needs at least one element; the vectors are empty`);
  }
}
