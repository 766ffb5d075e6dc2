import { expect, test } from "vitest";
import { cell, figure, panel, toSvg } from "../../src/figure/index.ts";
import { dashes, dashOf } from "../../src/figure/look.ts";
import { palettes } from "../../src/figure/palette.ts";
import { contrast, difference, eyes } from "./eyes.ts";

const pairsOf = <T>(all: readonly T[]): [T, T][] => all.flatMap((a, i) => all.slice(i + 1).map((b): [T, T] => [a, b]));

test.each(Object.keys(eyes))("every two hues differ clearly to %s eyes", (eye) => {
  for (const { series } of Object.values(palettes))
    for (const [a, b] of pairsOf(series)) expect(difference(a, b, eyes[eye])).toBeGreaterThan(0.09);
});

test("words and curves stand out from the paper", () => {
  for (const { paper, ink, muted, series } of Object.values(palettes)) {
    expect(contrast(ink, paper)).toBeGreaterThan(7);
    expect(contrast(muted, paper)).toBeGreaterThan(4.5);
    for (const color of series) expect(contrast(color, paper)).toBeGreaterThan(3);
  }
});

test("counts in the cells of a matrix stand out from their tint, in the first four hues", () => {
  const full = figure({
    ...{ title: "t", description: "d" },
    panels: [panel({ marks: [cell({ x: [1], y: [1], shares: [1], series: 0 })] })],
  });
  const tint = Number(/fill-opacity="(0\.\d+)"/.exec(toSvg(full))?.[1]);
  expect(tint).toBeGreaterThan(0.5);
  for (const { paper, ink, series } of Object.values(palettes))
    for (const hue of series.slice(0, 4)) {
      const channels = [1, 3, 5].map((at) => {
        const [on, under] = [hue, paper].map((hex) => Number.parseInt(hex.slice(at, at + 2), 16));
        return Math.round(tint * on + (1 - tint) * under)
          .toString(16)
          .padStart(2, "0");
      });
      expect(contrast(ink, `#${channels.join("")}`)).toBeGreaterThan(4.5);
    }
});

test("forty series have a look of their own, and neighbours differ in hue and in dashes", () => {
  const hues = palettes.light.series.length;
  const looks = Array.from({ length: 40 }, (_, series) => [series % hues, dashOf({ series })] as const);
  expect(new Set(looks.map(String)).size).toBe(40);
  expect(new Set(looks.map(([, dash]) => dash)).size).toBe(dashes.length);
});
