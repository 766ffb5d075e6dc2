import fc from "fast-check";
import {
  arrow,
  band,
  bar,
  type Coordinate,
  contour,
  type Figure,
  figure,
  grid,
  line,
  type Mark,
  marker,
  panel,
  rule,
  text,
} from "../../src/figure/index.ts";

/** Any number that a run can yield: small and huge, constant, not finite. */
const value = fc.oneof(
  fc.double({ min: -10, max: 10 }),
  fc.double(),
  fc.constantFrom(0, -0, 1, 1e308, -1.7e308, 5e-324, 1e-300, Number.NaN, Infinity, -Infinity),
);
const values = fc.array(value, { maxLength: 12 });
const point = fc.tuple<[Coordinate, Coordinate]>(value, value);

const marks = (label: fc.Arbitrary<string>): fc.Arbitrary<Mark> =>
  fc.oneof(
    fc.tuple(values, label).map(([y, name]) => line({ y, label: name })),
    fc.array(point).map((points) => line({ points, weight: "thin" })),
    fc.tuple(values, label).map(([lo, name]) => band({ lo, hi: lo.map((v) => v * 2), label: name })),
    fc
      .tuple(fc.array(point), label)
      .map(([points, name]) => marker({ points, label: name, titles: points.map(() => name) })),
    fc.array(point).map((points) => bar({ points, series: 3 })),
    fc.tuple(point, point).map(([from, to]) => arrow({ from, to })),
    fc.tuple(point, label).map(([at, words]) => text({ at, text: words || "?", color: "#ff0000" })),
    fc.tuple(value, label).map(([y, words]) => rule({ y, text: words })),
    fc.tuple(value, value).map(([a, b]) => surface(a, b)),
  );

function surface(a: number, b: number): Mark {
  const heights = grid((x, y) => a * x + b * y, { x: [-1, 1], y: [0, 1], columns: 4 });
  return contour({ grid: heights, levels: 3, spacing: a > b ? "log" : "linear" });
}

const scale = fc.constantFrom("linear" as const, "log" as const);

/** Any figure, with labels of a kind. */
export const figures = (label: fc.Arbitrary<string>): fc.Arbitrary<Figure> =>
  fc
    .record({
      panels: fc.array(fc.record({ marks: fc.array(marks(label), { maxLength: 5 }), x: scale, y: scale }), {
        minLength: 1,
        maxLength: 3,
      }),
      legend: fc.constantFrom("auto" as const, "ends" as const, "list" as const, "none" as const),
      name: label,
    })
    .map(({ panels, legend, name }) =>
      figure({
        title: name.trim() || "title",
        description: "any figure",
        legend,
        panels: panels.map(({ marks, x, y }) =>
          panel({ x: { scale: x, label: name }, y: { scale: y, label: name }, title: name, marks }),
        ),
      }),
    );

/** Words that mean something to XML, HTML, a terminal or JavaScript. */
export const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.constantFrom(
    `</script><script>alert(1)</script>`,
    `"><img src=x onerror=alert(1)>`,
    "' onload='x",
    "&amp;&lt;]]>",
    "\u001b[31mred\u0007",
    "\u0000\uFFFF\uD800",
    "漢字 👩‍👩‍👧 é",
    '`<b>` **<i>** [x](https://a"b)',
    "[x](javascript:alert(1))",
  ),
);
