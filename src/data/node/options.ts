import type { CsvOptions } from "../csv/dataset.ts";
import type { ClassesOptions } from "../points.ts";

/** Progress while data are downloaded and read. */
export type DataEvent =
  | {
      readonly kind: "download";
      readonly file: string;
      readonly url: string;
      readonly received: number;
      readonly total: number;
    }
  | { readonly kind: "note"; readonly message: string };

/** Where a data set's files come from and go to. */
export interface FetchOptions {
  /** The folder for the files. Default: the user's cache. */
  readonly dir?: string;
  /** Called again and again during a download, and with notes on the data. */
  readonly onProgress?: (event: DataEvent) => void;
  /** Aborts a download; what was received is kept, and the next attempt resumes it. */
  readonly signal?: AbortSignal;
  /** Addresses of folders to download from, instead of the public ones. */
  readonly mirrors?: readonly string[];
}

/** Options of `loadTestData`. */
export interface TestOptions extends FetchOptions {
  /** The most examples, spread evenly over the set. Default: all. */
  readonly limit?: number;
}

/** Options of `loadDataset`; each data set uses those that concern it. */
export interface LoadOptions extends FetchOptions, ClassesOptions, CsvOptions {
  /** The only folder in which to look for the files. Default: the usual places, such as the user's cache. */
  readonly dir?: string;
  /** A table of its own for the validation set, with the same columns: a path, or a name such as "csv:houses.csv". */
  readonly validationFile?: string;
  /** A table of its own for the test set. */
  readonly testFile?: string;
  /**
   * The most bytes of text, unpacked, of a table that is read into memory. Of a larger one, the rows are kept in a file in the user's
   * cache while the process runs, and read from there batch by batch. Default 2²⁶, 67 MB.
   */
  readonly mostInMemory?: number;
  /** Images from a folder: the width and height in pixels to which they are resized. Default: as they are, all of one size. */
  readonly imageSize?: readonly [width: number, height: number];
  /**
   * Whether images are whitened after they are standardised: "zca" makes all pixels uncorrelated, by what is measured on the training set.
   * It takes a matrix of an image's values squared. Default: "none".
   */
  readonly whiten?: (typeof whitenings)[number];
  /** Whether missing files may be downloaded. Default: true. */
  readonly download?: boolean;
}

/** The ways of whitening images. */
export const whitenings = ["none", "zca"] as const;

const fetching = { dir: true, onProgress: true, signal: true, mirrors: true } as const satisfies Names<FetchOptions>;

const loading = {
  ...fetching,
  ...{ download: true, limit: true, whiten: true, imageSize: true },
  ...{ count: true, noise: true, seed: true, classes: true },
  ...{ delimiter: true, decimal: true, thousands: true, target: true, header: true, notMissing: true, task: true },
  ...{ weights: true, classWeights: true, groups: true, preprocessing: true },
  ...{ ignore: true, columns: true, missing: true, rare: true, asIs: true, split: true, spelled: true },
  ...{ validationFile: true, testFile: true, mostInMemory: true },
} as const satisfies Names<LoadOptions>;

/** All options by name; leaving one out does not compile. */
type Names<O> = Readonly<Record<keyof O, true>>;

/** The names of all options. */
export const [fetchOptions, loadOptions] = [Object.keys(fetching), Object.keys(loading)];
