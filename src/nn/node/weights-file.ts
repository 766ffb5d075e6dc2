import { DataError } from "../../files/index.ts";
import { readSafetensorsFile, writeSafetensorsFile } from "../../files/safetensors/node/index.ts";
import type { Model } from "../model.ts";
import { type Trained, tensorsOf, trainedFrom } from "../saved.ts";

/** The weights and the state of a model that stand in a file, and the file's metadata. */
export interface WeightsFile extends Required<Pick<Trained, "w" | "s">> {
  readonly metadata: ReadonlyMap<string, string>;
}

/**
 * Writes weights and state to a safetensors file of their own, a tensor for each parameter: for a model that is kept elsewhere. Throws a
 * RangeError if the vectors do not have the model's length, and a DataError if the file cannot be written.
 */
export function writeWeights(file: string, trained: Trained, metadata: ReadonlyMap<string, string>): void {
  writeSafetensorsFile(file, tensorsOf(trained), metadata);
}

/**
 * Reads what `writeWeights` wrote, bit for bit. Throws a MismatchError for the weights of another model, a SafetensorsError or a
 * DataError for a file that cannot be read, and for weights that are not finite.
 */
export function readWeights(file: string, model: Model): WeightsFile {
  let metadata: ReadonlyMap<string, string> = new Map();
  const { w, s } = inFile(file, () =>
    trainedFrom(
      () => ({ json: undefined, model }),
      (options) => {
        const found = readSafetensorsFile(file, options);
        metadata = found.metadata;
        return found;
      },
      file,
    ),
  );
  return { w, s, metadata };
}

/** Adds to an error about the weights which file they are in. */
function inFile<T>(file: string, act: () => T): T {
  try {
    return act();
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new DataError(file, cause.message, "leave the file out", { cause });
  }
}
