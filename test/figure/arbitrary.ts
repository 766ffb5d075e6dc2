import fc from "fast-check";
import { type Figure, figure, type Mark, panel } from "../../src/figure/index.ts";
import { samples } from "./samples.ts";

const marks = (words: fc.Arbitrary<string>): fc.Arbitrary<Mark> =>
  fc.oneof(...Object.values(samples).map(({ any }): fc.Arbitrary<Mark> => any(words)));

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
