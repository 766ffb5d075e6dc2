import type { Dataset } from "./dataset.ts";
import type { FullEntry } from "./entry.ts";

/** A data set inside the package: one gzipped text. */
export interface AssetSet {
  readonly kind: "asset";
  readonly entry: FullEntry;
  /** Its path below `assets`. */
  readonly file: string;
  /** Parses the text into the data set, with only the first `limit` training examples. */
  dataset(text: string, limit?: number): Dataset;
}
