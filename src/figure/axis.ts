import { oneOf, rising, show } from "./check.ts";

/** A place along an axis: a number, or a name on a band axis. `null` is a hole: missing, or not a finite number. */
export type Coordinate = number | string | null;

export type Point = readonly [x: Coordinate, y: Coordinate];

export type Axis = NumberAxis | BandAxis;

export interface NumberAxis {
  readonly label?: string;
  readonly scale: "linear" | "log";
  /** Automatic where it is not given: all marks fit. */
  readonly domain?: readonly [number, number];
  readonly ticks?: readonly number[];
  /** For counts, such as epochs or steps: only whole numbers get a tick. */
  readonly whole?: boolean;
}

export interface BandAxis {
  readonly label?: string;
  readonly scale: "band";
  /** The names in order; by default as the marks bring them. */
  readonly domain?: readonly string[];
}

/** An axis; by default it is linear, fits all marks and chooses its own ticks. */
export type AxisOptions = Partial<NumberAxis> | BandAxis;

export function axis(options: AxisOptions): Axis {
  if (options.scale === "band") return { label: options.label, scale: "band", domain: options.domain };
  const { label, domain, ticks, whole } = options;
  const scale = oneOf("axis: scale", options.scale ?? "linear", ["linear", "log", "band"]) === "log" ? "log" : "linear";
  if (domain) rising(`axis ${show(label)}: domain`, domain);
  if (ticks) rising(`axis ${show(label)}: ticks`, ticks);
  for (const value of [...(domain ?? []), ...(ticks ?? [])])
    if (scale === "log" && value <= 0)
      throw new RangeError(`axis ${show(label)}: ${value} is not on a log axis; give positive numbers`);
  return { label, scale, domain, ticks, ...(whole ? { whole } : {}) };
}
