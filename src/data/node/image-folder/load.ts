import { DataError, quote, setting } from "../../../files/index.ts";
import type { Dataset } from "../../dataset.ts";
import type { ByteImages, ImageSource } from "../../images/images.ts";
import { inColour, inGrey, type Picture, resized } from "../../images/picture.ts";
import { range, type Split, stratifiedSplit } from "../../split.ts";
import { imagesLoaded } from "../images-loaded.ts";
import type { FetchOptions, LoadOptions } from "../options.ts";
import { type ClassFolder, type FoundPictures, findPictures } from "./find-pictures.ts";
import { readPicture } from "./read-picture.ts";

/** The shares of the validation and the test set, where they have no folders: those of tables. */
const SHARE = 0.15;

/** From so many images on, reading takes a while. */
const MANY = 2000;

/** The most bytes of all images together. */
const MOST_BYTES = 2 ** 31;

/**
 * A data set of images from a folder for each class. They are grey if all files are, else in colour, and of one size.
 *
 * @param name "images:FOLDER"
 */
export async function loadImageFolder(name: string, options: LoadOptions): Promise<Dataset> {
  const folder = name.slice("images:".length);
  const found = findPictures(folder);
  const { train, validation, test, skipped } = found;
  const classes = train.map((each) => each.name);
  const total = [train, validation ?? [], test ?? []].flatMap(filesOf).length;
  tellSkipped(name, skipped, options);
  if (total > MANY) options.onProgress?.({ kind: "note", message: `${name}: reading ${total} images` });
  const read = (set: readonly ClassFolder[]) => picturesOf(set, classes, total, options);
  const [learned, tested] = [[...(await read(train)), ...(await read(validation ?? []))], await read(test ?? [])];
  const all = [...learned, ...tested];
  const isColour = all.some(({ picture }) => picture.channels === 3);
  checkSizes(all);
  const images = bytesOf(learned, isColour);
  const { height, width } = all[0].picture;
  const source: ImageSource = {
    description: {
      ...{ name, task: "classification", classes },
      ...{ source: `${all.length} images of ${folder}`, licence: "the owner's" },
    },
    inputShape: [isColour ? 3 : 1, height, width],
    images,
    testImages: test === undefined ? images : bytesOf(tested, isColour),
    split: splitOf(name, found, images.labels),
    limit: options.limit,
  };
  return imagesLoaded(source, options);
}

const filesOf = (set: readonly ClassFolder[]): string[] => set.flatMap(({ files }) => files);

/** Notes how many files and folders are not read. */
export function tellSkipped(
  name: string,
  skipped: readonly string[],
  { onProgress }: FetchOptions,
  reason = "only PNG and JPEG files in folders of classes are read",
): void {
  if (skipped.length === 0) return;
  const more = skipped.length > 1 ? ` and ${skipped.length - 1} more` : "";
  const message = `${name}: skipped ${quote(skipped[0])}${more}, since ${reason}`;
  onProgress?.({ kind: "note", message });
}

/** An image, with its file and the index of its class. */
interface Labelled {
  readonly file: string;
  readonly label: number;
  readonly picture: Picture;
}

async function picturesOf(
  set: readonly ClassFolder[],
  classes: readonly string[],
  total: number,
  { imageSize, signal }: LoadOptions,
): Promise<Labelled[]> {
  const all: Labelled[] = [];
  for (const { name, files } of set)
    for (const file of files) {
      signal?.throwIfAborted();
      const read = await readPicture(file);
      const picture = imageSize === undefined ? read : resized(read, imageSize[1], imageSize[0]);
      checkMemory(file, picture, total);
      all.push({ file, label: classes.indexOf(name), picture });
    }
  return all;
}

function checkMemory(file: string, { pixels, height, width }: Picture, total: number): void {
  if (pixels.length * total > MOST_BYTES)
    throw new DataError(
      file,
      `${total} images of ${width} × ${height} take more than 2 GiB`,
      `make them smaller: ${RESIZE}`,
    );
}

const RESIZE = setting("--image-size 32x32", "imageSize: [32, 32]");

function checkSizes(all: readonly Labelled[]): void {
  const [first] = all;
  const { width, height } = first.picture;
  const other = all.find(({ picture }) => picture.width !== width || picture.height !== height);
  if (other === undefined) return;
  throw new DataError(
    other.file,
    `the image is ${other.picture.width} × ${other.picture.height} pixels, and ${first.file} is ${width} × ${height}`,
    `resize all to one size: ${RESIZE}`,
  );
}

function bytesOf(all: readonly Labelled[], isColour: boolean): ByteImages {
  const pictures = all.map(({ picture }) => (isColour ? inColour(picture) : inGrey(picture)));
  const size = pictures[0]?.pixels.length ?? 0;
  const pixels = new Uint8Array(size * pictures.length);
  for (const [i, picture] of pictures.entries()) pixels.set(picture.pixels, i * size);
  return { pixels, labels: Uint8Array.from(all, ({ label }) => label) };
}

/** The sets that have folders, and drawn ones for those that have not: each class keeps its share of them. */
function splitOf(name: string, { train, validation, test }: FoundPictures, labels: Uint8Array): Split {
  const learned = filesOf(train).length;
  const drawn = (isGiven: boolean): number => (isGiven ? 0 : Math.max(1, Math.round(SHARE * learned)));
  const sizes = { validation: drawn(validation !== undefined), test: drawn(test !== undefined) };
  if (learned - sizes.validation - sizes.test < 2)
    throw new DataError(name, `there are ${learned} images to train on, too few to divide them`, "give more images");
  const split = stratifiedSplit(labels.subarray(0, learned), sizes);
  return {
    train: split.train,
    validation: validation === undefined ? split.validation : range(learned, learned + filesOf(validation).length),
    test: test === undefined ? split.test : range(0, filesOf(test).length),
  };
}
