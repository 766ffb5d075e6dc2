import type { Connection, LossSlice, SliceTrust } from "../../src/landscape/index.ts";

/** A slice, and how far it can be trusted. */
export interface Judged extends LossSlice {
  readonly measures: SliceTrust;
  /** What it can be trusted for and what it says nothing of, in sentences. */
  readonly verdict: readonly string[];
}

/** A slice, how far it can be trusted, and what it was made of: plain data, as JSON prints and keeps it. */
export interface Result extends Judged {
  /** The folder of the run whose net is at the centre, */
  readonly run: string;
  /** and those of the others. */
  readonly others: readonly string[];
  /** Of random directions. */
  readonly seed: number;
  /** How batch normalisation was treated; null of a net without it. */
  readonly batchNorm: "frozen" | "recomputed" | null;
  readonly device: string;
  /** Of Downhill. */
  readonly version: string;
  /** Of a curve between two nets: what the net does along it, and along the straight line. */
  readonly connection?: Pick<Connection, "positions" | "curve" | "line">;
}

/** The slice, and what is drawn beside it. */
export type Shown = readonly [Result, ...Judged[]];

export const alongBoth = ({ positions, curve, line }: Connection): Result["connection"] => ({ positions, curve, line });
