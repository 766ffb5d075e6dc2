import { cut } from "../arguments/index.ts";
import type { Vector } from "./dataset.ts";

/** How `showSample` draws an image. */
export interface ShowOptions {
  /**
   * Whether to use 24-bit colour escapes, with two rows of pixels in each line of text. Default: false, shades with two
   * characters per pixel.
   */
  readonly color?: boolean;
}

const SHADES = [" ", "░", "▒", "▓", "█"];

/**
 * One example as text for a terminal, lines joined by line breaks: an image, [channels, height, width] of 1 or 3
 * channels, or the values of a row of a table. The darkest value is shown as black and the brightest as white.
 *
 * @param sample the example's inputs, as many as `shape` says; they may be standardised
 * @throws RangeError if the sample does not have the shape's number of values
 */
export function showSample(sample: Vector, shape: readonly number[], { color = false }: ShowOptions = {}): string {
  const size = shape.reduce((product, length) => product * length, 1);
  if (sample.length !== size)
    throw new RangeError(`shape ${cut(shape.join("×"))} needs ${size} values, not ${sample.length}`);
  const [channels, height, width] = shape;
  const image = shape.length === 3 && (channels === 1 || channels === 3);
  if (!image) return Array.from(sample, (value) => value.toPrecision(3)).join("  ");
  const levels = rescale(sample);
  const plane = height * width;
  const pixel = (y: number, x: number): Rgb => {
    const at = y * width + x;
    return channels === 1
      ? [levels[at], levels[at], levels[at]]
      : [levels[at], levels[at + plane], levels[at + 2 * plane]];
  };
  return color ? inColor(pixel, height, width) : inShades(pixel, height, width);
}

/** Red, green and blue from 0 to 1. */
type Rgb = readonly [number, number, number];
type Pixel = (y: number, x: number) => Rgb;

function rescale(sample: Vector): Float64Array {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of sample) [least, most] = [Math.min(least, value), Math.max(most, value)];
  return Float64Array.from(sample, (value) => (most > least ? (value - least) / (most - least) : 0));
}

function inShades(pixel: Pixel, height: number, width: number): string {
  const shade = ([red, green, blue]: Rgb) => {
    const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue; // ITU-R BT.709
    return SHADES[Math.min(SHADES.length - 1, Math.floor(luminance * SHADES.length))].repeat(2);
  };
  return lines(height, (y) => lines(width, (x) => shade(pixel(y, x)), "").trimEnd());
}

/** "▀" in the upper pixel's colour, on a background of the lower one's. */
function inColor(pixel: Pixel, height: number, width: number): string {
  const code = (rgb: Rgb) => rgb.map((level) => Math.round(level * 255)).join(";");
  const cell = (y: number, x: number) => {
    const lower = y + 1 < height ? `\x1b[48;2;${code(pixel(y + 1, x))}m` : "\x1b[49m";
    return `\x1b[38;2;${code(pixel(y, x))}m${lower}▀`;
  };
  return lines(Math.ceil(height / 2), (line) => `${lines(width, (x) => cell(2 * line, x), "")}\x1b[0m`);
}

function lines(count: number, text: (index: number) => string, separator = "\n"): string {
  return Array.from({ length: count }, (_, index) => text(index)).join(separator);
}
