import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { reproductions } from "../../reproduce/index.ts";
import { idx, writeFiles } from "../data/small-files.ts";
import { downhill, temporaryFolder } from "./command.ts";

/** MNIST's four files, with 120 training and 30 test images of noise that is brighter where the class is larger. */
async function smallDigits(): Promise<string> {
  const images = (count: number): Uint8Array =>
    new Uint8Array(count * 784).map((_, i) => (((i * 7919) % 101) + 15 * (Math.floor(i / 784) % 10)) % 256);
  const labels = (count: number): number[] => Array.from({ length: count }, (_, i) => i % 10);
  return writeFiles(await temporaryFolder(), {
    "train-images-idx3-ubyte": idx([120, 28, 28], images(120)),
    "train-labels-idx1-ubyte": idx([120], labels(120)),
    "t10k-images-idx3-ubyte": idx([30, 28, 28], images(30)),
    "t10k-labels-idx1-ubyte": idx([30], labels(30)),
  });
}

test("the list names every reproduction with what it costs", async () => {
  const { code, out } = await downhill(["reproduce"]);
  expect(code).toBe(0);
  for (const { name, title, extents } of reproductions) {
    const line = out.split("\n").find((each) => each.startsWith(`${name} `));
    for (const words of [title, extents.quick.cost, extents.full.cost]) expect(line).toContain(words);
  }
  const list = JSON.parse((await downhill(["reproduce", "--json"])).out);
  expect(list).toMatchObject(
    reproductions.map(({ name, source, parts, extents }) => ({ name, source, parts, extents })),
  );
});

test.each([
  [["reproduce", "adm"], "did you mean adam"],
  [["reproduce", "adam", "softmx"], "did you mean softmax"],
  [["reproduce", "softmax", "convnet"], "softmax is a part of adam; write downhill reproduce adam softmax convnet"],
  [["reproduce", "lecun-1989", "h1"], "lecun-1989 is one piece: leave out h1"],
  [["reproduce", "--figure", "all.svg"], "--figure: name a reproduction"],
  [["reproduce", "adam", "--figure", "all.gif"], "nothing moves in this figure"],
  [["reproduce", "adam", "--scale", "huge"], "--scale"],
])("%j is refused", async (argv, words) => {
  const { code, out, err } = await downhill(argv);
  expect([code, out]).toEqual([2, ""]);
  expect(err).toContain(words);
});

test("one leaves a folder with verdicts, figures and finished parts, and takes these when it is started again", async () => {
  const [data, out, elsewhere] = [await smallDigits(), await temporaryFolder(), await temporaryFolder()];
  const page = join(elsewhere, "page.html");
  const argv = ["reproduce", "lecun-1989", "--data-dir", data, "--out", out, "--json", "--quiet"];
  const first = await downhill([...argv, "--figure", page]);
  expect([first.code, first.err]).toEqual([0, ""]);
  const result = JSON.parse(first.out);
  expect(result).toMatchObject({ name: "lecun-1989", scale: "quick", outcome: "completed", figure: page });
  expect(result.claims[0]).toEqual({ claim: "The net has 9,760 weights.", verdict: "holds", measured: "9,760" });
  expect(readFileSync(page, "utf8")).toContain("<svg");
  expect(readdirSync(result.run).sort()).toEqual([
    ...["config.json", "env.json", "metrics.jsonl", "report.html", "summary.json"],
  ]);

  const second = JSON.parse((await downhill(argv)).out);
  expect(second.claims).toEqual(result.claims);
  const parts = (run: string): string => readFileSync(join(run, "metrics.jsonl"), "utf8");
  // The same to the last bit: what was made twice would have been made from scratch.
  expect(parts(second.run)).toBe(parts(result.run));
  expect(parts(result.run).trim().split("\n")).toHaveLength(2);

  const report = await downhill(["report", result.run, "--out", join(elsewhere, "again.html")]);
  expect(report.code).toBe(0);
  expect(readFileSync(join(elsewhere, "again.html"), "utf8")).toBe(
    readFileSync(join(result.run, "report.html"), "utf8"),
  );
});

test("a comparison's finished runs are taken, too; a damaged folder is left out with a word; words are for people", async () => {
  const [data, out] = [await smallDigits(), await temporaryFolder()];
  const argv = ["reproduce", "adam", "softmax", "--data-dir", data, "--out", out, "--threads", "0"];
  const { code, out: words } = await downhill(argv);
  expect(code).toBe(0);
  expect(words).toMatch(/^The experiments of Adam's paper\n/);
  expect(words).toMatch(/\n(holds|does not hold|undecided) +Softmax regression: Adam converges/);
  expect(words).toMatch(/\nOf 2 claims, \d hold/);
  const [folder] = readdirSync(out);
  const lines = readFileSync(join(out, folder, "metrics.jsonl"), "utf8");
  expect((await downhill(argv)).err).toMatch(/\d+ finished parts were taken from earlier folders below /);
  const again = readdirSync(out).find((each) => each !== folder) ?? "";
  expect(readFileSync(join(out, again, "metrics.jsonl"), "utf8")).toBe(lines);
  await writeFiles(join(out, folder), { "config.json": Buffer.from("{") });
  expect((await downhill(argv)).err).toContain("its finished parts are not used");
});

test("one that is interrupted tells what it has, and gives 130", async () => {
  const [data, out] = [await smallDigits(), await temporaryFolder()];
  const stop = new AbortController();
  const argv = ["reproduce", "lecun-1989", "--data-dir", data, "--out", out, "--json"];
  const running = downhill(argv, {
    signal: stop.signal,
    terminal: true,
    onError: (text) => text.includes("net 1") && stop.abort(),
  });
  const { code, out: told, err } = await running;
  expect(code).toBe(130);
  expect(err).toContain("interrupted: start the same again to go on");
  expect(JSON.parse(told)).toMatchObject({ outcome: "interrupted" });
});
