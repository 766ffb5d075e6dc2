/** A GIF file, read by the GIF89a specification: an independent eye on what the encoder wrote. */
export interface Gif {
  readonly width: number;
  readonly height: number;
  /** Red, green and blue of each colour. */
  readonly table: Buffer;
  readonly frames: readonly GifFrame[];
  /** How often it plays; 0 for ever; undefined: once, the file doesn't say. */
  readonly loops: number | undefined;
}

export interface GifFrame {
  readonly width: number;
  readonly height: number;
  /** Hundredths of a second. */
  readonly delay: number;
  /** The colour that leaves a pixel as it was, or −1. */
  readonly hidden: number;
  /** Compressed, and the bits of its shortest code. */
  readonly data: Buffer;
  readonly least: number;
}

/** Reads files with one global colour table and frames as large as the screen, each drawn over the one before. */
export function readGif(gif: Buffer): Gif {
  const [width, height] = [gif.readUInt16LE(6), gif.readUInt16LE(8)];
  const colors = 2 ** ((gif[10] & 7) + 1);
  const frames: GifFrame[] = [];
  let loops: number | undefined;
  let [delay, hidden] = [0, -1];
  for (let at = 13 + 3 * colors; gif[at] !== 0x3b; ) {
    const extension = gif[at] === 0x21;
    if (extension && gif[at + 1] === 0xf9) {
      delay = gif.readUInt16LE(at + 4);
      hidden = gif[at + 3] & 1 ? gif[at + 6] : -1;
    }
    if (extension && gif[at + 1] === 0xff) loops = gif.readUInt16LE(at + 16);
    const { data, end } = blocksFrom(gif, extension ? at + 2 : at + 11);
    if (!extension) {
      if (gif[at] !== 0x2c || gif[at + 9] & 0xc0) throw new Error(`no plain frame at byte ${at}`);
      const size = { width: gif.readUInt16LE(at + 5), height: gif.readUInt16LE(at + 7) };
      frames.push({ ...size, delay, hidden, data, least: gif[at + 10] });
    }
    at = end;
  }
  return { width, height, table: gif.subarray(13, 13 + 3 * colors), frames, loops };
}

/** What is on the screen at each frame: red, green and blue, row by row. */
export function screens({ width, height, table, frames }: Gif): Uint8Array[] {
  const screen = new Uint8Array(3 * width * height);
  return frames.map(({ data, least, hidden }) => {
    decode(data, least).forEach((color, i) => {
      if (color !== hidden) screen.set(table.subarray(3 * color, 3 * color + 3), 3 * i);
    });
    return screen.slice();
  });
}

/** The contents of a row of sub-blocks, each headed by its length, and where they end. */
function blocksFrom(gif: Buffer, start: number): { data: Buffer; end: number } {
  const parts: Buffer[] = [];
  let at = start;
  for (; gif[at] !== 0; at += 1 + gif[at]) parts.push(gif.subarray(at + 1, at + 1 + gif[at]));
  return { data: Buffer.concat(parts), end: at + 1 };
}

/** The variable-length codes of Lempel, Ziv and Welch (GIF89a, appendix F). */
function decode(data: Buffer, least: number): number[] {
  const [clear, end] = [2 ** least, 2 ** least + 1];
  const out: number[] = [];
  let words: number[][] = [];
  let size = least + 1;
  let last: readonly number[] | undefined;
  const reset = (): void => {
    words = Array.from({ length: end + 1 }, (_, i) => (i < clear ? [i] : []));
    size = least + 1;
    last = undefined;
  };
  reset();
  for (let bit = 0; bit + size <= 8 * data.length; ) {
    let code = 0;
    for (let k = 0; k < size; k++, bit++) code |= ((data[bit >> 3] >> (bit & 7)) & 1) << k;
    if (code === end) break;
    if (code === clear) {
      reset();
      continue;
    }
    const word: readonly number[] = words[code] ?? [...(last ?? []), ...(last ?? []).slice(0, 1)];
    for (const color of word) out.push(color);
    if (last && words.length < 4096) words.push([...last, word[0]]);
    if (words.length === 2 ** size && size < 12) size++;
    last = word;
  }
  return out;
}
