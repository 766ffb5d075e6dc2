import type { Connection, LossSlice, SliceTrust } from "../../src/landscape/index.ts";

/** A slice, and how far it can be trusted. */
export interface Result extends LossSlice {
  readonly measures: SliceTrust;
  /** Of a curve between two nets: what the net does along it, and along the straight line. */
  readonly connection?: Pick<Connection, "positions" | "curve" | "line">;
}

/** The slice, and what is drawn beside it. */
export type Shown = readonly [Result, ...LossSlice[]];

export const alongBoth = ({ positions, curve, line }: Connection): Result["connection"] => ({ positions, curve, line });
