import { expect, test } from "vitest";
import { figure, line, panel } from "../../src/figure/index.ts";
import { imager, toGif, toPng } from "../../src/figure/node/index.ts";
import { examples } from "./examples/index.ts";

const still = (y: readonly number[]) =>
  figure({
    title: "t",
    description: "d",
    width: 200,
    height: 150,
    panels: [panel({ y: { domain: [0, 4] }, x: { domain: [0, 2] }, marks: [line({ y })] })],
  });

test("a PNG has the size of the figure, times the scale", async () => {
  const png = Buffer.from(await toPng(examples.accuracy(), { width: 400, scale: 3 }));
  // The signature, then the header chunk with width and height (PNG specification, third edition, 5.2 and 11.2.1).
  expect(png.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
  expect(png.readUInt32BE(16)).toBe(1200);
});

test("the two themes have the colours of their paper", async () => {
  const corner = async (theme: "light" | "dark") => [...(await imager({ theme }))(still([1])).pixels.subarray(0, 4)];
  expect(await corner("light")).toEqual([255, 255, 255, 255]);
  expect(await corner("dark")).toEqual([0x12, 0x16, 0x1d, 255]);
});

test("without a font there is an error, not an image without words", async () => {
  await expect(toPng(still([1]), { fonts: ["no/such/font.ttf"] })).rejects.toThrow("no font was found");
});

/** Sizes of the frames and their delays, by walking the blocks of the file (GIF89a specification). */
function framesOf(gif: Buffer): { width: number; delay: number }[] {
  const tableSize = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  const frames: { width: number; delay: number }[] = [];
  let delay = 0;
  let at = 13 + tableSize(gif[10]);
  const skipBlocks = (start: number): number => (gif[start] === 0 ? start + 1 : skipBlocks(start + 1 + gif[start]));
  while (gif[at] !== 0x3b) {
    if (gif[at] === 0x21 && gif[at + 1] === 0xf9) delay = gif.readUInt16LE(at + 4);
    if (gif[at] === 0x2c) frames.push({ width: gif.readUInt16LE(at + 5), delay });
    at = gif[at] === 0x21 ? skipBlocks(at + 2) : skipBlocks(at + 11 + tableSize(gif[at + 9]));
  }
  return frames;
}

test("a GIF has its frames, its rate, and a pause at the end", async () => {
  const gif = Buffer.from(await toGif([still([1]), still([1, 3]), still([1, 3, 2])], { rate: 50, hold: 500 }));
  expect(gif.toString("latin1", 0, 6)).toBe("GIF89a");
  expect(framesOf(gif)).toEqual([2, 2, 50].map((delay) => ({ width: 200, delay })));
});

test("frames after the first store what has changed", async () => {
  const size = async (frames: number) =>
    (await toGif(Array.from({ length: frames }, examples.beale), { width: 240 })).length;
  const [one, three] = [await size(1), await size(3)];
  expect(three - one).toBeLessThan(one / 10);
});

test("frames of different sizes are refused", async () => {
  const wide = figure({ title: "t", description: "d", width: 300, height: 150, panels: [panel({ marks: [] })] });
  await expect(toGif([still([1]), wide])).rejects.toThrow(/a frame of 300 × \d+ after one of 200/);
  await expect(toGif([])).rejects.toThrow("no frames");
});
