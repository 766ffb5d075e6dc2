// Whether a place that a solver calls a minimum is none: a judge that asks for values and one gradient, and knows no solver.

/** What is left of a sum of squares that can be 0. */
const NOTHING = 1e-20;
/** A step that brings less than this part of the value is none. */
const PART = 1e-6;
/** Steps from a hundredth of a number down to its last digits. */
const LENGTHS = Array.from({ length: 25 }, (_, k) => 10 ** (-2 - k / 2));
/** On the way the value must not rise: a lower place beyond a hill, or a pole, says nothing of this one. */
const ON_THE_WAY = [0.001, 0.01, 0.1, 0.5];

/** In words, the step of one coordinate or along the slope that lowers the value by more than rounding; or undefined. */
export function lowerNearby(objective, { x, value }) {
  const noise = 4 * noiseAt(objective, x, value);
  const enough = value - PART * Math.abs(value) - noise;
  if (Math.abs(value) <= NOTHING) return undefined;
  const slope = new Float64Array(x.length);
  objective.gradient(x, slope);
  for (const { name, d } of directionsAt(x, slope)) {
    const most = Math.max(...d.map((change, i) => Math.abs(change) / (Math.abs(x[i]) || 1)));
    for (const length of LENGTHS) {
      const at = (part) => objective.value(x.map((entry, i) => entry + ((part * length) / most) * d[i]));
      const reached = at(1);
      if (reached < enough && ON_THE_WAY.every((part) => at(part) <= value + noise))
        return `${name}, ${length}, lowers it to ${reached}`;
    }
  }
  return undefined;
}

/** Each coordinate in both directions, by its own size and by 1; the slope as it is, and with numbers measured by their sizes. */
function directionsAt(x, slope) {
  const along = [...x.keys()].flatMap((i) =>
    [1, -1].map((sign) => ({ name: `x${i + 1}`, d: x.map((_, j) => (i === j ? sign : 0)) })),
  );
  const slopes = [
    { name: "slope", d: slope.map((g) => -g) },
    { name: "scaled slope", d: slope.map((g, i) => -g * (x[i] || 1) ** 2) },
  ];
  return [...along, ...slopes.filter(({ d }) => d.some((change) => change !== 0) && d.every(Number.isFinite))];
}

/** How much the value changes by where the last digit of a number does. */
function noiseAt(objective, x, value) {
  let most = Number.EPSILON * Math.abs(value);
  for (const i of x.keys())
    for (const sign of [1, -1]) {
      const there = x.slice();
      there[i] *= 1 + sign * Number.EPSILON;
      const change = Math.abs(objective.value(there) - value);
      if (change < Number.POSITIVE_INFINITY) most = Math.max(most, change);
    }
  return most;
}
