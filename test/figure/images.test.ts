import { expect, test } from "vitest";
import { type Animation, contour, type Figure, figure, grid, line, marker, panel } from "../../src/figure/index.ts";
import { imager, toGif, toPng } from "../../src/figure/node/index.ts";
import { examples } from "./examples/index.ts";
import { readGif, screens } from "./gif-reader.ts";

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

/** A line that grows by a point a frame, beside what stands still. */
function growing(frames: number, rate = 25, title: (index: number) => string = () => "t"): Animation {
  const ground = contour({ grid: grid((x, y) => x * x + y, { x: [0, 8], y: [0, 4], columns: 9 }) });
  const star = marker({ points: [[6, 3]], shape: "star", color: "ink" });
  const frame = (index: number): Figure =>
    figure({
      title: title(index),
      description: "d",
      width: 200,
      height: 150,
      legend: "list",
      panels: [
        panel({
          x: { domain: [0, 8] },
          y: { domain: [0, 4] },
          marks: [ground, star, line({ y: [1, 3, 2, 4, 0].slice(0, index + 1), label: "walk" })],
        }),
      ],
    });
  return { frames, rate, frame };
}

const read = async (animation: Animation, options?: Parameters<typeof toGif>[1]) =>
  readGif(Buffer.from(await toGif(animation, options)));

test("a GIF has its frames, plays for ever, and pauses at the end", async () => {
  const { frames, loops } = await read(growing(3, 50), { hold: 500, scale: 2 });
  expect(loops).toBe(0);
  expect(frames.map(({ delay, width }) => [delay, width])).toEqual([2, 2, 50].map((delay) => [delay, 400]));
});

test("a rate that hundredths of a second do not divide is kept on average", async () => {
  const { frames } = await read(growing(4, 30), { hold: 30 });
  expect(frames.map(({ delay }) => delay)).toEqual([3, 4, 3, 3]);
});

test.each(["light", "dark"] as const)("each %s frame shows what a PNG of it would", async (theme) => {
  const animation = growing(5, 25, (index) => (index < 3 ? "before" : "after"));
  const seen = screens(await read(animation, { theme }));
  const draw = await imager({ theme, scale: 1 });
  for (const [i, pixels] of seen.entries()) {
    const expected = draw(animation.frame(i)).pixels.filter((_, k) => k % 4 < 3);
    expect(pixels).toHaveLength(expected.length);
    const off = pixels.filter((value, k) => Math.abs(value - expected[k]) > 16).length;
    // 255 colours for all frames: a few pixels on the rims of lines take a neighbour's.
    expect(off / pixels.length).toBeLessThan(0.002);
  }
  // Else nothing would have been seen to move.
  expect(seen[4]).not.toEqual(seen[0]);
});

test("frames after the first store what has changed", async () => {
  const size = async (frames: number) =>
    (await toGif({ frames, rate: 25, frame: examples.beale }, { width: 240 })).length;
  const [one, three] = [await size(1), await size(3)];
  expect(three - one).toBeLessThan(one / 10);
});

test("an animation that is none is refused", async () => {
  const wide = figure({ title: "t", description: "d", width: 300, height: 150, panels: [panel({ marks: [] })] });
  const odd = { frames: 2, rate: 25, frame: (index: number) => (index === 0 ? still([1]) : wide) };
  await expect(toGif(odd)).rejects.toThrow(/a frame of 300 × \d+ after one of 200/);
  await expect(toGif(growing(0))).rejects.toThrow("has 0 frames; it needs at least one");
  await expect(toGif(growing(2, 60))).rejects.toThrow("rate is 60 frames a second; a GIF shows at most 50");
  await expect(toGif(growing(2, -1))).rejects.toThrow("rate is -1; give a positive number");
});
