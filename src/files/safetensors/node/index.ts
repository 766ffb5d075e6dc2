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
 * Reads a safetensors file as `readSafetensors` does: its header first, then one tensor after the other, so that a file
 * may be larger than an array. Throws a SafetensorsError for what is not safetensors, and where the file changes while it
 * is read; a DataError for what is no file or cannot be read.
 *
 * @param options check: is told the header before any tensor is read, to refuse a file that does not fit
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
 * Writes tensors as a safetensors file, whole or not at all, one after the other. Throws a RangeError for what
 * `writeSafetensors` refuses, a DataError where the file cannot be written; what was there before is there then.
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

/** Tells of a change before anything else that is wrong: that may be its doing. */
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
