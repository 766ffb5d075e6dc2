import type { Kernel } from "../compile/fuse/index.ts";
import type { Arena } from "../compile/memory.ts";
import type { Vector } from "../expr/array.ts";
import { evaluate } from "../expr/evaluate.ts";
import type { Layout } from "../expr/layout.ts";
import type { DType } from "../expr/node.ts";
import { sizeOf } from "../expr/shape.ts";
import { type CompiledRule, compileRule, largestOf, type Pass, type Vectors } from "./compiled.ts";
import { domainOf, type Hyper, valueAt } from "./hyper.ts";
import type { RuleSpec } from "./rule.ts";
import { checkAlike, dtypeOf, isVector, type State, zerosLike } from "./state.ts";
import { bindStart, slotStarts } from "./update.ts";

/** Does its work each time it is called: reads and writes the vectors that it was made for, in place. */
export type Stepper = () => void;

export interface BindOptions {
  /** The tensors that w is made of. Rules with norms work on each for itself; without a layout, w is one tensor. */
  readonly layout?: Layout;
  /** The memory that w, g and the slots lie in, where they all do: then nothing is copied. */
  readonly arena?: Arena;
}

/** A point that a rule computes from w and its state. */
export interface Point {
  /** Written to `to`, or to a new vector. */
  at(w: Vector, state: State, to?: Vector): Vector;
  /** The same for loops. */
  bind(w: Vector, state: State, to: Vector, arena?: Arena): Stepper;
}

/** An update rule with its hyper-parameters set. It keeps nothing itself: all that changes is in the state. */
export interface Optimizer {
  readonly name: string;
  readonly spec: RuleSpec;
  readonly hyper: Hyper;
  /** The names of the vectors that the state holds. */
  readonly slots: readonly string[];
  /**
   * The state before the first step: t = 0, and slots of w's type and length. `vector` makes them, where they are to lie
   * in a memory of the caller's. Throws where w is not finite.
   */
  init(w: Vector, vector?: () => Vector): State;
  /**
   * One step: w and the state change in place, state.t grows by 1. Throws where w, g and state do not belong together,
   * and, before anything changes, where g is not finite.
   */
  step(w: Vector, g: Vector, state: State, layout?: Layout): void;
  /** The same step, for loops: checked once, then called without arguments. The caller sees to it that g is finite. */
  bind(w: Vector, g: Vector, state: State, options?: BindOptions): Stepper;
  /** Where the gradient of the next step is wanted, for rules that look ahead; absent where it is w. */
  readonly lookahead?: Point;
  /** The weights to evaluate and keep, for rules that average them; absent where they are w. */
  readonly average?: Point;
}

/** What is compiled once for all optimizers of a rule. */
export interface Programs {
  compiled(dtype: DType, zeroSafe: boolean): CompiledRule;
  largest(dtype: DType): Kernel;
}

export function programsOf(spec: RuleSpec): Programs {
  const compiled = new Map<string, CompiledRule>();
  const largest = new Map<DType, Kernel>();
  return {
    compiled: (dtype, zeroSafe) => remember(compiled, `${dtype} ${zeroSafe}`, () => compileRule(spec, dtype, zeroSafe)),
    largest: (dtype) => remember(largest, dtype, () => largestOf(dtype)),
  };
}

function remember<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}

