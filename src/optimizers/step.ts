import type { Arena, BoundKernel, Kernel, Views } from "../device/index.ts";
import { dtypeOf, isVector, type Layout, type Shape, sizeOf, type Vector } from "../expr/index.ts";
import type { CompiledRule } from "./compiled.ts";
import { ALL_FINITE } from "./finite.ts";
import type { RangeMemory } from "./foresight.ts";
import { type ParameterGroup, type Scaling, scalingOf, spansOf, withScaling } from "./groups.ts";
import { lengthOf } from "./measures.ts";
import type { ConfiguredRule, ScalarsOf } from "./scalars.ts";
import { checkAlike, type State } from "./state.ts";
import { inPlace, type Step } from "./stepper.ts";
import { BEFORE, GRADIENT_NORM, type Watch } from "./watch.ts";

/** A configured rule, compiled for the vectors' type. */
export interface PreparedRule extends ConfiguredRule {
  readonly slots: readonly string[];
  readonly groups: readonly ParameterGroup[];
  readonly compiled: CompiledRule;
  /** Count 0/0 as 0. */
  readonly zeroSafe: boolean;
  /** The update's scalars. */
  readonly scalars: ScalarsOf;
  readonly memory: RangeMemory;
}

/** The vectors and the state that a step reads and writes. */
export interface StepData {
  readonly w: Vector;
  readonly g: Vector;
  readonly state: State;
  readonly layout?: Layout | undefined;
  readonly arena?: Arena | undefined;
  readonly watch?: Watch | undefined;
  readonly spare?: Vector | undefined;
}

/** A step that is prepared once and taken many times, in place: each call returns whether all new values are finite. */
export function boundStep(rule: PreparedRule, place: StepData): Step {
  const step = stepOver(rule, place);
  if (place.watch === undefined || rule.compiled.watches) return step;
  const look = recorderBefore(place, place.watch);
  return () => {
    look();
    return step();
  };
}

function stepOver(rule: PreparedRule, place: StepData): Step {
  const parts = partsOf(rule, place);
  const arena = arenaOf(rule, place);
  const [first] = parts;
  const isPlain = parts.length === 1 && first.scaling.length === 0;
  const tied = arena && isPlain ? first.update.tie?.(arena, first.vectors, first.spare) : undefined;
  if (tied !== undefined) {
    const { run, scalars } = tied;
    const work: Work = (_, isSound) => {
      run();
      return isSound();
    };
    const isAll = rule.compiled.gradientNorm === undefined && place.watch === undefined;
    return Object.assign(stepOf(rule, place, work, scalars), {
      inPlace: isAll ? inPlace(rule, rule.compiled.scalars, tied) : undefined,
    });
  }
  const runs = parts.map(({ update, vectors, spare, scaling }) => ({
    run: bound(update, vectors, arena, spare),
    scaling,
  }));
  return stepOf(rule, place, (values, isSound) => overEach(runs, values, ({ run }) => run(values), isSound));
}

/** Binds a kernel to vectors in the arena, or anywhere. */
const bound = (kernel: Kernel, vectors: Views, arena: Arena | undefined, spare?: Vector): BoundKernel =>
  arena === undefined ? (scalars) => kernel.run(vectors, scalars) : kernel.bind(arena, vectors, spare);

/** Records w and ‖g‖ before a step whose update does not do so itself. */
export function recorderBefore({ w, g, arena }: StepData, watch: Watch): () => void {
  const length = bound(lengthOf(dtypeOf(g)), { g }, arena?.owns(g) ? arena : undefined);
  const result = new Float64Array(1);
  return () => {
    watch.before.set(w);
    length(result);
    [watch.gradientNorm] = result;
  };
}

/**
 * One tensor: its update, and its slices of the vectors. If the update is element-wise, there is one part with the whole vectors, or
 * one for each stretch with the same factors.
 */
export interface Part {
  readonly update: Kernel;
  readonly vectors: Views;
  readonly shape: Shape;
  readonly scaling: Scaling;
  readonly spare?: Vector | undefined;
}

