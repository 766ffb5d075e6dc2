import { isOptions } from "../arguments/index.ts";
import { show } from "./check.ts";
import { checkBuilder, choice, type Form, type Forms, forms, optional } from "./options.ts";

/** A place along an axis: a number, or a name on a band axis. `null` is a hole: missing, or not a finite number. */
export type Coordinate = number | string | null;

/** A point of a plot, in the values of its axes. */
export type Point = readonly [x: Coordinate, y: Coordinate];

/** An axis of a panel: of numbers, or of names. */
export type Axis = NumberAxis | BandAxis;

/** An axis of numbers. */
export interface NumberAxis {
  /** Shown beside the axis, with the unit if there is one. */
  readonly label?: string;
  readonly scale: "linear" | "log";
  /** The lowest and the highest value. Default: such that all marks fit. */
  readonly domain?: readonly [number, number];
  /** The values with a tick, ascending. Default: round numbers. */
  readonly ticks?: readonly number[];
  /** For counts, such as epochs or steps: only whole numbers get a tick. */
  readonly whole?: boolean;
}

/** An axis of names, one band for each. */
export interface BandAxis {
  /** Shown beside the axis. */
  readonly label?: string;
  readonly scale: "band";
  /** The names in order. Default: in the order of the marks. */
  readonly domain?: readonly string[];
}

/** Options of an axis. By default it is linear, fits all marks and chooses its own ticks. */
export type AxisOptions = Partial<NumberAxis> | BandAxis;

const common = { label: optional(forms.text), scale: optional(choice(["linear", "log", "band"])) };
const bandForms: Forms<BandAxis> = { ...common, domain: optional(forms.texts) };
const numberForms: Forms<NumberAxis> = {
  ...common,
  ...{ domain: optional(forms.ends), ticks: optional(forms.rising), whole: optional(forms.flag) },
};

/** The form of an axis that stands upright on the floor of a plot: of numbers. The axis itself is checked by its builder. */
export const upright: Form = (what, value) => {
  if (!isOptions(value))
    throw new TypeError(`${what} is ${show(value)}; give an axis: { label: "height", scale: "log" }`);
};

/** Such an axis. */
export function uprightAxis(what: string, options: AxisOptions): NumberAxis {
  const made = axis(options);
  if (made.scale === "band") throw new RangeError(`${what} is a band axis; give a linear or a log axis`);
  return made;
}

/** An axis from its options. Throws a RangeError for values that do not ascend, or are not positive on a log axis. */
export function axis(options: AxisOptions): Axis {
  const name = typeof options?.label === "string" ? `axis ${show(options.label)}` : "axis";
  checkBuilder(name, options, options?.scale === "band" ? bandForms : numberForms);
  if (options.scale === "band") return { label: options.label, scale: "band", domain: options.domain };
  const { label, domain, ticks, whole, scale = "linear" } = options;
  for (const value of [...(domain ?? []), ...(ticks ?? [])])
    if (scale === "log" && value <= 0)
      throw new RangeError(`${name}: ${value} is not on a log axis; give positive numbers`);
  return { label, scale, domain, ticks, ...(whole ? { whole } : {}) };
}
