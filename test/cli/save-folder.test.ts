import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { downhill, temporaryFolder } from "./command.ts";

const table = `size,ripe\n${Array.from({ length: 60 }, (_, i) => `${(i * 7) % 13},${i % 2 ? "yes" : "no"}`).join("\n")}\n`;

async function withTable() {
  const folder = await temporaryFolder();
  const file = join(folder, "fruit.csv");
  await writeFile(file, table);
  const saved = join(folder, "m");
  const net = ["--data", file, "--model", "linear", "--epochs", "1", "--no-out", "--save", saved];
  return { saved, net, train: (...more: readonly string[]) => downhill(["train", ...net, ...more]) };
}

test("train --save says where the net is and how to predict with it, and when it replaces another", async () => {
  const { saved, train } = await withTable();
  const { out, err } = await train();
  expect(out).toMatch(new RegExp(`\nsaved: ${saved}\nnext: downhill predict ${saved} new.csv\n$`));
  expect(err).toBe("");
  expect((await train()).err).toBe(`--save: replaces the model in ${saved}\n`);
  await writeFile(join(saved, "notes.txt"), "mine");
  const digits = await downhill(["train", "--limit", "50", "--epochs", "1", "--no-out", "--save", saved]);
  expect(digits.out).toMatch(/\nsaved: \S+\n$/);
  expect((await readdir(saved)).sort()).toEqual(["model.json", "notes.txt", "weights.safetensors"]);
  const { code } = await downhill(["train", "--limit", "50", "--epochs", "1", "--no-out", "--save", join(saved, "..")]);
  expect(code).toBe(0);
});

test.each([
  ["train", []],
  ["train", ["--folds", "3"]],
  ["compare", ["--optimizer", "adam", "--trials", "0", "--seeds", "1", "--threads", "1"]],
] as const)("%s %j refuses to replace what is no saved model before it computes anything", async (command, more) => {
  const { saved, net } = await withTable();
  await mkdir(saved);
  await writeFile(join(saved, "model.json"), "a model of my own");
  const { code, out, err } = await downhill([command, ...net, ...more]);
  expect([code, out]).toEqual([1, ""]);
  expect(err).toContain(`${saved}: it holds "model.json", and no model that could be replaced; give --save a new`);
  expect(await readdir(saved)).toEqual(["model.json"]);
});

test("folds and compare name the command that predicts", async () => {
  const { saved, net, train } = await withTable();
  expect((await train("--folds", "3")).out).toContain(`\nnext: downhill predict ${saved} new.csv\n`);
  const contest = ["--optimizer", "adam", "--trials", "0", "--seeds", "1", "--threads", "1"];
  const { out, err } = await downhill(["compare", ...net, ...contest]);
  expect(err).toContain(`--save: replaces the model in ${saved}\n`);
  expect(out).toContain(`\nnext: downhill predict ${saved} new.csv\n`);
});

test("predict says that a cross-validation keeps no net", async () => {
  const { saved, net } = await withTable();
  const { run } = JSON.parse(
    (
      await downhill([
        "train",
        ...net.filter((word) => word !== "--no-out"),
        "--folds",
        "3",
        "--out",
        `${saved}-runs`,
        "--json",
        "--quiet",
      ])
    ).out,
  );
  const { code, err } = await downhill(["predict", run]);
  expect([code, err]).toEqual([1, expect.stringContaining("keeps none of its folds' nets; train with --save, too")]);
});
