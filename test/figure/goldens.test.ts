import { expect, test } from "vitest";
import { toSvg, toTerminal } from "../../src/figure/index.ts";
import { examples } from "./examples/index.ts";

/** Each golden was looked at, as PNG by resvg and in Chromium, before it was taken as right. */
test.each(Object.entries(examples))("%s looks as it did", async (name, make) => {
  const figure = make();
  await expect(`${toSvg(figure)}\n`).toMatchFileSnapshot(`../goldens/figure/${name}.svg`);
  await expect(toTerminal(figure)).toMatchFileSnapshot(`../goldens/figure/${name}.txt`);
});

test("a phone's width and plain dark colours look as they did", async () => {
  const figure = examples.comparison();
  await expect(`${toSvg(figure, { width: 360, theme: "dark" })}\n`).toMatchFileSnapshot(
    "../goldens/figure/comparison-narrow-dark.svg",
  );
});

test("colours in a terminal are as they were", async () => {
  await expect(toTerminal(examples.sensitivity(), { color: true, width: 72, height: 18 })).toMatchFileSnapshot(
    "../goldens/figure/sensitivity-color.txt",
  );
});