export function optimizerOf(spec: RuleSpec, hyper: Hyper, programs: Programs): Optimizer {
  const slots = Object.keys(slotStarts(spec));
  // Without eps a weight that never had a gradient would become 0/0.
  const zeroSafe = "eps" in hyper && hyper.eps === 0;
  const compiledFor = (w: Vector): CompiledRule => programs.compiled(dtypeOf(w), zeroSafe);

  const hyperAt = (t: number): Record<string, number> =>
    Object.fromEntries(
      Object.entries(hyper).map(([name, value]) => [
        name,
        valueAt(spec.name, name, value, t, domainOf(name, spec.domains)),
      ]),
    );

  const init: Optimizer["init"] = (w, vector = () => zerosLike(w)) => {
    if (!isVector(w)) throw new TypeError(`${spec.name}: w must be a Float32Array or Float64Array`);
    checkFinite(programs.largest(dtypeOf(w)), "w", w, `${spec.name}: `);
    const state: State = { t: 0, ...spec.scalars };
    const numbers = hyperAt(1);
    for (const [name, start] of Object.entries(slotStarts(spec))) {
      const slot = vector();
      const [{ data }] = evaluate([bindStart(spec, start, [w.length])], { w, ...numbers });
      if (data.length === 1) slot.fill(data[0]);
      else slot.set(data);
      state[name] = slot;
    }
    return state;
  };

  /** Writes the scalars of step t, runs, and reads back those that the rule keeps. */
  const withScalars = (names: readonly string[], state: State, run: (scalars: Float64Array) => void) => {
    const scalars = new Float64Array(names.length);
    const kept = Object.keys(spec.scalars ?? {}).map((name) => [name, names.indexOf(name)] as const);
    const fixed = names.map((name, i) => [i, hyper[name]] as const);
    for (const [i, value] of fixed) if (typeof value === "number") scalars[i] = value;
    const scheduled = names.flatMap((name, i) => (typeof hyper[name] === "function" ? [[name, i] as const] : []));
    const at = names.indexOf("t");
    return (t: number): void => {
      scalars[at] = t;
      for (const [name, i] of scheduled)
        scalars[i] = valueAt(spec.name, name, hyper[name], t, domainOf(name, spec.domains));
      for (const [name, i] of kept) scalars[i] = Number(state[name]);
      run(scalars);
      for (const [name, i] of kept) state[name] = scalars[i];
    };
  };

  const bind: Optimizer["bind"] = (w, g, state, { layout, arena } = {}) => {
    const vectors = vectorsOf(spec.name, slots, w, g, state);
    const { update, tensorwise, gradientNorm } = compiledFor(w);
    const parts = tensorwise && layout !== undefined ? layout : [{ shape: [w.length], offset: 0 }];
    const runs = parts.map(({ shape, offset }) =>
      update.bind(tensorwise ? partsOf(vectors, offset, sizeOf(shape)) : vectors, shape, arena),
    );
    const norm = gradientNorm?.bind(vectors, [w.length], arena);
    const normAt = update.scalars.indexOf("g_norm");
    const step = withScalars(update.scalars, state, (scalars) => {
      if (norm !== undefined && gradientNorm !== undefined)
        scalars[normAt] = alongside(gradientNorm, norm, update, scalars);
      if (runs.length === 1) runs[0](scalars);
      else runEach(runs, scalars);
    });
    return () => {
      const t = state.t + 1;
      step(t);
      state.t = t;
    };
  };

  const pointOf = (choose: (rule: CompiledRule) => Pass | undefined, ahead: number): Point => {
    const bindPoint: Point["bind"] = (w, state, to, arena) => {
      checkAlike("the point", to, w);
      const pass = choose(compiledFor(w));
      if (pass === undefined) throw new Error(`${spec.name} names no such point`);
      const run = pass.bind({ ...vectorsOf(spec.name, slots, w, w, state), point: to }, [w.length], arena);
      const compute = withScalars(pass.scalars, state, run);
      return () => compute(state.t + ahead);
    };
    return {
      bind: bindPoint,
      at: (w, state, to = zerosLike(w)) => {
        bindPoint(w, state, to)();
        return to;
      },
    };
  };

  return {
    name: spec.name,
    spec,
    hyper,
    slots,
    init,
    bind,
    step: (w, g, state, layout) => {
      checkAlike(`${spec.name}: g`, g, w);
      checkFinite(programs.largest(dtypeOf(g)), "g", g, `${spec.name}, step ${state.t + 1}: `);
      bind(w, g, state, layout === undefined ? {} : { layout })();
    },
    ...(spec.lookahead === undefined ? {} : { lookahead: pointOf((rule) => rule.lookahead, 1) }),
    ...(spec.average === undefined ? {} : { average: pointOf((rule) => rule.average, 0) }),
  };
}

/** Each tensor starts from the same scalars, and leaves the same. */
function runEach(runs: readonly ((scalars: Float64Array) => void)[], scalars: Float64Array): void {
  const before = scalars.slice();
  for (const run of runs) {
    scalars.set(before);
    run(scalars);
  }
}

/** Runs the gradient's norm with the update's scalars and returns it. */
function alongside(pass: Pass, run: (scalars: Float64Array) => void, update: Pass, scalars: Float64Array): number {
  const own = Float64Array.from(pass.scalars, (name) => scalars[update.scalars.indexOf(name)]);
  run(own);
  return own[pass.scalars.indexOf("g_norm")];
}

function vectorsOf(name: string, slots: readonly string[], w: Vector, g: Vector, state: State): Vectors {
  if (g !== w) checkAlike(`${name}: g`, g, w);
  const kept = slots.map((slot): [string, Vector] => {
    const vector = state[slot];
    if (!isVector(vector)) throw new TypeError(`${name}: the state has no vector ${slot}; make it with init(w)`);
    checkAlike(`${name}: state.${slot}`, vector, w);
    return [slot, vector];
  });
  return { w, g, ...Object.fromEntries(kept) };
}

const partsOf = (vectors: Vectors, offset: number, size: number): Vectors =>
  Object.fromEntries(Object.entries(vectors).map(([name, vector]) => [name, vector.subarray(offset, offset + size)]));

function checkFinite(largest: Kernel, name: string, vector: Vector, where: string): void {
  if (vector.length === 0) return;
  const result = new Float64Array(1);
  largest.run({ g: vector }, result);
  if (Number.isFinite(result[0])) return;
  const at = vector.findIndex((x) => !Number.isFinite(x));
  throw new RangeError(`${where}${name}[${at}] is ${vector[at]}; nothing was changed`);
}
