import type { Dataset } from "./dataset.ts";
import type { FullEntry } from "./entry.ts";

/** A data set inside the package: one gzipped text. */
export interface AssetSet {
  readonly kind: "asset";
  readonly entry: FullEntry;
  /** Its path below `assets`. */
  readonly file: string;
  /** The data set from the text; of its training examples the first `limit` only. */
  dataset(text: string, limit?: number): Dataset;
}
