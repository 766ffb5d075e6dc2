import { readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { DataError } from "../../files/index.ts";
import { fileError } from "../../files/node/index.ts";
import type { Dataset } from "../dataset.ts";
import { type IdxFile, idxImages } from "../images/idx-set.ts";
import { isFolder } from "./find-file.ts";
import { readIdxFile } from "./idx-file.ts";
import { imagesLoaded } from "./images-loaded.ts";
import type { LoadOptions } from "./options.ts";

/** A file's part in the set: emnist-balanced-train-images-idx3-ubyte.gz, or t10k-labels.idx1-ubyte. */
const NAME = /^(.*?)(train|t10k|test)-(images|labels)[-.]idx[13]-ubyte(\.gz)?$/i;

const ROLES = ["train images", "train labels", "test images", "test labels"] as const;

/**
 * A data set in MNIST's format from any folder, such as EMNIST or KMNIST. Its classes are the labels that occur.
 *
 * @param name "idx:FOLDER", or "idx:FOLDER/BEGINNING" where the folder holds several sets
 */
export async function loadIdxFolder(name: string, options: LoadOptions): Promise<Dataset> {
  const files = filesOf(name.slice("idx:".length), name);
  const [trainImages, trainLabels, testImages, testLabels] = [
    await readIdxFile(files[0], 3),
    await readIdxFile(files[1], 1),
    await readIdxFile(files[2], 3),
    await readIdxFile(files[3], 1),
  ];
  const labels = [...new Set([...trainLabels.data, ...testLabels.data])].sort((a, b) => a - b);
  const index = Uint8Array.from({ length: 256 }, (_, label) => Math.max(0, labels.indexOf(label)));
  const indexed = (file: IdxFile): IdxFile => ({ ...file, data: file.data.map((label) => index[label]) });
  const description = {
    ...{ name, task: "classification" as const, classes: labels.map(String) },
    ...{
      source: `${trainLabels.data.length + testLabels.data.length} images of ${name.slice(4)}`,
      licence: "the owner's",
    },
  };
  const set = { trainImages, trainLabels: indexed(trainLabels), testImages, testLabels: indexed(testLabels) };
  return imagesLoaded(idxImages(description, set, options.limit), options);
}

/** The four files, in the order of the roles. */
function filesOf(path: string, name: string): string[] {
  const [folder, start] = isFolder(path) ? [path, ""] : [dirname(path), basename(path)];
  const found = listed(folder).flatMap((file) => {
    const [, before, set, content] = NAME.exec(file) ?? [];
    if (before === undefined || !before.startsWith(start)) return [];
    return [
      { file: join(folder, file), before, role: `${/train/i.test(set) ? "train" : "test"} ${content.toLowerCase()}` },
    ];
  });
  const sets = [...new Set(found.map(({ before }) => before))];
  if (sets.length > 1) {
    const advice = `name one of them, such as idx:${join(folder, sets[0])}`;
    throw new DataError(name, `the folder holds ${sets.length} sets: ${sets.join(", ")}`, advice);
  }
  return ROLES.map((role) => {
    const file = found.find((each) => each.role === role)?.file;
    if (file !== undefined) return file;
    throw new DataError(name, `the ${role} are missing`, "give a folder with files such as train-images-idx3-ubyte.gz");
  });
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    throw fileError(error, folder);
  }
}
