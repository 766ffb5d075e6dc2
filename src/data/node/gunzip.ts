import { createGunzip } from "node:zlib";
import { DataError } from "../../files/index.ts";
import { readStream } from "../../files/node/index.ts";

/**
 * The unpacked bytes of a gzip file, in chunks: all its members in order (RFC 1952, 2.2). Zero bytes may follow, since tapes and
 * block devices pad files; anything else is refused, as by `gzip -t`.
 *
 * Node's stream ends at the first such zero and leaves the rest of its source unread. `pipeline` would take that for a failure, so it
 * is not used.
 */
export async function* gunzipped(file: string, chunkSize: number): AsyncGenerator<Uint8Array> {
  const source = readStream(file, { highWaterMark: chunkSize });
  const gunzip = createGunzip({ chunkSize });
  source.on("error", (error) => gunzip.destroy(error));
  source.pipe(gunzip);
  try {
    yield* gunzip;
  } finally {
    source.destroy();
    gunzip.destroy();
  }
  await refuseAllButZeros(file, gunzip.bytesWritten);
}

/** @param start the end of the last member */
async function refuseAllButZeros(file: string, start: number): Promise<void> {
  for await (const chunk of readStream(file, { start })) {
    if (isZero(chunk)) continue;
    throw new DataError(file, "the gzip data are damaged: they are followed by other bytes", "get the file again");
  }
}

const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);
