import { DataError } from "../../files/index.ts";
import { readBytes } from "../../files/node/index.ts";
import { tableOptions } from "../csv/dataset.ts";
import type { Dataset } from "../dataset.ts";
import { type ArrayPair, npyDataset, pairsIn } from "../npy/arrays.ts";
import { readNpy } from "../npy/npy.ts";
import type { LoadOptions } from "./options.ts";
import { unzip } from "./zip.ts";

/** The most bytes of a file of arrays, and of one array in it. */
const LARGEST = 2 ** 31;

/** @param name "npy:x.npy", "npy:x.npy,y.npy" or "npz:FILE" */
export async function loadNpy(name: string, options: LoadOptions): Promise<Dataset> {
  const path = name.slice(name.indexOf(":") + 1);
  const { target } = options;
  return npyDataset(name, name.startsWith("npz:") ? archive(path, name) : { train: files(path) }, {
    ...tableOptions(options),
    ...(target !== undefined && { target }),
  });
}

function files(path: string): ArrayPair {
  const [x, y, ...more] = path.split(",").map((file) => readNpy(readBytes(file, LARGEST), file));
  if (more.length > 0)
    throw new DataError(path, `names ${more.length + 2} files`, "give one of inputs and one of targets");
  return { x, ...(y && { y }) };
}

function archive(path: string, name: string): ReturnType<typeof pairsIn> {
  const members = unzip(readBytes(path, LARGEST), path, LARGEST);
  const arrays = [...members].filter(([member]) => member.endsWith(".npy"));
  return pairsIn(
    new Map(arrays.map(([member, bytes]) => [member.slice(0, -4), readNpy(bytes, `${path}: ${member}`)])),
    name,
  );
}
