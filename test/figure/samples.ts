import fc from "fast-check";
import {
  arrow,
  band,
  bar,
  type Coordinate,
  cell,
  contour,
  errorBar,
  grid,
  line,
  type Mark,
  marker,
  rule,
  surface,
  text,
  way,
} from "../../src/figure/index.ts";

type MarkOf<K extends Mark["kind"]> = Extract<Mark, { readonly kind: K }>;

interface Sample<M> {
  /** A mark within 0 to 4 on both axes, without a label. */
  readonly one: M;
  /** Any mark of the kind, with words of a kind. */
  readonly any: (words: fc.Arbitrary<string>) => fc.Arbitrary<M>;
}

/** Any number that a run can yield: small and huge, constant, not finite. */
const value = fc.oneof(
  fc.double({ min: -10, max: 10 }),
  fc.double(),
  fc.constantFrom(0, -0, 1, 1e308, -1.7e308, 5e-324, 1e-300, Number.NaN, Infinity, -Infinity),
);
const values = fc.array(value, { maxLength: 12 });
const point = fc.tuple<[Coordinate, Coordinate]>(value, value);
const points = fc.array(point);

/** Marks of each kind: the laws in `marks.test.ts` and the properties of drawings are held on them. */
export const samples: { readonly [K in Mark["kind"]]: Sample<MarkOf<K>> } = {
  arrow: {
    one: arrow({ from: [0, 1], to: [4, 3] }),
    any: () => fc.tuple(point, point).map(([from, to]) => arrow({ from, to })),
  },
  band: {
    one: band({ lo: [0, 1, 2], hi: [1, 3, 4] }),
    any: (words) => fc.tuple(values, words).map(([lo, label]) => band({ lo, hi: lo.map((v) => v * 2), label })),
  },
  bar: {
    one: bar({ x: [1, 3], y: [2, 4] }),
    any: () => points.map((all) => bar({ points: all, series: 3 })),
  },
  cell: {
    one: cell({ x: [1, 3], y: [2, 4], shares: [0.2, 1], texts: ["5", ""] }),
    any: (words) =>
      fc.tuple(points, fc.double({ min: 0, max: 1, noNaN: true }), words).map(([all, share, word]) => {
        const texts = all.map(() => word);
        return cell({ points: all, shares: all.map(() => share), texts, titles: texts });
      }),
  },
  contour: {
    one: contour({ grid: grid((x, y) => x + y, { x: [0, 4], y: [0, 4], columns: 5 }), levels: 3 }),
    any: () => fc.tuple(value, value).map(([a, b]) => plane(a, b)),
  },
  errorBar: {
    one: errorBar({ y: [1, 3], lo: [0, 2], hi: [1, 4] }),
    any: (words) => fc.tuple(values, words).map(([lo, label]) => errorBar({ lo, hi: lo.map((v) => v / 2), label })),
  },
  line: {
    one: line({ y: [4, 1, 2] }),
    any: (words) =>
      fc.oneof(
        fc.tuple(values, words).map(([y, label]) => line({ y, label })),
        points.map((all) => line({ points: all, weight: "thin" })),
      ),
  },
  marker: {
    one: marker({
      points: [
        [1, 1],
        [3, 2],
      ],
    }),
    any: (words) =>
      fc.tuple(points, words).map(([all, label]) => marker({ points: all, label, titles: all.map(() => label) })),
  },
  rule: {
    one: rule({ y: 2 }),
    any: (words) => fc.tuple(value, words).map(([y, said]) => rule({ y, text: said })),
  },
  surface: {
    one: surface({ grid: grid((x, y) => x + y, { x: [0, 4], y: [0, 4], columns: 5 }), levels: 3 }),
    any: (words) =>
      fc
        .tuple(fc.array(value, { minLength: 9, maxLength: 9 }), words, fc.integer({ min: -180, max: 180 }))
        .map(([values, label, azimuth]) => {
          const heights = grid((x, y) => values[3 * y + x], { x: [0, 2], y: [0, 2], columns: 3 });
          return surface({
            grid: heights,
            z: { label, scale: azimuth > 0 ? "log" : "linear" },
            azimuth,
            elevation: 20,
          });
        }),
  },
  text: {
    one: text({ at: [2, 2], text: "words" }),
    any: (words) => fc.tuple(point, words).map(([at, said]) => text({ at, text: said || "?", color: "#ff0000" })),
  },
  way: {
    one: way({ x: [1, 2, 3], y: [1, 3, 2], z: [5, 4, null] }),
    any: (words) => fc.tuple(points, words).map(([all, label]) => way({ points: all, z: all.map(([x]) => x), label })),
  },
};

function plane(a: number, b: number) {
  const heights = grid((x, y) => a * x + b * y, { x: [-1, 1], y: [0, 1], columns: 4 });
  const colors = a > 0 ? { z: { scale: b > 0 ? "log" : "linear" } as const, labels: true } : {};
  return contour({ grid: heights, levels: 3, spacing: a > b ? "log" : "linear", ...colors });
}
