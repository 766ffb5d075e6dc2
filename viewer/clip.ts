import type { Place } from "./box.ts";

/** A part of a way that lies in the box. */
export interface Stretch {
  readonly places: readonly Place[];
  /** Where it goes on above the box, and below it. */
  readonly above: readonly Place[];
  readonly below: readonly Place[];
}

/** Across, deep and upright. */
const BOX: readonly (readonly [low: number, high: number])[] = [
  [-0.5, 0.5],
  [-0.5, 0.5],
  [0, 1],
];

/** A share of the height that is none: what leaves the box this near to its lid has gone through it. */
const NEAR = 1e-6;

/** The parts of a way, a straight line from each place to the next, that lie in the box; null is a place that is not known. */
export function stretchesIn(way: readonly (Place | null)[]): Stretch[] {
  const stretches: { places: Place[]; above: Place[]; below: Place[] }[] = [];
  let open = false;
  const begin = (): void => void stretches.push({ places: [], above: [], below: [] });
  const leaves = (at: Place, beyond: Place): void => {
    const stretch = stretches[stretches.length - 1];
    if (beyond[2] > 1 && at[2] > 1 - NEAR) stretch.above.push(at);
    if (beyond[2] < 0 && at[2] < NEAR) stretch.below.push(at);
  };
  way.forEach((to, k) => {
    const from = k === 0 ? null : way[k - 1];
    const inside = from === null || to === null ? null : within(from, to);
    if (from === null || to === null || inside === null) {
      open = false;
      return;
    }
    const [enter, exit] = inside.map((t) => between(from, to, t));
    if (!open || inside[0] > 0) {
      begin();
      stretches[stretches.length - 1].places.push(enter);
      if (inside[0] > 0) leaves(enter, from);
    }
    stretches[stretches.length - 1].places.push(exit);
    if (inside[1] < 1) leaves(exit, to);
    open = inside[1] === 1;
  });
  return stretches;
}

/** Whether a place lies in the box. */
export const isInside = (place: Place): boolean =>
  BOX.every(([low, high], axis) => place[axis] >= low && place[axis] <= high);

/** From where to where, from 0 to 1, a straight line lies in the box (Liang and Barsky 1984); null if it nowhere does. */
function within(from: Place, to: Place): readonly [number, number] | null {
  let [enter, exit] = [0, 1];
  for (const [axis, [low, high]] of BOX.entries()) {
    const step = to[axis] - from[axis];
    if (step === 0) {
      if (from[axis] < low || from[axis] > high) return null;
      continue;
    }
    const [a, b] = [(low - from[axis]) / step, (high - from[axis]) / step];
    [enter, exit] = [Math.max(enter, Math.min(a, b)), Math.min(exit, Math.max(a, b))];
  }
  return enter < exit ? [enter, exit] : null;
}

/** A place between two: the ends themselves for 0 and 1. */
function between(from: Place, to: Place, t: number): Place {
  if (t === 0 || t === 1) return t === 0 ? from : to;
  return [from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1]), from[2] + t * (to[2] - from[2])];
}
