import type { CsvOptions } from "../csv-table.ts";
import type { ClassesOptions } from "../points.ts";

/** What happens while data are fetched and read. */
export type DataEvent =
  | {
      readonly kind: "download";
      readonly file: string;
      readonly url: string;
      readonly received: number;
      readonly total: number;
    }
  | { readonly kind: "note"; readonly message: string };

export interface FetchOptions {
  /** Where to put the files. Default: the user's cache. */
  readonly dir?: string;
  readonly onProgress?: (event: DataEvent) => void;
  /** Ends a download; what has come is kept, and the next attempt goes on from there. */
  readonly signal?: AbortSignal;
  /** Addresses of folders to download from, instead of the public ones. */
  readonly mirrors?: readonly string[];
}

/** Each data set takes from these what concerns it. */
export interface LoadOptions extends FetchOptions, ClassesOptions, CsvOptions {
  /** Look for the files in this folder, and nowhere else. */
  readonly dir?: string;
  /** Whether files that are found nowhere may be downloaded. Default: they may. */
  readonly download?: boolean;
}
