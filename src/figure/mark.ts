import type { Axis, Coordinate, Point } from "./axis.ts";
import type { Color, Dash, Look } from "./look.ts";
import { checkBuilder, type Form, type Forms } from "./options.ts";
import type { Land, Placed } from "./svg/place.ts";
import type { Paint } from "./svg/theme.ts";
import type { Plot } from "./terminal/plot.ts";

/** A mark is plain data that survives JSON. `kind` is the name of the function that builds it. */
export interface MarkData extends Look {
  readonly kind: string;
}

/**
 * Everything that figures ask of a kind of mark, in one file of `marks/`. No field is optional: a mark that lacks its part
 * in the legend, say, does not compile.
 */
export interface MarkKind<M extends MarkData> {
  readonly kind: M["kind"];
  /** What each option of its function may be; they are checked before it builds. */
  readonly options: Readonly<Record<string, Form>>;
  /** Whether it covers the plot, which then has a frame, but no margins and no grid lines. */
  readonly ground: boolean;
  /** Whether it stands in space, with axes of its own: the panel draws none, and leaves it their room. */
  readonly inSpace: boolean;
  /** The landscape that it is, for the marks on it; null for all that are none. */
  readonly land: (mark: M, placed: Placed) => Land | null;
  /** Whether it reaches beyond its points to the left and right, as shapes and words do: the x axis gets a margin. */
  readonly overhangs: boolean;
  /** Whether it stands on zero: the line of a linear panel's x axis is drawn there. */
  readonly onZero: boolean;
  /** The values along one axis that an automatic domain has to hold. */
  readonly extent: (mark: M, axis: "x" | "y", scale: Axis["scale"]) => readonly Coordinate[];
  /** Its curve, where it has one: curves can be labelled at their ends, and have letters in a terminal. */
  readonly curve: (mark: M) => Curve | null;
  /** The sample beside its label in a legend; null for a label alone. */
  readonly sample: (mark: M) => Sample | null;
  readonly svg: (mark: M, placed: Placed, paint: Paint) => Layers;
  /** Null for a mark that would hide others in a terminal, which has four dots to a line of text. */
  readonly terminal: Writer<M> | null;
}

export interface Curve extends Look {
  readonly points: readonly Point[];
  readonly dash?: Dash;
  /** Whether it ends where the run diverged. */
  readonly diverged?: boolean;
}

/** SVG by layer, from the lowest. Surfaces and curves are cut off at the edges of the plot. */
export interface Layers {
  readonly surface?: string;
  readonly curve?: string;
  readonly shape?: string;
}

export interface Writer<M> {
  /** Whether it comes last, over the letters of curves. */
  readonly last: boolean;
  readonly draw: (mark: M, plot: Plot) => void;
}

export interface Sample {
  /** An area is left out where its label has a curve, too. Curves lie below signs. */
  readonly role: Role;
  /** `SWATCH` pixels long, centred on y = 0. */
  readonly svg: (color: Color, paint: Paint) => string;
  /** In a terminal, where curves have letters. */
  readonly sign: (letter: string) => string;
}

export const roles = ["area", "curve", "sign"] as const;
export type Role = (typeof roles)[number];

/** A mark's public function: it builds the data from options, and carries what figures ask of the kind. */
export const mark = <M extends MarkData, Options>(
  build: (options: Options) => M,
  kind: MarkKind<M> & { readonly options: Forms<Options> },
): ((options: Options) => M) & MarkKind<M> =>
  Object.assign((options: Options) => {
    checkBuilder(kind.kind, options, kind.options);
    return build(options);
  }, kind);
