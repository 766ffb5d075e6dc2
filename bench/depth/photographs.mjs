import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Random } from "../../dist/src/index.js";

const FILES = ["test_batch", ...[1, 2, 3, 4, 5].map((k) => `data_batch_${k}`)];
const RECORD = 1 + 3 * 32 * 32;

/** Writes files as long as CIFAR-10's, of random numbers. */
export function writePhotographs(folder, { images }) {
  const place = join(folder, "photographs");
  mkdirSync(place);
  const random = new Random(1, "photographs");
  const bytes = new Uint8Array(images * RECORD);
  const words = new Uint32Array(bytes.buffer, 0, Math.floor(bytes.length / 4));
  for (let i = 0; i < words.length; i++) words[i] = random.integer(2 ** 32);
  for (let k = 0; k < images; k++) bytes[k * RECORD] = k % 10;
  for (const file of FILES) writeFileSync(join(place, `${file}.bin`), bytes);
}
