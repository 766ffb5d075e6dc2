import type { RenderedImage } from "@resvg/resvg-js";
import { positive } from "../check.ts";
import type { Figure } from "../description.ts";
import { toSvg } from "../svg/svg.ts";

/** The size, theme and fonts of an image. */
export interface PngOptions {
  /** Pixels of the drawing, before `scale`. Default: the figure's own. */
  readonly width?: number;
  /** Default "light". */
  readonly theme?: "light" | "dark";
  /** Pixels of the image for each pixel of the drawing. Default 2, and 1 for a GIF. */
  readonly scale?: number;
  /** Font files to use. Default: the system's sans-serif. */
  readonly fonts?: readonly string[];
}

/** A figure as pixels. */
export interface Image {
  /** Pixels in a row. */
  readonly width: number;
  /** Rows of pixels. */
  readonly height: number;
  /** Red, green, blue and opacity, a byte each, row by row: width × height × 4. */
  readonly pixels: Uint8Array;
}

/** The figure as the bytes of a PNG file. Throws an Error if no font is found. */
export async function toPng(figure: Figure, options: PngOptions = {}): Promise<Uint8Array> {
  const { width, theme = "light" } = options;
  return (await rasterizer(options))(toSvg(figure, { width, theme })).asPng();
}

/** A function that draws figures as pixels, one after the other. Throws an Error if no font is found. */
export async function imager(options: PngOptions = {}): Promise<(figure: Figure) => Image> {
  const { width, theme = "light" } = options;
  const rasterize = await rasterizer(options);
  return (figure) => imageOf(rasterize(toSvg(figure, { width, theme })));
}

export const imageOf = ({ width, height, pixels }: RenderedImage): Image => ({
  width,
  height,
  pixels: new Uint8Array(pixels),
});

/** A function from SVG to pixels. It reads fonts only for drawings with words, since that takes longer than a few lines do. */
export async function rasterizer({ scale = 2, fonts = [] }: PngOptions): Promise<(svg: string) => RenderedImage> {
  const { Resvg } = await import("@resvg/resvg-js");
  const fitTo = { mode: "zoom", value: positive("toPng: scale", scale) } as const;
  const font = fonts.length > 0 ? { loadSystemFonts: false, fontFiles: [...fonts] } : { loadSystemFonts: true };
  // Without a font the image would silently lack all words.
  if (new Resvg(WORD, { font }).getBBox() === undefined)
    throw new Error(
      "toPng: no font was found; install one (on Debian: fonts-dejavu-core) or name font files in `fonts`",
    );
  return (svg) => new Resvg(svg, { fitTo, font: svg.includes("<text") ? font : { loadSystemFonts: false } }).render();
}

const WORD =
  '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text y="9" font-family="sans-serif">W</text></svg>';
