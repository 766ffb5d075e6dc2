import { temperaturesFrom } from "../../lecture/index.ts";
import { assetPath } from "../../src/data/node/index.ts";
import { readText } from "../../src/files/node/index.ts";

/** Bytes: days of some two thousand years. */
const LARGEST = 2 ** 24;

/** Daily temperatures from a CSV file. Default: the year inside the package. */
export const readTemperatures = (file = assetPath("temperatures/seattle-2014.csv")): number[] =>
  temperaturesFrom(readText(file, LARGEST), file);
