import type { Accept, Kernel } from "../device/index.ts";
import type { Vector } from "../expr/index.ts";
import { isVector } from "../expr/index.ts";
import type { Ranges } from "./foresight.ts";
import { only, rangeOf } from "./range.ts";
import { overEach, type Place, partsOf, type Ready, stepOf } from "./step.ts";

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
  const parts = partsOf(rule, place);
  const step = stepOf(rule, place, (values, isSound) => {
    if (place.w.length > LONG && isSafe(rule, place, values, outlook)) {
      const sound = overEach(parts, values, ({ update, vectors }) => update.run(vectors, values), isSound);
      if (sound) return true;
      throw new RangeError(
        `${rule.spec.name}, step ${place.state.t + 1}: w or the state was changed between steps, to numbers that no step leads to; they are spoilt now. Begin again with init(w), or with a saved state`,
      );
    }
    const run = (accept: Accept): boolean =>
      overEach(parts, values, ({ update, vectors }) => update.run(vectors, values, accept), isSound);
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
