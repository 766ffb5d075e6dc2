import { type Dirent, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { DataError, quote } from "../../../files/index.ts";
import { fileError } from "../../../files/node/index.ts";
import { isPicture } from "./read-picture.ts";

/** The images of a class, sorted by path. */
export interface ClassFolder {
  readonly name: string;
  readonly files: readonly string[];
}

/** The images of a folder, by set and class. */
export interface FoundPictures {
  readonly train: readonly ClassFolder[];
  /** Undefined if there is no folder of its own. */
  readonly validation: readonly ClassFolder[] | undefined;
  readonly test: readonly ClassFolder[] | undefined;
  /** Files that are no images that can be read, and folders without any. */
  readonly skipped: readonly string[];
}

/** The names of folders of sets, in lower case. */
const SETS = { train: ["train", "training"], validation: ["val", "valid", "validation"], test: ["test", "testing"] };

/**
 * Finds the images in FOLDER/CLASS, or in FOLDER/train/CLASS, FOLDER/val/CLASS and FOLDER/test/CLASS, and in folders below these. Hidden
 * files and folders are passed over.
 *
 * @throws DataError for a folder that cannot be read, has no images, sets without one for training, or classes in one set that are not in
 * the training set
 */
export function findPictures(folder: string): FoundPictures {
  const skipped: string[] = [];
  const names = foldersIn(folder);
  const named = (words: readonly string[]) => names.find((each) => words.includes(each.toLowerCase()));
  const setNamed = (words: readonly string[]) => {
    const name = named(words);
    return name === undefined ? undefined : classesIn(join(folder, name), skipped);
  };
  const train = setNamed(SETS.train);
  if (train === undefined) {
    refuseSetsAlone(folder, names);
    const classes = classesIn(folder, skipped);
    return { train: checkClasses(folder, classes), validation: undefined, test: undefined, skipped };
  }
  const [validation, test] = [setNamed(SETS.validation), setNamed(SETS.test)];
  checkClasses(folder, train);
  skipped.push(...names.filter((name) => !isSet(name)).map((name) => join(folder, name)));
  for (const [name, set] of Object.entries({ val: validation, test })) {
    if (set?.length === 0)
      throw new DataError(
        folder,
        `its folder ${name} has no images in folders of classes`,
        `add some, or remove ${name}`,
      );
    checkKnown(folder, set ?? [], train);
  }
  return { train, validation, test, skipped };
}

const isSet = (name: string): boolean => Object.values(SETS).flat().includes(name.toLowerCase());

/** Folders that are all named as sets are no classes. */
function refuseSetsAlone(folder: string, names: readonly string[]): void {
  if (names.length === 0 || !names.every(isSet)) return;
  throw new DataError(
    folder,
    `it has ${names.map(quote).join(" and ")}, but no folder for training`,
    "name that train",
  );
}

/** The images of a folder that a trained net is to be tested on. */
export interface TestPictures {
  readonly classes: readonly ClassFolder[];
  /** Whether they are a folder's set for testing, beside its training set. */
  readonly isTestSet: boolean;
  /** Files that are no images that can be read. */
  readonly skipped: readonly string[];
}

/**
 * Finds the images in FOLDER/test/CLASS where FOLDER has a training set, too, else those in FOLDER/CLASS; one class is enough.
 *
 * @throws DataError for a folder that cannot be read, has no images in folders of classes, or has a training set but none to test with
 */
export function findTestPictures(folder: string): TestPictures {
  const skipped: string[] = [];
  const names = foldersIn(folder);
  const named = (words: readonly string[]) => names.find((each) => words.includes(each.toLowerCase()));
  const [train, test] = [named(SETS.train), named(SETS.test)];
  if (train !== undefined && test === undefined)
    throw new DataError(
      folder,
      `it has a folder ${quote(train)}, but none named test`,
      `name the folder that has the classes, such as images:${join(folder, train)}`,
    );
  const isTestSet = train !== undefined && test !== undefined;
  const classes = classesIn(isTestSet ? join(folder, test) : folder, skipped);
  if (classes.length === 0) throw new DataError(folder, "there are no images in folders of classes", WANTED);
  return { classes, isTestSet, skipped };
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !name.startsWith("."));
  } catch (error) {
    throw fileError(error, folder);
  }
}

/** In the order of their characters, which is the same in every language. */
const sorted = (names: readonly string[]): string[] => [...names].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));

const foldersIn = (folder: string): string[] =>
  sorted(
    entriesOf(folder)
      .filter((entry) => isFolderAt(folder, entry))
      .map(({ name }) => name),
  );

/** Folders of sets and classes may be links; below them no link to a folder is followed, which could lead back. */
const isFolderAt = (folder: string, entry: Dirent): boolean =>
  entry.isDirectory() ||
  (entry.isSymbolicLink() && statSync(join(folder, entry.name), { throwIfNoEntry: false })?.isDirectory() === true);

/** A class for each folder that has an image; the others are skipped. */
function classesIn(folder: string, skipped: string[]): ClassFolder[] {
  skipped.push(
    ...entriesOf(folder)
      .filter((entry) => !isFolderAt(folder, entry))
      .map(({ name }) => join(folder, name)),
  );
  const all = foldersIn(folder).map((name) => ({ name, files: picturesIn(join(folder, name), skipped) }));
  const [empty, classes] = [true, false].map((isEmpty) => all.filter(({ files }) => (files.length === 0) === isEmpty));
  skipped.push(...empty.map(({ name }) => join(folder, name)));
  return classes;
}

/** The images of a folder and of the folders below it, sorted by path; files that are no such images go to `skipped`. */
export function picturesIn(folder: string, skipped: string[]): string[] {
  const files: string[] = [];
  for (const entry of entriesOf(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) files.push(...picturesIn(path, skipped));
    else (isPicture(path) ? files : skipped).push(path);
  }
  return sorted(files);
}

/** The most classes: a label is a byte. */
const MOST_CLASSES = 256;

const WANTED = "give a folder with a folder of PNG or JPEG images for each class, such as photos/cat and photos/dog";

function checkClasses(folder: string, classes: readonly ClassFolder[]): readonly ClassFolder[] {
  if (classes.length === 0) throw new DataError(folder, "there are no images in folders of classes", WANTED);
  if (classes.length === 1) throw new DataError(folder, `there is only one class, ${quote(classes[0].name)}`, WANTED);
  if (classes.length > MOST_CLASSES)
    throw new DataError(folder, `there are ${classes.length} classes`, `give ${MOST_CLASSES} at most`);
  return classes;
}

function checkKnown(folder: string, set: readonly ClassFolder[], train: readonly ClassFolder[]): void {
  const stray = set.find(({ name }) => train.every((each) => each.name !== name));
  if (stray !== undefined)
    throw new DataError(
      stray.files[0],
      `there is no class ${quote(stray.name)} in the training set of ${folder}`,
      "give each class a folder in both, or leave it out",
    );
}