export function partsOf(rule: PreparedRule, place: StepData): readonly Part[] {
  const { spec, compiled, groups } = rule;
  const { w, g, layout, watch, spare } = place;
  if (spare !== undefined && spare !== g) checkAlike(`${spec.name}: spare`, spare, w);
  if (watch !== undefined) checkAlike(`${spec.name}: watch.before`, watch.before, w);
  const vectors = vectorsIn(rule, place);
  const isWhole = groups.length === 0 && (!compiled.tensorwise || layout === undefined);
  if (isWhole) {
    const shape = [w.length];
    return [{ update: compiled.update(shape), vectors, shape, spare, scaling: [] }];
  }
  return spansOf(spec.name, groups, layout, { apart: compiled.tensorwise }).map((span) => {
    const { shape, offset } = span;
    const end = offset + sizeOf(shape);
    const parts = Object.entries(vectors).map(([name, vector]) => [name, vector.subarray(offset, end)] as const);
    const own = { vectors: Object.fromEntries(parts), spare: spare?.subarray(offset, end) };
    // An update treats a tensor without axes as a vector of length 1.
    const axes = shape.length === 0 ? [1] : shape;
    return { update: compiled.update(axes), shape: axes, scaling: scalingOf(span, compiled.scalars), ...own };
  });
}

/** All vectors that an update reads and writes, by name. */
function vectorsIn({ spec, slots, compiled }: PreparedRule, { w, g, state, watch }: StepData): Views {
  const own = vectorsOf(spec.name, slots, w, g, state);
  return watch !== undefined && compiled.watches ? { ...own, [BEFORE]: watch.before } : own;
}

/** The arena, if all these vectors lie in it. */
const arenaOf = (rule: PreparedRule, place: StepData): Arena | undefined =>
  place.arena?.owns(...Object.values(vectorsIn(rule, place))) ? place.arena : undefined;

/** Runs the update on all parts, and returns whether all results are finite. */
export type Work = (values: Float64Array, isSound: () => boolean) => boolean;

/** Handles the scalars around the work. They and state.t change only if all new values are finite. */
export function stepOf(rule: PreparedRule, place: StepData, work: Work, cells?: Float64Array): () => boolean {
  const { state, watch } = place;
  const { scalars: names } = rule.compiled;
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

/** Computes the norm of the whole gradient from the update's scalars, for tensor-by-tensor rules that use it. */
export function normOf(rule: PreparedRule, place: StepData): ((scalars: Float64Array) => number) | undefined {
  const { gradientNorm, scalars: names } = rule.compiled;
  if (gradientNorm === undefined) return undefined;
  const run = bound(gradientNorm, vectorsIn(rule, place), arenaOf(rule, place));
  const taken = gradientNorm.scalars.map((name) => names.indexOf(name));
  const result = gradientNorm.scalars.indexOf("g_norm");
  return (scalars) => {
    const own = Float64Array.from(taken, (i) => scalars[i]);
    run(own);
    return own[result];
  };
}

/** Each part starts from the same scalars, but for those that its scaling multiplies, and ends with the same. */
export function overEach<T extends Pick<Part, "scaling">>(
  parts: readonly T[],
  values: Float64Array,
  run: (part: T) => void,
  isSound: () => boolean,
): boolean {
  const before = parts.length > 1 ? values.slice() : values;
  let sound = true;
  for (const part of parts) {
    if (parts.length > 1) values.set(before);
    withScaling(part.scaling, values, () => run(part));
    sound = isSound() && sound;
  }
  return sound;
}

/** All vectors of a rule by name. Throws if one is missing, or differs from w in type or length. */
export function vectorsOf(name: string, slots: readonly string[], w: Vector, g: Vector, state: State): Views {
  checkAlike(`${name}: g`, g, w);
  const kept = slots.map((slot): [string, Vector] => {
    const vector = state[slot];
    if (!isVector(vector)) throw new TypeError(`${name}: the state has no vector ${slot}; make it with init(w)`);
    checkAlike(`${name}: state.${slot}`, vector, w);
    return [slot, vector];
  });
  return { w, g, ...Object.fromEntries(kept) };
}
