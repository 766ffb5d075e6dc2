import { DataError } from "../error.ts";

/** Data that are not safetensors, or have types without a JavaScript array. The message says which, and what to do. */
export class SafetensorsError extends DataError {
  override readonly name: string = "SafetensorsError";
}

/** What to do with a file that breaks the format's rules. */
export const DAMAGED = "the file is damaged or was made to mislead: get it again from a source that you trust";
