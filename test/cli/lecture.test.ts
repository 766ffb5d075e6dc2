import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { experiments } from "../../lecture/index.ts";
import { readGif } from "../figure/gif-reader.ts";
import { downhill, temporaryFolder } from "./command.ts";

const lengths = experiments.map(({ id }) => id.length);

test("the list names every experiment, with its claim in JSON", async () => {
  const { code, out } = await downhill(["lecture"]);
  expect(code).toBe(0);
  for (const { id, title } of experiments) expect(out).toContain(`\n${id.padEnd(Math.max(...lengths))}  ${title}\n`);
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

test("an experiment is told in words: labels in place of identifiers, and tables that say what rows stand for", async () => {
  const { out } = await downhill(["lecture", "learning-rate"]);
  expect(out).toMatch(/largest stable learning rate, measured +0\.2\n/);
  expect(out).toMatch(
    /\n {2}the learning rate is +learning rate +value +in theory\n {2}too small +0\.005 +2\.93636 +2\.93636\n/,
  );
  expect(out).not.toMatch(/\b[a-z]+[A-Z][a-z]+[A-Z]?/);
});

test("a table that is too wide is turned", async () => {
  const { out } = await downhill(["lecture", "weighted-averages"]);
  expect(out).toMatch(/\n {2}β +0\.9 +0\.98\n {2}window, 1\/\(1 − β\), days +10 +50\n/);
});

test("where the figure is is said, but not in JSON", async () => {
  const file = join(await temporaryFolder(), "figure.svg");
  const argv = ["lecture", "momentum-adds-up", "--figure", file];
  expect((await downhill(argv)).out.endsWith(`\nfigure: ${file}\n`)).toBe(true);
  expect(JSON.parse((await downhill([...argv, "--json"])).out)).toMatchObject({ id: "momentum-adds-up" });
});

test("a race gives its walks as JSON, and its animation as a GIF", { timeout: 120_000 }, async () => {
  const file = join(await temporaryFolder(), "saddle.GIF");
  const { code, out } = await downhill(["lecture", "radford-saddle", "--json", "--figure", file]);
  expect(code).toBe(0);
  const { trajectories, ...result } = JSON.parse(out);
  expect(Object.keys(result)).toEqual(["id", "title", "claim", "holds", "numbers"]);
  expect(Object.keys(trajectories)).toEqual(["SGD", "Momentum", "NAG", "Adagrad", "RMSProp", "Adadelta", "Adam"]);
  expect(trajectories.SGD).toHaveLength(201);
  expect(trajectories.SGD[0]).toEqual([-1.5, 0.001]);
  const { frames } = readGif(await readFile(file));
  expect(frames).toHaveLength(201);
  expect(frames.slice(0, -1).every(({ delay }) => delay === 4)).toBe(true);
});

test("a figure's file is checked before the experiment runs", async () => {
  // Running, the experiment would miss its data first.
  const argv = ["lecture", "swapped-units", "--data", "csv:no-such.csv", "--figure"];
  expect(await downhill([...argv, "a.bmp"])).toMatchObject({ code: 2, err: expect.stringContaining("a.bmp") });
  const lost = join(await temporaryFolder(), "no", "folder", "a.svg");
  expect(await downhill([...argv, lost])).toMatchObject({
    code: 1,
    err: expect.stringContaining("no/folder: there is no"),
  });
});

test("an interrupt ends all of them, and one that trains a net", async () => {
  const interrupted = AbortSignal.abort();
  for (const id of ["all", "gradient-noise"])
    expect(await downhill(["lecture", id], { signal: interrupted })).toEqual({
      ...{ code: 130, out: "" },
      err: "downhill: interrupted\n",
    });
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
  [
    ["lecture", "adam"],
    new RegExp(
      String.raw`"adam" is not known; did you mean adam-edge, adam-terms, adam-sweep, adam-first-steps or adam-dead-region\? \(downhill lecture lists all ${experiments.length}\)\n$`,
    ),
  ],
  [["lecture", "learning-rate", "--figure", "a.jpg"], /must end in \.svg, \.png, \.html or \.gif/],
  [["lecture", "adagrad-by-hand", "--figure", "a.gif"], /nothing moves in this figure/],
  [["lecture", "--figure", "a.svg"], /--figure: name an experiment, or all/],
  [["lecture", "all", "--figure", "a.svg"], /all figures go on one page; the name must end in \.html/],
])("%j is refused", async (argv, says) => {
  const { code, err } = await downhill(argv);
  expect(code).toBe(2);
  expect(err).toMatch(says);
});

test("a flag that an experiment does not use is said to have no effect, on stderr, and not where it is used", async () => {
  const { code, err } = await downhill(["lecture", "adam-terms", "--data", "csv:none.csv", "--json"]);
  expect([code, err]).toEqual([0, "--data has no effect on adam-terms, which does not use it\n"]);
  const used = await downhill(["lecture", "weighted-averages", "--json"]);
  expect(used.err).toBe("");
  const asked = ["--temperatures", "assets/temperatures/seattle-2014.csv", "--json"];
  expect((await downhill(["lecture", "weighted-averages", ...asked])).err).toBe("");
  expect((await downhill(["lecture", "adam-terms", ...asked])).err).toContain("--temperatures has no effect");
});
