// Writes small files in MNIST's and CIFAR-10's formats, right or wrong, for the tests.
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** An empty folder of the test's own. */
export function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "downhill-test-"));
}

/** An IDX file of unsigned bytes. The dimensions are written as given, whether or not they fit the elements. */
export function idx(dimensions: readonly number[], elements: ArrayLike<number>): Buffer {
  const header = Buffer.alloc(4 + 4 * dimensions.length);
  header.set([0, 0, 8, dimensions.length]);
  for (const [i, length] of dimensions.entries()) header.writeUInt32BE(length, 4 + 4 * i);
  return Buffer.concat([header, Uint8Array.from(elements)]);
}

/** Pixels of `count` images of 4 × 3, all different. */
export function pixels(count: number): Uint8Array {
  return new Uint8Array(count * 12).map((_, i) => (i * 7) % 256);
}

/** 24 training and 5 test images of 4 × 3 with their labels, gzipped or not. */
export function smallMnist(): Record<string, Buffer> {
  return {
    "train-images-idx3-ubyte": idx([24, 4, 3], pixels(24)),
    "train-labels-idx1-ubyte.gz": gzipSync(
      idx(
        [24],
        Array.from({ length: 24 }, (_, i) => i % 10),
      ),
    ),
    "t10k-images-idx3-ubyte.gz": gzipSync(idx([5, 4, 3], pixels(5))),
    "t10k-labels-idx1-ubyte": idx([5], [0, 1, 2, 3, 9]),
  };
}

/** A tar archive of files, in ustar's form. */
export function tarOf(files: readonly (readonly [name: string, contents: Uint8Array])[]): Buffer {
  const blocks = files.flatMap(([name, contents]) => {
    const header = Buffer.alloc(512);
    header.write(name);
    header.write(`${contents.length.toString(8).padStart(11, "0")}\0`, 124);
    header.write("        0ustar\x0000", 148);
    const sum = header.reduce((all, byte) => all + byte, 0);
    header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
    return [header, contents, Buffer.alloc(-contents.length & 511)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

export async function writeFiles(folder: string, files: Record<string, Buffer>): Promise<string> {
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  return folder;
}
