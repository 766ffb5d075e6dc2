import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadDataset, mlp } from "../../src/node/index.ts";
import { adam } from "../../src/optimizers/index.ts";
import { lrRange } from "../../src/train/node/index.ts";
import { downhill, escapes, temporaryFolder } from "./command.ts";

const moons = "train --data moons --model mlp:8".split(" ");

test("--lr-range gives what the library finds, and leaves no folder", async () => {
  const folder = await temporaryFolder();
  const typed = ["--lr-range", "1e-4,1", "--steps", "20", "--seed", "3", "--batch-size", "32"];
  const config = join(folder, "config.json");
  await writeFile(config, JSON.stringify({ epochs: 3, out: folder }));
  const { code, out, err } = await downhill([...moons, ...typed, "--config", config, "--json", "--quiet"]);
  expect([code, err]).toEqual([0, ""]);
  const options = {
    model: mlp([2, 8, 2]),
    data: await loadDataset("moons"),
    optimizer: adam(),
    batchSize: 32,
    seed: 3,
  };
  const found = await lrRange({ ...options, from: 1e-4, to: 1, steps: 20 });
  expect(JSON.parse(out)).toMatchObject({ ...found, optimizer: "adam", data: "moons", from: 1e-4, to: 1, steps: 20 });
  expect(await readdir(folder)).toEqual(["config.json"]);
});

test("without values it tries 1e-6 to 10 in 100 steps, and says in words what came of them", async () => {
  const { code, out } = await downhill([...moons, "--lr-range", "--optimizer", "sgd"]);
  expect(code).toBe(0);
  expect(out).toContain("gradient-descent on moons: mlp:2-8-2, softmax cross-entropy");
  expect(out).toMatch(/learning rates from 1e-6 to \S+\. The loss (blew up at|did not blow up)/);
  const [, fastest] = /falls fastest at (\S+),/.exec(out) ?? [];
  expect(out).toContain(`To start with: --lr ${fastest}\n`);
  const terminal = await downhill([...moons, "--lr-range"], { terminal: true });
  expect(escapes(terminal.out)).toBe(true);
  expect(terminal.out).toContain("learning rate");
});

test("a range where the loss never falls is answered by another", async () => {
  const { code, out } = await downhill([...moons, "--lr-range", "100,1000", "--optimizer", "sgd"]);
  expect(code).toBe(0);
  expect(out).toContain("the loss never fell");
  const [, upTo] = /The loss (?:blew up|became infinite or NaN) at (\S+)\./.exec(out) ?? [];
  expect(out).toContain(`Try smaller ones: --lr-range 0.1,${upTo}\n`);
});

test("a range that blows up at once is answered by another, and says that there is no figure", async () => {
  const file = join(await temporaryFolder(), "none.svg");
  const typed = ["--lr-range", "1e30,1e38", "--steps", "10", "--optimizer", "sgd", "--figure", file];
  const { code, out, err } = await downhill([...moons, ...typed]);
  expect(code).toBe(0);
  expect(out).toContain("Try smaller ones: --lr-range 1e+27,1e+30\n");
  expect(out).not.toContain("figure:");
  expect(err).toContain(`--figure ${file}: not drawn`);
  await expect(readFile(file)).rejects.toThrow("ENOENT");
});

test("--jsonl gives each point, and the result last; --figure draws the curve", async () => {
  const file = join(await temporaryFolder(), "rates.svg");
  const { out } = await downhill([...moons, "--lr-range", "1e-4,1", "--steps", "12", "--jsonl", "--figure", file]);
  const lines = out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines.map(({ kind }) => kind)).toEqual([...Array.from({ length: 12 }, () => "point"), "result"]);
  expect(lines[12].points).toEqual(lines.slice(0, 12).map(({ kind: _, ...point }) => point));
  expect(await readFile(file, "utf8")).toContain("learning rate");
});

test.each([
  [
    "--optimizer lbfgs",
    "--lr-range: lbfgs chooses its own step length and has no learning rate; use an update rule, such as adam",
  ],
  ["--lr 0.1", "--lr-range and --lr: give one of them"],
  ["--schedule cosine", "--lr-range and --schedule: give one of them"],
  ["--patience 3", "--lr-range and --patience: give one of them"],
  ["--figure a.gif", "nothing moves in this figure"],
  ["--steps 5", "--steps is 5; with --lr-range it must be a whole number from 10 to 100,000"],
  ["--steps 1000000000", "--steps is 1000000000; with --lr-range it must be a whole number from 10 to 100,000"],
  ["--set lr=0.1", "--lr-range and --set lr: the test tries learning rates of its own"],
  ["--epochs 3", "--lr-range and --epochs: a test counts steps; give --steps"],
  ["--out foo", "--lr-range and --out: a test writes no run folder"],
  ["--figure test", "the name must end in .svg"],
])("--lr-range %s is refused", async (typed, says) => {
  const { code, out, err } = await downhill([...moons, "--lr-range", ...typed.split(" ")]);
  expect([code, out]).toEqual([2, ""]);
  expect(err).toContain(says);
});

test.each([
  ["--lr-range 10,1", "it must be two learning rates with a comma between them, the smaller first"],
  ["--lr-range 0,1", '--lr-range is "0,1"'],
  ["--figure a.svg", "--figure works only with --lr-range"],
  ["--lr-find", "did you mean --lr-range?"],
])("train %s is refused", async (typed, says) => {
  const { code, err } = await downhill([...moons, ...typed.split(" ")]);
  expect(code).toBe(2);
  expect(err).toContain(says);
});
