import { writeFileSync } from "node:fs";
import { fileError } from "../src/data/node/file-error.ts";
import { chart, type Figure, page, toSvg } from "../src/figure/index.ts";
import { UsageError } from "./failure.ts";

/** Draws a figure into a file, as the file's name says: .svg, .png or .html. */
export async function writeFigure(figure: Figure, file: string): Promise<void> {
  const bytes = await drawn(figure, file);
  try {
    writeFileSync(file, bytes);
  } catch (error) {
    throw fileError(error, file);
  }
}

async function drawn(figure: Figure, file: string): Promise<string | Uint8Array> {
  const [, kind] = /\.(\w+)$/.exec(file.toLowerCase()) ?? [];
  if (kind === "svg") return toSvg(figure);
  if (kind === "png") return (await import("../src/figure/node/index.ts")).toPng(figure);
  if (kind === "html") return page({ title: figure.title, blocks: [chart(figure)], sections: [] });
  throw new UsageError(`--figure ${file}: the name must end in .svg, .png or .html`);
}
