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

const fetching = { dir: true, onProgress: true, signal: true, mirrors: true } as const satisfies Names<FetchOptions>;

const loading = {
  ...fetching,
  ...{ download: true, limit: true },
  ...{ count: true, noise: true, seed: true, classes: true },
  ...{ delimiter: true, decimal: true, target: true, header: true, notMissing: true, task: true },
} as const satisfies Names<LoadOptions>;

/** Every option by its name: one that is left out does not compile. */
type Names<O> = Readonly<Record<keyof O, true>>;

/** The names of all options. */
export const [fetchOptions, loadOptions] = [Object.keys(fetching), Object.keys(loading)];
