import type { Objective } from "../../src/solvers/index.ts";

/** A step that brings less than this part of the value is none; and a sum of squares below that is 0. */
const [PART, NOTHING] = [1e-6, 1e-20];
/** Steps from a hundredth of a number down to its last digits. */
const LENGTHS = Array.from({ length: 25 }, (_, k) => 10 ** (-2 - k / 2));
/** On the way the value must not rise: a lower place beyond a hill says nothing of this one. */
const ON_THE_WAY = [0.001, 0.01, 0.1, 0.5];

/**
 * A judge of ends that knows no solver: in words, the step of one number, or along the slope, with numbers as they are or measured by
 * their sizes, that lowers the value by more than rounding; undefined where there is none.
 */
export function lowerNearby(objective: Objective, x: Float64Array): string | undefined {
  const g = new Float64Array(x.length);
  const value = objective.gradient(x, g);
  if (Math.abs(value) <= NOTHING) return undefined;
  const noise = 4 * noiseAt(objective, x, value);
  for (const d of directionsAt(x, g)) {
    const most = Math.max(...d.map((change, i) => Math.abs(change) / (Math.abs(x[i]) || 1)));
    for (const length of LENGTHS) {
      const at = (part: number): number =>
        objective.value(x.map((entry, i) => entry + ((part * length) / most) * d[i]));
      if (at(1) < value - PART * Math.abs(value) - noise && ON_THE_WAY.every((part) => at(part) <= value + noise))
        return `${value} falls to ${at(1)} by ${length} along [${d.join(", ")}]`;
    }
  }
  return undefined;
}

function directionsAt(x: Float64Array, g: Float64Array): Float64Array[] {
  const along = [...x.keys()].flatMap((i) => [1, -1].map((sign) => x.map((_, j) => (i === j ? sign : 0))));
  const slopes = [g.map((slope) => -slope), g.map((slope, i) => -slope * (x[i] || 1) ** 2)];
  return [...along, ...slopes.filter((d) => d.some((change) => change !== 0) && d.every(Number.isFinite))];
}

/** How much the value changes where the last digit of a number does. */
function noiseAt(objective: Objective, x: Float64Array, value: number): number {
  const changes = [...x.keys()].flatMap((i) =>
    [1, -1].map((sign) => {
      const there = x.slice();
      there[i] *= 1 + sign * Number.EPSILON;
      return Math.abs(objective.value(there) - value);
    }),
  );
  return Math.max(Number.EPSILON * Math.abs(value), ...changes.filter(Number.isFinite));
}
