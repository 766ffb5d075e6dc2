import { expect, test } from "vitest";
import { page } from "../../src/figure/index.ts";
import { format, numberColumn, rowPrinter, tableBlock, tableLines, textColumn } from "../../src/report/index.ts";

interface Row {
  readonly name: string;
  readonly loss: number | null;
}

const columns = [
  textColumn("name", ({ name }: Row) => name),
  numberColumn("n", ({ loss }: Row) => loss, format.loss, { best: "min" }),
];

const rows = [
  { name: "数学", loss: 10 },
  { name: "a", loss: null },
];

test("columns stand below each other, wide characters counted twice", () => {
  expect(tableLines(columns, rows)).toEqual(["name      n", "数学  10.00", "a         –"]);
});

test("heads break into two lines where they would make the table wider than a window", () => {
  const named = textColumn("a name that is longer than most", () => "n".repeat(51));
  const wide = [columns[1], textColumn("the last epoch's loss", () => "0.5"), named];
  expect(tableLines(wide, rows)).toEqual([
    "       the last",
    "    n  epoch's loss  a name that is longer than most",
    `10.00  0.5           ${"n".repeat(51)}`,
    `    –  0.5           ${"n".repeat(51)}`,
  ]);
  expect(tableLines(wide.slice(0, 2), rows)[0]).toContain("the last epoch's loss");
});

test("rows that come one by one have columns that are wide enough from the start", () => {
  const tell = rowPrinter(columns, [4, 7]);
  expect(rows.flatMap(tell)).toEqual(["name        n", "数学    10.00", "a           –"]);
});

test("a page has the same heads, words and alignment", () => {
  const html = page({ title: "t", sections: [{ title: "s", blocks: [tableBlock({ caption: "c", columns, rows })] }] });
  expect(html).toContain('<th scope="col">name</th><th scope="col" class="number">n</th>');
  expect(html).toContain('<th scope="row">数学</th><td class="number">10.00</td>');
  expect(html).toContain('<th scope="row">a</th><td class="number">–</td>');
});

test("a page highlights the best number, if its interval overlaps no other; a terminal does not", () => {
  const apart = (low: number, high: number) => [
    numberColumn("loss", ({ loss }: Row) => loss, format.loss, {
      best: "min",
      interval: ({ loss }) => (loss === 1 ? [low, high] : [2, 3]),
    }),
  ];
  const two = [
    { name: "a", loss: 1 },
    { name: "b", loss: 2.5 },
  ];
  const drawn = (low: number, high: number) => {
    const named = [columns[0], ...apart(low, high)];
    return page({ title: "t", sections: [], blocks: [tableBlock({ caption: "c", columns: named, rows: two })] });
  };
  expect(drawn(0.5, 1.5)).toContain("<strong>1.000</strong>");
  expect(drawn(0.5, 2.5)).not.toContain("<strong>1.000</strong>");
  expect(tableLines(apart(0.5, 1.5), two)).toEqual([" loss", "1.000", "2.500"]);
});
