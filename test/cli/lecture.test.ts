import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { experiments } from "../../src/lecture/index.ts";
import { downhill, temporaryFolder } from "./command.ts";

test("the list names every experiment and its claim", async () => {
  const { code, out } = await downhill(["lecture"]);
  expect(code).toBe(0);
  for (const { id, claim } of experiments) expect(out).toMatch(new RegExp(`^${id} +${claim.slice(0, 9)}`, "m"));
  const list = JSON.parse((await downhill(["lecture", "--json"])).out);
  expect(list).toEqual(experiments.map(({ id, title, claim }) => ({ id, title, claim })));
});

test("an experiment tells its numbers, as text and as JSON, and draws its figure", async () => {
  const folder = await temporaryFolder();
  const files = ["svg", "png", "html"].map((kind) => join(folder, `figure.${kind}`));
  for (const file of files) expect((await downhill(["lecture", "adagrad-by-hand", "--figure", file])).code).toBe(0);
  const [svg, png, html] = await Promise.all(files.map((file) => readFile(file)));
  expect(svg.toString()).toMatch(/^<svg /);
  expect([...png.subarray(1, 4)]).toEqual([..."PNG"].map((letter) => letter.charCodeAt(0)));
  expect(html.toString()).toMatch(/^<!doctype html>/i);
  const result = JSON.parse((await downhill(["lecture", "adagrad-by-hand", "--json"])).out);
  expect(result).toMatchObject({ id: "adagrad-by-hand", holds: true, numbers: { sums: expect.any(Array) } });
});

test("the averages are taken of the user's own temperatures", async () => {
  const file = join(await temporaryFolder(), "days.csv");
  const days = Array.from({ length: 400 }, (_, t) => `${t},${12 - 9 * Math.cos((2 * Math.PI * t) / 365) + (t % 3)}`);
  await writeFile(file, `day,temperature\n${days.join("\n")}\n`);
  const result = JSON.parse((await downhill(["lecture", "bias-correction", "--temperatures", file, "--json"])).out);
  expect(result.numbers.firstDay).toBe(3);
  await writeFile(file, "day,temperature\n1,5\n2,\n3,6\n");
  const hole = await downhill(["lecture", "bias-correction", "--temperatures", file]);
  expect(hole).toMatchObject({ code: 1, out: "" });
  expect(hole.err).toMatch(/line 3 has no temperature/);
});

test.each([
  [["lecture", "learning-rat"], /did you mean learning-rate\?/],
  [["lecture", "learning-rate", "--figure", "a.gif"], /must end in \.svg, \.png or \.html/],
  [["lecture", "--figure", "a.svg"], /--figure is for one experiment/],
])("%j is refused", async (argv, says) => {
  const { code, err } = await downhill(argv);
  expect(code).toBe(2);
  expect(err).toMatch(says);
});
