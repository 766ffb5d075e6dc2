import type { TwoLosses } from "./again.ts";
import type { Alignment } from "./alignment.ts";
import type { SliceMeasures } from "./measures.ts";
import type { PathTrust } from "./paths.ts";
import type { Spread } from "./spread.ts";

/** What a slice shows in numbers, and how far it can be trusted: plain data that JSON holds. What was not looked at is missing. */
export interface SliceTrust {
  /** What the slice itself shows; see `measuresOf`. */
  readonly slice: SliceMeasures;
  /** Its directions beside gradient and Hessian; see `alignment`. */
  readonly alignment?: Alignment & {
    /** The number of examples that the Hessian was computed on, where it is not the slice's. */
    readonly examples?: number;
  };
  /** The number of slices along other random directions, and how the measures of all of them differ; see `spreadOf`. */
  readonly pairs?: {
    readonly count: number;
    readonly spread: readonly Spread[];
    /** Where they were measured on fewer points than the slice: how many, and what the slice's own directions, one of the pairs, show on these. */
    readonly coarser?: { readonly columns: number; readonly rows: number; readonly slice: SliceMeasures };
  };
  /** Of each path in it; see `pathTrust`. */
  readonly paths?: readonly PathTrust[];
  /** Losses on two halves of the examples; see `halvesAt`. */
  readonly halves?: TwoLosses;
  /** Losses at the weights' precision and in float64; see `againAt`. */
  readonly float64?: TwoLosses & {
    /** The number of examples that both were measured on, where it is not the slice's. */
    readonly examples?: number;
  };
}
