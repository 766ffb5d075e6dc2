import { checkNumber, domains, whole } from "../arguments/index.ts";
import { Random } from "../random/index.ts";
import type { Dataset } from "./dataset.ts";
import type { FullEntry } from "./entry.ts";
import { dataset } from "./own/dataset.ts";

/** How many points to generate, and how noisy they are. */
export interface GeneratedOptions {
  /** How many points in all, at least 10 for each class. Default 1,000. */
  readonly count?: number;
  /** The standard deviation of the noise, in the units of the plane: 0 or more. The default depends on the set. */
  readonly noise?: number;
  /** The seed of the points. Default 0. */
  readonly seed?: number;
  /** Use only the first points of the training set, this many. Default: all. */
  readonly limit?: number;
}

/** Options of a set whose number of classes can be chosen. */
export interface ClassesOptions extends GeneratedOptions {
  /** The number of classes, 2 to 1,000. Default 3. */
  readonly classes?: number;
}

/**
 * A generated data set: the same points for the same options, everywhere. It throws a RangeError for an option that is
 * not allowed.
 */
export interface GeneratedSet<O extends GeneratedOptions = GeneratedOptions> {
  (options?: O): Dataset;
  readonly kind: "generated";
  /** Its entry in the list of data sets. */
  readonly entry: FullEntry;
}

type Point = readonly [x: number, y: number];

/** Points in the plane, to be classified. */
interface Points {
  readonly name: string;
  readonly title: string;
  /** The default number of classes. */
  readonly classes: number;
  /** Whether the number of classes can be chosen. */
  readonly anyClasses?: boolean;
  /** The default standard deviation of the noise. */
  readonly noise: number;
  /** Draws a point of a class, before noise is added. */
  place(label: number, random: Random, classes: number): Point;
}

/** Makes a set of points: example i belongs to class i mod classes, and is drawn from it with noise. */
export function pointSet(points: Points & { readonly anyClasses: true }): GeneratedSet<ClassesOptions>;
export function pointSet(points: Points): GeneratedSet;
export function pointSet(points: Points): GeneratedSet<ClassesOptions> {
  const { name, title, place } = points;
  const make = ({ count = 1000, seed = 0, limit, ...options }: ClassesOptions = {}): Dataset => {
    const noise = options.noise ?? points.noise;
    const classes = (points.anyClasses ? options.classes : undefined) ?? points.classes;
    checkNumber(`${name}: classes`, classes, whole(2, 1000));
    checkNumber(`${name}: count`, count, whole(10 * classes, 1e7));
    checkNumber(`${name}: noise`, noise, domains.notNegative);
    const random = new Random(seed, name);
    const inputs = new Float64Array(count * 2);
    const targets = new Float64Array(count).map((_, i) => i % classes);
    for (const [i, label] of targets.entries()) {
      const [x, y] = place(label, random, classes);
      inputs[2 * i] = x + noise * random.normal();
      inputs[2 * i + 1] = y + noise * random.normal();
    }
    const source = `generated: ${count} points, noise ${noise}, seed ${seed}`;
    const { task, ...description } = about(name, classes);
    return { ...dataset({ ...description, columns: ["x", "y"], inputs, targets, limit }), source };
  };
  const entry: FullEntry = {
    ...about(name, points.classes),
    ...{ title, inputShape: [2], counts: [700, 150, 150] },
    ...{ source: "generated", obtain: "generated when asked for" },
  };
  return Object.assign(make, { kind: "generated", entry } as const);
}

const about = (name: string, classes: number) => ({
  name,
  task: "classification" as const,
  classes: Array.from({ length: classes }, (_, label) => `${label}`),
  licence: "none needed",
});
