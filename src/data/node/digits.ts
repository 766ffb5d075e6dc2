import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { fileError, readBytes } from "../../files/node/index.ts";
import type { Dataset } from "../dataset.ts";
import { digitsDataset } from "../digits.ts";
import { assetPath } from "./asset.ts";

/** Unpacked, the file has 264,712 bytes; a damaged one must not become larger than this. */
const LARGEST = 1_000_000;

/** The digits from the file inside the package. */
export async function loadDigits(limit?: number): Promise<Dataset> {
  const file = assetPath(join("digits", "digits.csv.gz"));
  try {
    const text = await promisify(gunzip)(readBytes(file, LARGEST), { maxOutputLength: LARGEST });
    return digitsDataset(text.toString("latin1"), limit);
  } catch (error) {
    throw fileError(error, file);
  }
}
