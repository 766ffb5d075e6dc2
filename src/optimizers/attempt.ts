import type { Accept, Kernel } from "../device/index.ts";
import type { Vector } from "../expr/index.ts";
import { isVector } from "../expr/index.ts";
import type { Ranges } from "./foresight.ts";
import { only, rangeOf } from "./range.ts";
import { overEach, type PreparedRule, partsOf, type StepData, stepOf } from "./step.ts";

/** The size of g, and a kernel that measures the other vectors. */
export interface Outlook {
  /** The largest |gᵢ|. */
  readonly largest: number;
  readonly extremes: () => Kernel;
}

/** For vectors longer than this a proof is worth its time; shorter ones fit into the kernel's small memory. */
const LONG = 4096;

/**
 * Takes one step, unless a new value would not be finite: then it changes nothing and returns false. Long vectors are computed
 * once if a proof shows beforehand that all values will be finite, else twice.
 */
export function attemptStep(rule: PreparedRule, place: StepData, outlook: Outlook): boolean {
  const parts = partsOf(rule, place);
  const step = stepOf(rule, place, (values, isSound) => {
    if (place.w.length > LONG && isSafe(rule, place, values, outlook)) {
      const sound = overEach(parts, values, ({ update, vectors }) => update.run(vectors, values), isSound);
      if (sound) return true;
      throw new RangeError(
        `${rule.spec.name}, step ${place.state.t + 1}: w or the state was changed between steps, to values that no step leads to, and is no longer valid. Begin again with init(w), or with a saved state`,
      );
    }
    const run = (accept: Accept): boolean =>
      overEach(parts, values, ({ update, vectors }) => update.run(vectors, values, accept), isSound);
    if (parts.length === 1) return run(isSound);
    // No tensor takes its step before all are known to stay finite.
    const given = values.slice();
    if (!run(() => false)) return false;
    values.set(given);
    return run(isSound);
  });
  return step();
}

/** Whether a step from these values is proven to stay finite; the ranges that it can end in are kept for the next step. */
function isSafe(
  { slots, compiled, memory }: PreparedRule,
  { w, state }: StepData,
  values: Float64Array,
  outlook: Outlook,
): boolean {
  const { foresee, scalars } = compiled;
  if (foresee === undefined || memory.isPaused(state)) return false;
  const vectors = [w, ...slots.map((name) => state[name]).filter(isVector)];
  const after = (ranges: Ranges): Ranges | undefined =>
    foresee((name) => {
      if (name === "g") return rangeOf(-outlook.largest, outlook.largest);
      return ranges.get(name) ?? only(values[scalars.indexOf(name)]);
    }, w.length);
  const known = memory.recall(state, vectors);
  const foreseen = known === undefined ? undefined : after(known);
  const ranges = foreseen === undefined ? measured(["w", ...slots], vectors, outlook.extremes()) : (known ?? new Map());
  const next = foreseen ?? after(ranges);
  // A rule may leave some of its vectors as they are.
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
