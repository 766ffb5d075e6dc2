import type { FullEntry } from "./entry.ts";
import type { ImageSource } from "./images/images.ts";

/** A data set inside the package: one gzipped text. */
export interface AssetSet {
  readonly kind: "asset";
  readonly entry: FullEntry;
  /** Its path below `assets`. */
  readonly file: string;
  /** Parses the text into images, of which only the first `limit` are trained on. */
  images(text: string, limit?: number): ImageSource;
}
