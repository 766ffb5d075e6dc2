import { expect, test } from "vitest";
import { showSample } from "../../src/data/index.ts";

test("an image in shades, two characters a pixel, from its darkest to its brightest", () => {
  const image = Float32Array.of(-1, -0.5, 0, 0.5, 1, -1);
  expect(showSample(image, [1, 2, 3])).toBe("  ░░▒▒\n▓▓██");
});

test("a picture in colour by its luminance: green is brighter than red than blue", () => {
  const planes = [
    [1, 0, 0, 1],
    [0, 1, 0, 1],
    [0, 0, 1, 1],
  ].flat();
  expect(showSample(Float64Array.from(planes), [3, 1, 4])).toBe("░░▓▓  ██");
});

test("with colour, two rows of pixels in a line, closed at its end", () => {
  const text = showSample(Float32Array.of(0, 1, 0.5), [1, 3, 1], { color: true });
  expect(text.split("\n")).toEqual([
    "\x1b[38;2;0;0;0m\x1b[48;2;255;255;255m▀\x1b[0m",
    "\x1b[38;2;128;128;128m\x1b[49m▀\x1b[0m",
  ]);
});

test("a row of a table as its numbers; an image of one colour as black", () => {
  expect(showSample(Float64Array.of(1.23456, -20), [2])).toBe("1.23  -20.0");
  expect(showSample(Float32Array.of(7, 7), [1, 2, 1])).toBe("\n");
});

test("refuses a shape of another size", () => {
  expect(() => showSample(Float32Array.of(1, 2), [1, 2, 2])).toThrow("shape 1×2×2 needs 4 values, not 2");
});
