/**
 * A slice through a net's loss, as plain data that JSON holds: what is computed once, measured, stored and drawn.
 */

/** How a direction is made; see `directions/`. */
export const directionKinds = ["filter", "layer", "gaussian", "between", "gradient", "hessian", "trajectory"] as const;
/** One of them. */
export type DirectionKind = (typeof directionKinds)[number];

/** A direction of a slice, without its components. */
export interface DirectionFacts {
  readonly kind: DirectionKind;
  /** Its length ‖d‖ in parameter space: a step of 1 along its axis moves the parameters by this much. */
  readonly length: number;
  /** What its axis shows, in a few words: "1st principal component, 71.3 % of the path's variance". */
  readonly label: string;
  /** Of principal components: the share of the path's variance that it explains, from 0 to 1. */
  readonly explained?: number;
  /** Of Hessian eigenvectors: the eigenvalue. */
  readonly eigenvalue?: number;
}

/** What a net does at one point. */
export interface Measured {
  /** The mean loss over the examples; null where it is not finite. */
  readonly loss: number | null;
  /** The fraction of examples that is right, from 0 to 1; missing for losses without that notion. */
  readonly accuracy?: number;
}

/** A grid over a plane or a line in parameter space; w = centre + x·d₁ + y·d₂. */
export interface Grid {
  /** Coordinates of the columns, ascending. */
  readonly x: readonly number[];
  /** Coordinates of the rows, ascending; [0] of a line. */
  readonly y: readonly number[];
}

/** One value for each point of a grid: `values[i][j]` at `x[j]`, `y[i]`; null where there is none, or none that is finite. */
export type GridValues = readonly (readonly (number | null)[])[];

/** Where an optimizer went, seen in a plane. */
export interface PlanePath {
  /** Who took it, such as "adam". */
  readonly name: string;
  /** Coordinates in the plane of each kept point's projection. */
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** The step at which each point was kept. */
  readonly steps: readonly number[];
  /** The true loss at each point, which need not be the plane's at its projection. */
  readonly loss: readonly (number | null)[];
  /** The loss in the plane at each projection. */
  readonly onPlane: readonly (number | null)[];
  /** The distance of each point from the plane. */
  readonly distance: readonly number[];
}

/** A net whose weights are in a slice's plane. */
export interface PlaneNet {
  /** Whose it is: the folder of its run, or the model. */
  readonly name: string;
  readonly x: number;
  readonly y: number;
  /** What it does on the slice's examples, where that was measured. */
  readonly measured?: Measured;
}

/** A slice through a net's loss. */
export interface LossSlice extends Grid {
  /** Shown in titles: the model, such as "resnet-56". */
  readonly title: string;
  /** The folder of the run whose net is at the centre: its name tells nets of one model apart. */
  readonly run?: string;
  readonly loss: GridValues;
  readonly accuracy?: GridValues;
  /** At the centre, (0, 0). */
  readonly centre: Measured;
  /** One for each axis: one of a line, two of a plane. */
  readonly directions: readonly DirectionFacts[];
  /** The examples that it was measured on. */
  readonly examples: { readonly data: string; readonly split: "train" | "test"; readonly count: number };
  /** Extreme eigenvalues of the Hessian at each point of a grid, which may be coarser. */
  readonly curvature?: Grid & {
    readonly largest: GridValues;
    readonly smallest: GridValues;
    /** At each point the larger residual ‖Hv − λv‖ of the two: an eigenvalue is that near to each, if not always the extreme one. Null where not known. */
    readonly error?: GridValues;
    /** The number of examples that they were computed on, where it is not the slice's. */
    readonly examples?: number;
  };
  readonly paths?: readonly PlanePath[];
  /** Where nets are, of a slice through several: the one at the centre, the one at (1, 0), and of a plane the third. */
  readonly nets?: readonly PlaneNet[];
}
