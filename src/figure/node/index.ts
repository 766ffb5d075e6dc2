/**
 * Figures as image files, on Node.
 *
 * @module
 */

export { type GifOptions, toGif } from "./gif.ts";
export { type Image, imager, type PngOptions, toPng } from "./png.ts";
