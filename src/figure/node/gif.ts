import { createRequire } from "node:module";
import { positive } from "../check.ts";
import type { Figure } from "../description.ts";
import { type Image, imager, type PngOptions } from "./png.ts";

export interface GifOptions extends PngOptions {
  /** Frames a second; GIF counts in hundredths of a second, so 25 and 50 are exact. */
  readonly rate?: number;
  /** Milliseconds that the last frame stays before the animation begins again. */
  readonly hold?: number;
}

/** 256 less the one that stands for "as before". */
const COLORS = 255;

/** Figures of one size, one after the other, as the bytes of a GIF file. */
export async function toGif(frames: readonly Figure[], options: GifOptions = {}): Promise<Uint8Array> {
  const { rate = 25, hold = 2000, scale = 1, ...drawing } = options;
  if (frames.length === 0) throw new RangeError("toGif: there are no frames; give at least one");
  const delay = 1000 / positive("toGif: rate", rate);
  const draw = await imager({ ...drawing, scale });
  const { GIFEncoder, quantize, applyPalette } = loadEncoder();
  const palette = quantize(sample(frames, draw), COLORS);
  const encoder = GIFEncoder();
  const same = palette.length;
  let previous: Image | undefined;
  for (const [i, frame] of frames.entries()) {
    const image = draw(frame);
    sameSize(image, previous);
    const index = applyPalette(image.pixels, palette);
    if (previous) leaveOut(index, image, previous, same);
    encoder.writeFrame(index, image.width, image.height, {
      palette: i === 0 ? [...palette, [0, 0, 0]] : undefined,
      delay: i === frames.length - 1 ? hold : delay,
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

/** The pixels of the first, the middle and the last frame: all colours of an animation come early, late or half-way. */
function sample(frames: readonly Figure[], draw: (frame: Figure) => Image): Uint8Array {
  const chosen = new Set([0, frames.length >> 1, frames.length - 1]);
  const images = [...chosen].map((i) => draw(frames[i]));
  return new Uint8Array(Buffer.concat(images.map(({ pixels }) => pixels)));
}

/** Pixels that stay as they were are transparent: what moves is all that a frame has to store. */
function leaveOut(index: Uint8Array, now: Image, before: Image, same: number): void {
  const [a, b] = [now, before].map(({ pixels }) => new Uint32Array(pixels.buffer));
  for (let i = 0; i < index.length; i++) if (a[i] === b[i]) index[i] = same;
}

function sameSize(image: Image, first: Image | undefined): void {
  if (first && (image.width !== first.width || image.height !== first.height))
    throw new RangeError(
      `toGif: a frame of ${image.width} × ${image.height} after one of ${first.width} × ${first.height}; give all one size`,
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

/** It is CommonJS with a mark of an ES module: loaders do not agree on what `import` gives of it. */
function loadEncoder(): Gifenc {
  const gifenc: Gifenc = createRequire(import.meta.url)("gifenc");
  return gifenc;
}
