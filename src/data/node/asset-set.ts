import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { fileError, readBytes } from "../../files/node/index.ts";
import type { AssetSet } from "../asset-set.ts";
import type { Dataset } from "../dataset.ts";
import { assetPath } from "./asset.ts";
import { imagesLoaded } from "./images-loaded.ts";
import type { LoadOptions } from "./options.ts";

/** The most bytes of an unpacked text: the digits take 264,712, and a damaged file must not grow without limit. */
const LARGEST = 1_000_000;

/** Loads a data set from its file inside the package. */
export async function loadAsset({ file, images }: AssetSet, options: LoadOptions): Promise<Dataset> {
  const path = assetPath(file);
  try {
    const text = await promisify(gunzip)(readBytes(path, LARGEST), { maxOutputLength: LARGEST });
    return await imagesLoaded(images(text.toString("latin1"), options.limit), options);
  } catch (error) {
    throw fileError(error, path);
  }
}
