import type { Arena } from "../device/memory.ts";
import type { Accept, Kernel } from "../device/wasm/index.ts";
import type { Vector } from "../expr/array.ts";
import type { Layout } from "../expr/layout.ts";
import { type Shape, sizeOf } from "../expr/shape.ts";
import { type CompiledRule, lengthOf, type Pass, type Vectors } from "./compiled.ts";
import { ALL_FINITE } from "./finite.ts";
import type { Memory, Ranges } from "./foresight.ts";
import { only, rangeOf } from "./range.ts";
import type { Chosen, ScalarsOf } from "./scalars.ts";
import { checkAlike, dtypeOf, isVector, type State } from "./state.ts";
import { inPlace, type Step } from "./stepper.ts";
import { BEFORE, GRADIENT_NORM, type Watch } from "./watch.ts";

/** A rule, compiled for the vectors' type. */
export interface Ready extends Chosen {
  readonly slots: readonly string[];
  readonly compiled: CompiledRule;
  /** Count 0/0 as 0. */
  readonly zeroSafe: boolean;
  /** The update's scalars. */
  readonly scalars: ScalarsOf;
  readonly memory: Memory;
}

/** What a step reads and writes. */
export interface Place {
  readonly w: Vector;
  readonly g: Vector;
  readonly state: State;
  readonly layout?: Layout | undefined;
  readonly arena?: Arena | undefined;
  readonly watch?: Watch | undefined;
  readonly spare?: Vector | undefined;
}

/** A step that is prepared once and taken many times, in place: each call says whether all new numbers are finite. */
export function boundStep(rule: Ready, place: Place): Step {
  const step = stepOver(rule, place);
  if (place.watch === undefined || rule.compiled.watches) return step;
  const look = besides(place, place.watch);
  return () => {
    look();
    return step();
  };
}

function stepOver(rule: Ready, place: Place): Step {
  const { update } = rule.compiled;
  const parts = partsOf(rule, place);
  const tied = parts.length === 1 ? update.tie(parts[0].vectors, place.arena, parts[0].spare) : undefined;
  if (tied !== undefined) {
    const { run, scalars } = tied;
    const work: Work = (_, isSound) => {
      run();
      return isSound();
    };
    const isAll = rule.compiled.gradientNorm === undefined && place.watch === undefined;
    return Object.assign(stepOf(rule, place, work, scalars), {
      inPlace: isAll ? inPlace(rule, update.scalars, tied) : undefined,
    });
  }
  const runs = parts.map(({ vectors, shape, spare }) => update.bind(vectors, shape, place.arena, spare));
  return stepOf(rule, place, (values, isSound) => overEach(runs, values, (run) => run(values), isSound));
}

/** Looks at w and g before a step that cannot tell of them itself. */
export function besides({ w, g, arena }: Place, watch: Watch): () => void {
  const kernel = lengthOf(dtypeOf(g));
  const length = arena?.owns(g) ? kernel.bind(arena, { g }) : (result: Float64Array) => kernel.run({ g }, result);
  const result = new Float64Array(1);
  return () => {
    watch.before.set(w);
    length(result);
    [watch.gradientNorm] = result;
  };
}

/** What is to know of g, and how to look at the other vectors. */
export interface Outlook {
  /** The largest size of a number of g. */
  readonly largest: number;
  readonly extremes: () => Kernel;
}

/** Vectors that are longer are worth a proof; shorter ones fit into the kernel's small memory. */
const LONG = 4096;

/**
 * One step that changes nothing where a new number would not be finite; it says whether it was taken. Long vectors are
 * computed once where it is known beforehand that all will be finite, else twice.
 */
export function attemptStep(rule: Ready, place: Place, outlook: Outlook): boolean {
  const { update } = rule.compiled;
  const parts = partsOf(rule, place);
  const step = stepOf(rule, place, (values, isSound) => {
    if (place.w.length > LONG && isSafe(rule, place, values, outlook)) {
      const sound = overEach(parts, values, ({ vectors, shape }) => update.bind(vectors, shape)(values), isSound);
      if (sound) return true;
      throw new RangeError(
        `${rule.spec.name}, step ${place.state.t + 1}: w or the state was changed between steps, to numbers that no step leads to; they are spoilt now. Begin again with init(w), or with a saved state`,
      );
    }
    const run = (accept: Accept): boolean =>
      overEach(parts, values, ({ vectors, shape }) => update.attempt(vectors, shape, values, accept), isSound);
    if (parts.length === 1) return run(isSound);
    // No tensor takes its step before all are known to be able to.
    const given = values.slice();
    if (!run(() => false)) return false;
    values.set(given);
    return run(isSound);
  });
  return step();
}

