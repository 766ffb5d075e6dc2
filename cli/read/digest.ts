import { createHash } from "node:crypto";
import type { Dataset, Examples, Vector } from "../../src/data/index.ts";

/** A fingerprint of a data set's values: what was computed with equal ones need not be computed again. */
export function digest({ train, validation, test }: Dataset): string {
  const hash = createHash("sha256");
  const add = ({ inputs, targets }: Examples): void => {
    for (const vector of [inputs, targets]) hash.update(bytesOf(vector));
  };
  for (const examples of [train, validation, test]) add(examples);
  return hash.digest("hex").slice(0, 16);
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Vector): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);
