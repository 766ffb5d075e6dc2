import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  chart,
  code,
  details,
  facts,
  figure,
  line,
  live,
  page,
  panel,
  prose,
  section,
  table,
} from "../../src/figure/index.ts";
import { script, scriptHash } from "../../src/figure/page/script.ts";
import { hostile } from "./arbitrary.ts";
import { report } from "./examples/report.ts";

test("a page asks for nothing from elsewhere, and says so in its policy", () => {
  const html = report();
  expect(html).toContain("default-src 'none'");
  expect(html).not.toMatch(/\s(src|srcset|xlink:href|action)=|@import|url\(/);
  expect(html.match(/href="[^"]*"/g)).toEqual(['href="https://archive.ics.uci.edu/dataset/80"']);
});

test("the policy admits the page's own script and no other", () => {
  expect(scriptHash).toBe(`sha256-${createHash("sha256").update(script).digest("base64")}`);
  expect(report()).toContain(`script-src '${scriptHash}'`);
  expect(report().match(/<script/g)).toHaveLength(1);
});

describe("a live figure", () => {
  const drawing = figure({ title: "t", description: "d", panels: [panel({ marks: [line({ y: [1, 2] })] })] });
  const hash = "sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s=";
  const pageWith = (data: object, program?: { script: string; hash: string }): string =>
    page({ title: "t", blocks: [live(drawing, data)], sections: [], ...(program && { program }) });

  test("has its data, whatever words are in them, an empty stage, and the drawing that stays without a program", () => {
    fc.assert(
      fc.property(hostile, (words) => {
        const html = pageWith({ words });
        const [, data] = /<script type="application\/json">(.*)<\/script>/.exec(html) ?? [];
        expect(JSON.parse(data)).toEqual({ words: JSON.parse(JSON.stringify(words)) });
        expect(html.match(/<script/g)).toHaveLength(2);
        expect(html).toContain('<div class="stage"></div>\n<div class="still"><svg');
      }),
    );
  });

  test("is shown by the page's program, which the policy admits", () => {
    const html = pageWith({}, { script: "1", hash });
    expect(html).toContain(`script-src '${scriptHash}' '${hash}'`);
    expect(html).toContain("<script>1</script>\n</body>");
    expect(createHash("sha256").update("1").digest("base64")).toBe(hash.slice("sha256-".length));
    expect(pageWith({})).not.toContain(hash);
  });

  test("a program that would end its own script is refused", () => {
    expect(() => pageWith({}, { script: 'a = "</script>"', hash })).toThrow('page: program.script holds "<script"');
    expect(() => pageWith({}, { script: "1", hash: "md5-x'" })).toThrow("page: program.hash is");
  });
});

test("whatever the words, they open no tag and close none", () => {
  const build = (words: string) => {
    const name = words.trim() || "x";
    const drawing = figure({
      title: name,
      description: name,
      legend: "list",
      panels: [panel({ title: name, marks: [line({ y: [1, 2], label: name })] })],
    });
    const blocks = [
      facts([[words, words]]),
      chart(drawing, "caption"),
      table({ caption: name, columns: [words, words], rows: [{ label: words, series: 1, cells: [words, words] }] }),
      code(words, "label"),
      details(name, [code(words)]),
    ];
    return page({ title: name, sections: [section(name, blocks)] });
  };
  const tags = (html: string) => html.replace(/<wbr>|<(style|script)>.*?<\/\1>/gs, "").match(/<\/?[a-z][a-z0-9]*/g);
  const usual = tags(build("adam"));
  fc.assert(
    fc.property(hostile, (words) => {
      expect(tags(build(words))).toEqual(usual);
    }),
  );
});

test("a long fact has a row of its own, and a text without blanks breaks between its parts, not within", () => {
  const net = "dense:1000:relu,residual(dense:24:relu,dropout:0.25|dense:24),dense<4>";
  const html = page({ title: "t", sections: [section("s", [facts({ model: net, seed: "1,000", data: "a, b" })])] });
  const broken =
    "dense:1000:relu,<wbr>residual(<wbr>dense:24:relu,<wbr>dropout:0.25|<wbr>dense:24),<wbr>dense&lt;4&gt;";
  expect(html).toContain(`<div class="long"><dt>model</dt><dd>${broken}</dd></div>`);
  expect(html).toContain("<div><dt>seed</dt><dd>1,000</dd></div>\n<div><dt>data</dt><dd>a, b</dd></div>");
  expect(html).toContain(".facts .long { grid-column: 1 / -1; }");
});

test("prose knows code, strong words and links to the web, and nothing else", () => {
  const html = page({
    title: "t",
    sections: [section("s", [prose("`a<b` **c** [d](https://e.org/?f=1&g=2) [h](javascript:i) <j>")])],
  });
  expect(html).toContain(
    '<p><code>a&lt;b</code> <strong>c</strong> <a href="https://e.org/?f=1&amp;g=2">d</a> [h](javascript:i) &lt;j&gt;</p>',
  );
});

test("prose stays whole whatever its marks", () => {
  fc.assert(
    fc.property(hostile, fc.string(), (a, b) => {
      const html = page({ title: "t", lead: a + b, sections: [] });
      const lead = /<p class="lead">(.*?)<\/p>/s.exec(html)?.[1] ?? "";
      expect(lead.replace(/<\/?(code|strong)>|<a href="https?:[^"<>]*">|<\/a>/g, "")).not.toMatch(/[<>]/);
    }),
  );
});

test("numbers of a column share their decimals, and the best is told apart in words too", () => {
  const html = page({
    title: "t",
    sections: [
      section("s", [
        table({
          caption: "c",
          columns: ["name", { name: "cost", best: "min" }, { name: "steps", best: "max" }, "cell"],
          rows: [
            ["a", 0.01234567, 1200, "x"],
            ["b", 0.5, { value: 800, text: "800 ± 20" }, null],
            ["c", null, null, "y"],
          ],
        }),
      ]),
    ],
  });
  expect(html).toContain('<td class="number best"><strong>0.0123</strong><span class="unseen"> (best)</span></td>');
  expect(html).toContain('<td class="number">0.5000</td>');
  expect(html).toContain("<strong>1,200</strong>");
  expect(html).toContain('<td class="number">800 ± 20</td>');
  expect(html).toContain('<tr><th scope="row">c</th><td class="number">–</td><td class="number">–</td><td>y</td></tr>');
});

test("no number is the best where an interval of another meets its own, or all are equal", () => {
  const best = (...cells: { value: number; interval?: readonly [number, number] }[]) => {
    const rows = cells.map((cell, i) => [String(i), { ...cell, text: `n${cell.value}` }]);
    const columns = ["name", { name: "accuracy", best: "max" as const }];
    const html = page({ title: "t", sections: [section("s", [table({ caption: "c", columns, rows })])] });
    return [...html.matchAll(/<strong>(n[^<]*)/g)].map(([, text]) => text);
  };
  expect(best({ value: 3, interval: [2, 4] }, { value: 1, interval: [0, 2] })).toEqual([]);
  expect(best({ value: 3, interval: [2, 4] }, { value: 1, interval: [0, 1.9] })).toEqual(["n3"]);
  expect(best({ value: 3, interval: [2, 4] }, { value: 1, interval: [0, 5] })).toEqual([]);
  expect(best({ value: 3 }, { value: 3 }, { value: 1 })).toEqual(["n3", "n3"]);
  expect(best({ value: 3 }, { value: 3 })).toEqual([]);
});

test("a caption stands outside of what scrolls, and names it", () => {
  const html = page({
    title: "t",
    sections: [section("s", [table({ caption: "How far", columns: ["a"], rows: [["x"]] })])],
  });
  expect(html).toMatch(
    /<p class="caption" id="(table-1)">How far<\/p>\s*<div class="scroll" role="region" aria-labelledby="\1"/,
  );
});

test("a stacked table names its short cells where a row is a block, unless there is one alone, and no sentence", () => {
  const sentence = "This is a sentence of more than forty characters.";
  const html = (columns: readonly string[], row: readonly string[], stacked = true): string =>
    page({ title: "t", sections: [section("s", [table({ caption: "c", columns, rows: [row], stacked })])] });
  const two = html(["measure", "a", "b", "says"], ["basin", "1 %", "2 %", sentence]);
  expect(two).toContain(`<div class="table stacked">`);
  expect(two).toContain(`<td data-name="a">1 %</td><td data-name="b">2 %</td><td>${sentence}</td>`);
  expect(html(["measure", "value", "says"], ["basin", "1 %", sentence])).toContain(`<td>1 %</td><td>${sentence}</td>`);
  expect(html(["axis", "direction", "length"], ["x", sentence, "2"])).toContain(`<td data-name="length">2</td>`);
  expect(html(["measure", "a", "b"], ["basin", "1 %", "2 %"], false)).not.toContain("data-name=");
});

test("a row of the wrong length is refused", () => {
  expect(() => table({ caption: "c", columns: ["a", "b"], rows: [["only"]] })).toThrow(
    '2 columns and a row of 1: ["only"]',
  );
});

test("each chart is drawn for wide and for narrow pages, with ids of their own", () => {
  const ids = report().match(/\sid="[^"]+"/g) ?? [];
  expect(new Set(ids).size).toBe(ids.length);
  expect(report().match(/class="narrow"/g)).toHaveLength(4);
});

test("a page for light or dark readers only writes the colours of that theme", () => {
  const colors = (theme: "light" | "dark") => page({ title: "t", sections: [], theme });
  expect(colors("dark")).toMatch(/@media screen\{:root\{color-scheme:dark/);
  expect(colors("light")).not.toMatch(/color-scheme:dark/);
});
