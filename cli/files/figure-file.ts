import { accessSync, constants, statSync } from "node:fs";
import { dirname } from "node:path";
import { type Animation, type Block, chart, type Figure, page, toSvg } from "../../src/figure/index.ts";
import { errorCode, fileError, writeWhole } from "../../src/files/node/index.ts";
import { Failure, UsageError } from "../mistakes/failure.ts";

const stills = ["svg", "png", "html"] as const;
const kinds = [...stills, "gif"] as const;

/** What a figure is drawn as, by the ending of its file's name. */
type Kind = (typeof kinds)[number];

/** Refuses, before any work is done for it, a file that no figure can be drawn to: its name, or its folder. */
export function checkFigureFile(file: string, may: readonly Kind[] = kinds): void {
  kindOf(file, may);
  const folder = dirname(file);
  try {
    accessSync(folder, constants.W_OK);
    if (statSync(file, { throwIfNoEntry: false })?.isFile() ?? true) return;
  } catch (error) {
    if (errorCode(error) === "ENOENT")
      throw new Failure(`${folder}: there is no such folder; make it, or name another`);
    throw fileError(error, folder);
  }
  throw new UsageError(`--figure ${file}: there is a folder or a device of this name; give the name of a file`);
}

/** The same for a figure in which nothing moves. */
export function checkStillFile(file: string): void {
  if (file.toLowerCase().endsWith(".gif")) throw nothingMoves(file);
  checkFigureFile(file, stills);
}

const nothingMoves = (file: string): UsageError =>
  new UsageError(`--figure ${file}: nothing moves in this figure; give a name ending in .svg, .png or .html`);

interface FigureParts {
  /** The figure in motion, for a .gif. */
  readonly animation?: Animation;
  /** What stands below the figure on a page. */
  readonly blocks?: readonly Block[];
}

/** Draws a figure into a file, as the file's name says: .svg, .png or .html; or, where there is motion, .gif. */
export async function writeFigure(figure: Figure, file: string, parts: FigureParts = {}): Promise<void> {
  writeWhole(file, await drawn(figure, file, parts));
}

/**
 * Writes the figure, if a file is named, and prints the result with a line that says where the figure is. If it cannot be
 * written, the result is printed all the same, before the error.
 */
export async function besideFigure(
  file: string | undefined,
  write: (file: string) => void | Promise<void>,
  print: (figureLine: string) => void,
): Promise<void> {
  if (file === undefined) return print("");
  try {
    await write(file);
  } catch (error) {
    print("");
    throw error;
  }
  print(`figure: ${file}\n`);
}

/** Writes a page into a file. */
export const writePage = (html: string, file: string): void => writeWhole(file, html);

async function drawn(
  figure: Figure,
  file: string,
  { animation, blocks = [] }: FigureParts,
): Promise<string | Uint8Array> {
  switch (kindOf(file)) {
    case "svg":
      return toSvg(figure);
    case "png":
      return (await import("../../src/figure/node/index.ts")).toPng(figure);
    case "html":
      return page({ title: figure.title, blocks: [chart(figure), ...blocks], sections: [] });
    case "gif":
      if (animation === undefined) throw nothingMoves(file);
      return (await import("../../src/figure/node/index.ts")).toGif(animation);
  }
}

function kindOf(file: string, may: readonly Kind[] = kinds): Kind {
  const kind = may.find((ending) => file.toLowerCase().endsWith(`.${ending}`));
  if (kind !== undefined) return kind;
  const endings = may.map((ending) => `.${ending}`);
  throw new UsageError(
    `--figure ${file}: the name must end in ${endings.slice(0, -1).join(", ")} or ${endings.at(-1)}`,
  );
}
