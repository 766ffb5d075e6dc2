import { Resvg } from "@resvg/resvg-js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Figure, toSvg, toTerminal } from "../../src/figure/index.ts";
import { cellWidth } from "../../src/figure/terminal/cells.ts";
import { figures, hostile } from "./arbitrary.ts";

const plain = fc.constantFrom("adam", "momentum", "β = 0.9", "gradient descent", "");

test("whatever the numbers, a drawing holds places only", () => {
  fc.assert(
    fc.property(figures(plain), fc.constantFrom(200, 360, 720), (figure, width) => {
      const svg = toSvg(figure, { width });
      expect(svg).not.toMatch(/NaN|Infinity|undefined|null|-0[ ,"]/);
      // A tenth of a pixel, and nothing farther out than readers can bear.
      const paths = [...svg.matchAll(/ (?:d|transform)="([^"]*)"/g)].flatMap(
        (match) => match[1].replace(/translate|rotate/g, "").match(/[^MLHVZAhvlz,() ]+/g) ?? [],
      );
      for (const number of paths) expect(number).toMatch(/^-?\d{1,5}(\.\d)?$/);
    }),
  );
});

test("whatever the words, a drawing is well-formed and says them", () => {
  fc.assert(
    fc.property(figures(hostile), (figure) => {
      const svg = toSvg(figure, { theme: "light" });
      expect(() => new Resvg(svg, { font: { loadSystemFonts: false } })).not.toThrow();
      // Tags with quoted attributes, and between them words without angle brackets.
      expect(svg.replace(/<\/?[a-z]+( [a-zA-Z:-]+="[^"<>]*")*\/?>/g, "")).not.toMatch(/[<>]/);
      expect(svg).not.toMatch(/<(script|img)/);
    }),
  );
});

test("a figure is data: through JSON and back it is drawn to the same text", () => {
  fc.assert(
    fc.property(figures(plain), (figure) => {
      const back: Figure = JSON.parse(JSON.stringify(figure));
      expect(toSvg(back)).toBe(toSvg(figure));
      expect(toTerminal(back)).toBe(toTerminal(figure));
    }),
  );
});

test("whatever it is, a figure keeps to its part of the terminal", () => {
  fc.assert(
    fc.property(figures(hostile), fc.integer({ min: 24, max: 100 }), (figure, width) => {
      const lines = toTerminal(figure, { width, height: 12 }).split("\n");
      for (const line of lines) expect(cellWidth(line)).toBeLessThanOrEqual(width);
      expect(lines.join("")).not.toMatch(/[\p{Cc}]/u);
    }),
  );
});