/** Whether a step from these numbers is known to end in finite ones; what it can end in is kept for the next step. */
function isSafe(
  { slots, compiled, memory }: Ready,
  { w, state }: Place,
  values: Float64Array,
  outlook: Outlook,
): boolean {
  const { foresee, update } = compiled;
  if (foresee === undefined || memory.isPaused(state)) return false;
  const vectors = [w, ...slots.map((name) => state[name]).filter(isVector)];
  const after = (ranges: Ranges): Ranges | undefined =>
    foresee((name) => {
      if (name === "g") return rangeOf(-outlook.largest, outlook.largest);
      return ranges.get(name) ?? only(values[update.scalars.indexOf(name)]);
    }, w.length);
  const known = memory.recall(state, vectors);
  const foreseen = known === undefined ? undefined : after(known);
  const ranges = foreseen === undefined ? measured(["w", ...slots], vectors, outlook.extremes()) : (known ?? new Map());
  const next = foreseen ?? after(ranges);
  // A rule need not write all its vectors in each step.
  if (next !== undefined) memory.remember(state, { t: state.t + 1, vectors, ranges: new Map([...ranges, ...next]) });
  else memory.pause(state);
  return next !== undefined;
}

function measured(names: readonly string[], vectors: readonly Vector[], extremes: Kernel): Ranges {
  const result = new Float64Array(2);
  const ranges = vectors.map((vector, i) => {
    extremes.run({ g: vector }, result);
    return [names[i], rangeOf(-result[1], result[0])] as const;
  });
  return new Map(ranges);
}

/** One tensor's parts of the vectors; the whole vectors where each number is taken for itself. */
export interface Part {
  readonly vectors: Vectors;
  readonly shape: Shape;
  readonly spare?: Vector | undefined;
}

export function partsOf(
  { spec, slots, compiled }: Ready,
  { w, g, state, layout, watch, spare }: Place,
): readonly Part[] {
  if (spare !== undefined && spare !== g) checkAlike(`${spec.name}: spare`, spare, w);
  if (watch !== undefined) checkAlike(`${spec.name}: watch.before`, watch.before, w);
  const own = vectorsOf(spec.name, slots, w, g, state);
  const vectors = watch !== undefined && compiled.watches ? { ...own, [BEFORE]: watch.before } : own;
  if (!compiled.tensorwise || layout === undefined) return [{ vectors, shape: [w.length], spare }];
  return layout.map(({ shape, offset }) => {
    const end = offset + sizeOf(shape);
    const parts = Object.entries(vectors).map(([name, vector]) => [name, vector.subarray(offset, end)] as const);
    return { vectors: Object.fromEntries(parts), shape, spare: spare?.subarray(offset, end) };
  });
}

/** Runs over the parts, and says whether all that it made is finite. */
type Work = (values: Float64Array, isSound: () => boolean) => boolean;

/** Sees to the scalars around the work. They and state.t move on only with a step whose numbers are all finite. */
function stepOf(rule: Ready, place: Place, work: Work, cells?: Float64Array): () => boolean {
  const { state, watch } = place;
  const { scalars: names } = rule.compiled.update;
  const scalars = rule.scalars(state, cells);
  const { values } = scalars;
  const norm = normOf(rule, place);
  const [normAt, flagAt, lengthAt] = ["g_norm", ALL_FINITE, GRADIENT_NORM].map((name) => names.indexOf(name));
  const isSound = (): boolean => values[flagAt] === 0 && scalars.areFinite();
  return () => {
    const t = state.t + 1;
    scalars.set(t);
    if (norm !== undefined) values[normAt] = norm(values);
    const sound = work(values, isSound);
    if (watch !== undefined && lengthAt >= 0) watch.gradientNorm = values[lengthAt];
    if (!sound) return false;
    scalars.keep();
    state.t = t;
    return true;
  };
}

/** The length of the whole gradient, from the update's scalars, for rules that need it tensor by tensor. */
export function normOf({ spec, slots, compiled }: Ready, { w, g, state, arena }: Place) {
  const { gradientNorm, update } = compiled;
  if (gradientNorm === undefined) return undefined;
  const run = gradientNorm.bind(vectorsOf(spec.name, slots, w, g, state), [w.length], arena);
  return (values: Float64Array): number => alongside(gradientNorm, run, update, values);
}

function alongside(pass: Pass, run: (scalars: Float64Array) => void, update: Pass, scalars: Float64Array): number {
  const own = Float64Array.from(pass.scalars, (name) => scalars[update.scalars.indexOf(name)]);
  run(own);
  return own[pass.scalars.indexOf("g_norm")];
}

/** Each part starts from the same scalars, and leaves the same. */
function overEach<T>(
  parts: readonly T[],
  values: Float64Array,
  run: (part: T) => void,
  isSound: () => boolean,
): boolean {
  if (parts.length === 1) {
    run(parts[0]);
    return isSound();
  }
  const before = values.slice();
  let sound = true;
  for (const part of parts) {
    values.set(before);
    run(part);
    sound = isSound() && sound;
  }
  return sound;
}

/** All vectors of a rule by name. Throws where one is missing, or unlike w. */
export function vectorsOf(name: string, slots: readonly string[], w: Vector, g: Vector, state: State): Vectors {
  if (g !== w) checkAlike(`${name}: g`, g, w);
  const kept = slots.map((slot): [string, Vector] => {
    const vector = state[slot];
    if (!isVector(vector)) throw new TypeError(`${name}: the state has no vector ${slot}; make it with init(w)`);
    checkAlike(`${name}: state.${slot}`, vector, w);
    return [slot, vector];
  });
  return { w, g, ...Object.fromEntries(kept) };
}
