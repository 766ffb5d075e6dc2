import { createHash } from "node:crypto";
import type { Dataset, Examples, Vector } from "../../src/data/index.ts";

/** A fingerprint of a data set's values: what was computed with equal ones need not be computed again. */
export const digest = ({ train, validation, test }: Dataset): string =>
  digestOf([train, validation, test].flatMap(({ inputs, targets }: Examples) => [inputs, targets]));

/** A fingerprint of vectors, in 16 hexadecimal digits. */
export function digestOf(vectors: readonly Vector[]): string {
  const hash = createHash("sha256");
  for (const vector of vectors) hash.update(bytesOf(vector));
  return hash.digest("hex").slice(0, 16);
}

/** A fingerprint of plain data, in 16 hexadecimal digits. */
export const digestOfPlain = (value: object): string =>
  createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 16);

const bytesOf = ({ buffer, byteOffset, byteLength }: Vector): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);
