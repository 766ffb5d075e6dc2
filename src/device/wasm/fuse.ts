import type { DType, Vector } from "../../expr/index.ts";
import type { Views } from "../device.ts";
import type { Accept, BoundKernel, Kernel, TiedKernel } from "../kernel.ts";
import type { Arena } from "../memory.ts";
import { Instance } from "./instance.ts";
import { type Compiled, compile } from "./module.ts";
import { keepNormsInRange } from "./norms.ts";
import { type Plan, planOf, type Way } from "./plan.ts";
import type { Source } from "./source.ts";
import { checkSpare, checkVectors } from "./vectors.ts";
import { Workspace } from "./workspace.ts";

/**
 * Compiles an element-wise program into one WebAssembly SIMD loop: two float64 or four float32 numbers at a time, read
 * once and written once. What depends on scalars alone is computed before the loop, in float64. Sums and other totals
 * of whole vectors may be used: where one has to wait for another, or a result for it, there is one more loop.
 *
 * In float64 the results equal `evaluate`'s to the last bit, except that totals are summed in another order. In float32
 * every operation on a vector rounds once, a scalar rounds once where it meets a vector, and a vector is divided by a
 * scalar by multiplying with its reciprocal.
 *
 * Throws a RangeError where an operator is not element-wise (`isFusable` tells), a ReferenceError for an input that is
 * not declared.
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
  /** Names of the vectors: inputs in the order they were declared, then results that are no inputs. */
  readonly vectors: readonly string[];
  /** Names of the scalars, likewise: the order in which calls take them. */
  readonly scalars: readonly string[];
  readonly #source: Source;
  /** By what is to become of values that several loops need. */
  readonly #variants = new Map<Way, Variant>();
  #workspace: Workspace | undefined;

  constructor(source: Source) {
    this.#source = source;
    const { plan } = this.#variant("again");
    this.dtype = plan.dtype;
    this.vectors = plan.vectors;
    this.scalars = plan.scalars;
  }

  /**
   * Ties the kernel to vectors of an arena, or parts of them: a call then works in place and copies nothing but the
   * scalars. Calls of one kernel in one arena share the cells that scalars are passed through.
   *
   * `spare` is room for what one loop computes and a later one wants again: a vector more, or one of the kernel's that
   * nobody wants afterwards. It may be left in any state.
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
   * The same with cells for the scalars that are its caller's alone, in the arena's memory: for programs that run a
   * million times on a few numbers, where copying takes longer than computing.
   */
  tie(arena: Arena, vectors: Views, spare?: Vector): TiedKernel {
    const length = this.#check(vectors);
    const { variant, addresses } = this.#inPlace(arena, vectors, spare);
    const instance = new Instance(variant.plan, variant.compiled, arena);
    const call = instance.callOfAll(addresses, length);
    return { scalars: instance.scalars, run: call.function.bind(undefined, ...call.values), call };
  }

  /**
   * Runs over vectors anywhere: they pass through a small memory of the kernel's own, chunk by chunk. Where `accept` is
   * given, the vectors change only if it says yes to the scalars as they are afterwards; long ones are computed twice.
   */
  run(vectors: Views, scalars: Float64Array, accept?: Accept): void {
    const length = this.#check(vectors);
    const { plan, compiled } = this.#variant("again");
    this.#workspace ??= new Workspace(plan, compiled);
    this.#workspace.run(vectors, length, scalars, accept);
  }

  /** The variant that a place allows, and the addresses that its functions take. */
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
  #variant(way: Way): Variant {
    const known = this.#variants.get(way);
    if (known !== undefined) return known;
    const again = this.#variants.get("again");
    const made = again !== undefined && again.plan.sweeps.length < 2 ? again : variantOf(planOf(this.#source, way));
    this.#variants.set(way, made);
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
          throw new RangeError(`kernel: ${node.operator.name} needs numbers; the vectors are empty`);
  }
}
