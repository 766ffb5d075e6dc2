import { quoteValue } from "../expr/quote.ts";
import { Random } from "../random/index.ts";
import type { Dataset } from "./dataset.ts";
import { tableDataset } from "./table.ts";

export interface GeneratedOptions {
  /** How many points in all, at least 10 for each class. Default 1,000. */
  readonly count?: number;
  /** The standard deviation of the noise, in the units of the plane. */
  readonly noise?: number;
  /** Default 0. Another seed, other points. */
  readonly seed?: number;
  /** Use the first N training points only. */
  readonly limit?: number;
}

export interface ClassesOptions extends GeneratedOptions {
  /** How many classes, from 2. Default 3. */
  readonly classes?: number;
}

/**
 * Two half circles of radius 1, one hooked into the other, with θ uniform in [0, π] and normal noise (default 0.2):
 * class 0 is (cos θ, sin θ); class 1 is (1 − cos θ, ½ − sin θ). A line cannot part them, a small net can.
 */
export function moons(options: GeneratedOptions = {}): Dataset {
  return generate("moons", { ...options, noise: options.noise ?? 0.2, classes: 2 }, (label, random) => {
    const theta = Math.PI * random.uniform();
    const [x, y] = [Math.cos(theta), Math.sin(theta)];
    return label === 0 ? [x, y] : [1 - x, 0.5 - y];
  });
}

/**
 * Arms of a spiral, one a class: r uniform in [0, 1], θ = 2π (class / classes + r), a full turn from the centre to the
 * rim; the point r (cos θ, sin θ) and normal noise (default 0.02).
 */
export function spirals(options: ClassesOptions = {}): Dataset {
  return generate(
    "spirals",
    { ...options, noise: options.noise ?? 0.02, classes: options.classes ?? 3 },
    (label, random, classes) => {
      const r = random.uniform();
      const theta = 2 * Math.PI * (label / classes + r);
      return [r * Math.cos(theta), r * Math.sin(theta)];
    },
  );
}

/**
 * Round clouds, one a class: centres at equal distances on the circle of radius 1, with normal noise (default 0.3) about
 * them.
 */
export function blobs(options: ClassesOptions = {}): Dataset {
  return generate(
    "blobs",
    { ...options, noise: options.noise ?? 0.3, classes: options.classes ?? 3 },
    (label, _random, classes) => {
      const theta = (2 * Math.PI * label) / classes;
      return [Math.cos(theta), Math.sin(theta)];
    },
  );
}

type Point = readonly [x: number, y: number];
type Settings = ClassesOptions & { readonly noise: number; readonly classes: number };

/** Example i is of class i mod classes, at the point that `place` draws for it, and noise about it. */
function generate(
  name: string,
  { count = 1000, noise, classes, seed = 0, limit }: Settings,
  place: (label: number, random: Random, classes: number) => Point,
): Dataset {
  check(name, { count, noise, classes });
  const random = new Random(seed, name);
  const inputs = new Float64Array(count * 2);
  const targets = new Float64Array(count).map((_, i) => i % classes);
  for (const [i, label] of targets.entries()) {
    const [x, y] = place(label, random, classes);
    inputs[2 * i] = x + noise * random.normal();
    inputs[2 * i + 1] = y + noise * random.normal();
  }
  const description = {
    name,
    task: "classification",
    classes: Array.from({ length: classes }, (_, label) => `${label}`),
    source: `generated: ${count} points, noise ${noise}, seed ${seed}`,
    licence: "none needed",
  } as const;
  return tableDataset({ description, columns: ["x", "y"], inputs, targets }, limit);
}

function check(name: string, { count, noise, classes }: { count: number; noise: number; classes: number }): void {
  if (!Number.isSafeInteger(classes) || classes < 2 || classes > 1000) {
    throw new RangeError(`${name}: classes must be a whole number from 2 to 1000, not ${quoteValue(classes)}`);
  }
  if (!Number.isSafeInteger(count) || count < 10 * classes || count > 1e7) {
    throw new RangeError(
      `${name}: count must be a whole number from ${10 * classes} to 10 million, not ${quoteValue(count)}`,
    );
  }
  if (!(noise >= 0 && noise < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`${name}: noise must be a standard deviation, 0 or more, not ${quoteValue(noise)}`);
  }
}
