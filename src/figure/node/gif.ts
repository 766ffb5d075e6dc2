import { createRequire } from "node:module";
import { positive } from "../check.ts";
import type { Animation } from "../description.ts";
import { filmer } from "./film.ts";
import type { Image, PngOptions } from "./png.ts";

/** The size, theme and fonts of an animation, and the time before it starts again. */
export interface GifOptions extends PngOptions {
  /** Milliseconds for which the last frame stays before the animation starts again. Default 2000. */
  readonly hold?: number;
}

/** 256 less the one that stands for "as before". */
const COLORS = 255;

/**
 * An animation as the bytes of a GIF file that loops forever. By default one pixel of the image is one of the drawing.
 * Throws a RangeError for frames of different sizes, and for more than 50 frames a second: GIF counts time in
 * hundredths of a second, and players slow down anything faster.
 */
export async function toGif(animation: Animation, options: GifOptions = {}): Promise<Uint8Array> {
  const { hold = 2000, scale = 1, ...drawing } = options;
  const { frames } = animation;
  check(animation);
  const draw = await filmer(animation, { ...drawing, scale });
  const { GIFEncoder, quantize, applyPalette } = loadEncoder();
  const palette = quantize(sample(frames, draw), COLORS);
  const same = palette.length;
  const encoder = GIFEncoder();
  let previous: Image | undefined;
  for (let i = 0; i < frames; i++) {
    const image = draw(i);
    sameSize(image, previous);
    const { places, colors } = changes(image, previous);
    const index = new Uint8Array(image.width * image.height).fill(same);
    const shades = applyPalette(colors, palette);
    for (let k = 0; k < places.length; k++) index[places[k]] = shades[k];
    encoder.writeFrame(index, image.width, image.height, {
      palette: i === 0 ? [...palette, [0, 0, 0]] : undefined,
      delay: i === frames - 1 ? hold : 10 * (tick(i + 1, animation) - tick(i, animation)),
      repeat: 0,
      dispose: 1,
      transparent: i > 0,
      transparentIndex: same,
    });
    previous = image;
  }
  encoder.finish();
  return encoder.bytes();
}

function check({ frames, rate }: Animation): void {
  if (!(Number.isSafeInteger(frames) && frames >= 1))
    throw new RangeError(`toGif: the animation has ${frames} frames; it needs at least one`);
  if (positive("toGif: rate", rate) > 50)
    throw new RangeError(`toGif: rate is ${rate} frames a second; a GIF shows at most 50`);
}

/** The hundredth of a second at which a frame is due: rounded from the start on, so that errors do not add up. */
const tick = (frame: number, { rate }: Animation): number => Math.round((100 * frame) / rate);

/** The pixels of the first, the middle and the last frame: all colours of an animation come early, late or half-way. */
function sample(frames: number, draw: (index: number) => Image): Uint8Array {
  const images = [...new Set([0, frames >> 1, frames - 1])].map(draw);
  const parts = images.map((image, i) => (i === 0 ? image.pixels : changes(image, images[0]).colors));
  return new Uint8Array(Buffer.concat(parts));
}

/** The pixels that differ from those before: where they are, and their colours. All that a frame has to store. */
function changes(now: Image, before: Image | undefined): { places: Uint32Array; colors: Uint8Array } {
  const pixels = new Uint32Array(now.pixels.buffer);
  const old = before && new Uint32Array(before.pixels.buffer);
  const places = new Uint32Array(pixels.length);
  let count = 0;
  for (let i = 0; i < pixels.length; i++) if (!old || pixels[i] !== old[i]) places[count++] = i;
  const changed = places.subarray(0, count);
  return { places: changed, colors: new Uint8Array(Uint32Array.from(changed, (i) => pixels[i]).buffer) };
}

function sameSize(image: Image, before: Image | undefined): void {
  if (before && (image.width !== before.width || image.height !== before.height))
    throw new RangeError(
      `toGif: a frame of ${image.width} × ${image.height} after one of ${before.width} × ${before.height}; give all one size`,
    );
}

type Colors = readonly (readonly number[])[];

/** The part of gifenc 1.0 that is used here; the package brings no types. */
interface Gifenc {
  GIFEncoder(): Encoder;
  quantize(rgba: Uint8Array, colors: number): Colors;
  applyPalette(rgba: Uint8Array, palette: Colors): Uint8Array;
}

interface Encoder {
  writeFrame(index: Uint8Array, width: number, height: number, options: FrameOptions): void;
  finish(): void;
  bytes(): Uint8Array;
}

interface FrameOptions {
  /** Of the first frame: the palette of all. */
  palette?: Colors;
  /** Milliseconds, kept as hundredths of a second. */
  delay: number;
  /** Plays: 0 for ever. */
  repeat: number;
  transparent: boolean;
  transparentIndex: number;
  /** 1: the next frame is drawn over this one. */
  dispose: number;
}

/** gifenc is CommonJS that claims to be an ES module; loaders disagree about what `import` returns for it. */
function loadEncoder(): Gifenc {
  const gifenc: Gifenc = createRequire(import.meta.url)("gifenc");
  return gifenc;
}
