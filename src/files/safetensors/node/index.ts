import { closeSync, fstatSync } from "node:fs";
import { fileError, openFile, readStretch, writePieces } from "../../node/index.ts";
import {
  type ReadOptions,
  readFrom,
  type Safetensors,
  SafetensorsError,
  safetensorsPieces,
  type Tensor,
} from "../index.ts";

/**
 * Reads a safetensors file as `readSafetensors` does: its header first, then one tensor after the other, so that a file may
 * be larger than the largest array. Throws a SafetensorsError if it is not safetensors or changes while it is read, and a
 * DataError if it is not a file or cannot be read.
 *
 * @param options check: gets the header before any tensor is read, and may throw for a file that does not fit
 */
export function readSafetensorsFile(file: string, { check }: Pick<ReadOptions, "check"> = {}): Safetensors {
  const { descriptor, size } = openFile(file);
  try {
    const stamp = stampOf(descriptor);
    return unchanged(
      () => readFrom({ size, copy: (begin, end) => copyOf(descriptor, begin, end, file) }, { name: file, check }),
      () => stampOf(descriptor) === stamp,
      file,
    );
  } catch (error) {
    throw fileError(error, file);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Writes tensors to a safetensors file, completely or not at all, one after the other. Throws a RangeError as
 * `writeSafetensors` does, and a DataError if the file cannot be written; an existing file then stays unchanged.
 */
export function writeSafetensorsFile(
  file: string,
  tensors: Iterable<Tensor>,
  metadata?: ReadonlyMap<string, string>,
): void {
  writePieces(file, safetensorsPieces(tensors, metadata));
}

function copyOf(descriptor: number, begin: number, end: number, file: string): ArrayBuffer {
  const bytes = readStretch(descriptor, begin, end);
  if (bytes === undefined) throw changed(file);
  return bytes;
}

/** Reports a change of the file before any other error, which the change may have caused. */
function unchanged<T>(read: () => T, isSame: () => boolean, file: string): T {
  try {
    const found = read();
    if (!isSame()) throw changed(file);
    return found;
  } catch (error) {
    throw isSame() ? error : changed(file);
  }
}

const changed = (file: string): SafetensorsError =>
  new SafetensorsError(file, "it changed while it was read", "read it again when nothing writes to it any more");

function stampOf(descriptor: number): string {
  const { size, mtimeNs } = fstatSync(descriptor, { bigint: true });
  return `${size} ${mtimeNs}`;
}
