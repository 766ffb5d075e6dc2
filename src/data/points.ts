import { checkNumber, domains, whole } from "../arguments/index.ts";
import { Random } from "../random/index.ts";
import type { Dataset } from "./dataset.ts";
import type { FullEntry } from "./entry.ts";
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

/** A data set that a call makes: the same points for the same options, everywhere. */
export interface GeneratedSet<O extends GeneratedOptions = GeneratedOptions> {
  (options?: O): Dataset;
  readonly kind: "generated";
  readonly entry: FullEntry;
}

type Point = readonly [x: number, y: number];

/** Points in the plane, to be told apart by their classes. */
interface Points {
  readonly name: string;
  readonly title: string;
  /** How many classes if nothing else is said. */
  readonly classes: number;
  /** Whether there may be more or fewer classes. */
  readonly anyClasses?: boolean;
  /** The standard deviation of the noise if nothing else is said. */
  readonly noise: number;
  /** Where a point of a class lies before noise is added. */
  place(label: number, random: Random, classes: number): Point;
}

/** Makes a set of points: example i is of class i mod classes, at the place that is drawn for it, with noise about it. */
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
    const description = { ...about(name, classes), source };
    return tableDataset({ description, columns: ["x", "y"], inputs, targets }, limit);
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
