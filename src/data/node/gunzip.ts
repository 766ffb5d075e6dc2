import { createGunzip } from "node:zlib";
import { DataError } from "../../files/index.ts";
import type { ByteSource } from "./byte-source.ts";

/**
 * The unpacked bytes of a gzip file, in chunks: all its members in order (RFC 1952, 2.2). Zero bytes may follow, since tapes and
 * block devices pad files; anything else is refused, as by `gzip -t`.
 *
 * Node's stream ends at the first such zero and leaves the rest of its source unread. `pipeline` would take that for a failure, so it
 * is not used.
 */
export async function* gunzipped(
  source: Pick<ByteSource, "name" | "open">,
  chunkSize: number,
): AsyncGenerator<Uint8Array> {
  const packed = source.open(0);
  const gunzip = createGunzip({ chunkSize });
  packed.on("error", (error) => gunzip.destroy(error));
  packed.pipe(gunzip);
  try {
    yield* gunzip;
  } finally {
    packed.destroy();
    gunzip.destroy();
  }
  await refuseAllButZeros(source, gunzip.bytesWritten);
}

/** @param start the end of the last member */
async function refuseAllButZeros({ name, open }: Pick<ByteSource, "name" | "open">, start: number): Promise<void> {
  for await (const chunk of open(start)) {
    if (isZero(chunk)) continue;
    throw new DataError(name, "the gzip data are damaged: they are followed by other bytes", "get the file again");
  }
}

const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);
