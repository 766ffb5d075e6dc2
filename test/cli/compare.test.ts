import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { resolveCompareOptions } from "../../src/compare/index.ts";
import { downhill, escapes, temporaryFolder } from "./command.ts";

/** A comparison of a second: three optimizers, two trials of two epochs each. */
const short = ["compare", "--data", "blobs", "--model", "softmax", "--epochs", "2", "--trials", "2", "--seeds", "2"];
const three = ["--optimizer", "adam,momentum", "--optimizer", "sgd"];

const measured = { loss: expect.any(Number), accuracy: expect.any(Number) };

test("--json is one object: every run with its tuned rate, and the ranking", async () => {
  const { code, out, err } = await downhill([...short, ...three, "--no-out", "--json", "--quiet"]);
  expect([code, err]).toEqual([0, ""]);
  const result = JSON.parse(out);
  expect(result).toMatchObject({ data: "blobs", model: "mlp:2-3", outcome: "completed", run: null, report: null });
  expect(result.runs).toHaveLength(6);
  for (const run of result.runs) {
    expect(run).toMatchObject({
      ...{ data: "blobs", parameters: 9, batchSize: 64, test: measured, outcome: "completed", run: null },
      hyper: { lr: run.lr },
    });
    expect(run.epochs.map(({ steps }: { steps: number }) => steps)).toEqual([11, 22]);
    expect(run.epochs[0]).toMatchObject({ epoch: 1, train: measured, validation: measured });
  }
  const names = ["adam", "gradient-descent", "momentum"];
  expect(result.ranking.map(({ optimizer }: { optimizer: string }) => optimizer).sort()).toEqual(names);
  expect(result.ranking.map(({ rank }: { rank: number }) => rank)).toEqual([1, 2, 3]);
});

test("the winner's best model is in the folder, and where --save says, and predicts; the record and the page name its run", async () => {
  const out = await temporaryFolder();
  const saved = join(out, "best");
  const typed = [...short, ...three, "--out", join(out, "runs"), "--save", saved];
  const result = JSON.parse((await downhill([...typed, "--json", "--quiet"])).out);
  const { optimizer, seed, folder } = result.best;
  expect(folder).toBe(join(result.run, "model"));
  expect(optimizer).toBe(result.ranking[0].optimizer);
  const own = result.runs.filter((run: { optimizer: string }) => run.optimizer === optimizer);
  const last = own.map(({ epochs }: { epochs: { validation: { loss: number } }[] }) => epochs[1].validation.loss);
  expect(seed).toBe(own[last.indexOf(Math.min(...last))].seed);
  await writeFile(join(out, "rows.csv"), "x,y\n0,1\n-2,0.5\n");
  const predicted = async (model: string) =>
    JSON.parse((await downhill(["predict", model, join(out, "rows.csv"), "--json"])).out);
  expect(await predicted(result.run)).toHaveLength(2);
  expect(await predicted(saved)).toEqual(await predicted(result.run));
  const summary = JSON.parse(await readFile(join(result.run, "summary.json"), "utf8"));
  expect(summary.result.best).toEqual({ optimizer, seed });
  expect(await readFile(result.report, "utf8")).toContain(
    `The weights that were kept are those of ${optimizer} with seed ${seed} (validation loss`,
  );
  const words = await downhill(typed);
  expect(words.out).toContain(`${join("model")} and ${saved}, of ${optimizer} with seed ${seed} (`);
});

test("--save says that no model was saved where every run diverged", async () => {
  const saved = join(await temporaryFolder(), "best");
  const wild = ["--optimizer", "sgd", "--lr", "1e300", "--no-out", "--save", saved, "--json", "--quiet"];
  const { code, out, err } = await downhill([...short, ...wild]);
  expect([code, JSON.parse(out).best]).toEqual([0, null]);
  expect(err).toContain(`--save ${saved}: no model was saved, as every run diverged; lower learning rates may help\n`);
  await expect(readdir(saved)).rejects.toThrow("ENOENT");
});

test("what the help says of defaults is what the library has", async () => {
  const printed = JSON.parse((await downhill(["compare", "--print-config"])).out);
  const { epochs, trials, seeds, batchSize } = resolveCompareOptions({});
  expect(printed).toMatchObject({ epochs, trials, seeds: seeds.length, "batch-size": batchSize });
});

test("a rate that is given is not searched for, and names stay plain", async () => {
  const typed = [...short, ...three, "--lr", "0.05", "--set", "beta=0.8", "--seeds", "7,", "--no-out", "--json"];
  const { runs, ranking, sensitivity } = JSON.parse((await downhill(typed)).out);
  expect(
    runs.map(({ optimizer, lr, seed }: { optimizer: string; lr: number; seed: number }) => [optimizer, lr, seed]),
  ).toEqual([
    ["adam", 0.05, 7],
    ["momentum", 0.05, 7],
    ["gradient-descent", 0.05, 7],
  ]);
  expect(runs[1].hyper).toEqual({ lr: 0.05, beta: 0.8 });
  expect(runs[0].hyper).not.toHaveProperty("beta");
  expect([ranking.every(({ tuned }: { tuned: boolean }) => !tuned), sensitivity]).toEqual([true, []]);
});

test("a rule of one's own takes part, and draws with the built-in one it repeats", async () => {
  const file = join(await temporaryFolder(), "mine.txt");
  await writeFile(file, (await downhill(["optimizers", "momentum", "--rule-file"])).out);
  const typed = [...short, "--optimizer", "momentum", "--rule", file, "--no-out", "--json"];
  const { ranking } = JSON.parse((await downhill(typed)).out);
  expect(ranking.map(({ optimizer }: { optimizer: string }) => optimizer).sort()).toEqual(["mine", "momentum"]);
  expect(ranking[0].final).toEqual(ranking[1].final);
});

test("the table and the report; progress stays out of stdout", async () => {
  const root = await temporaryFolder();
  const { code, out, err } = await downhill([...short, ...three, "--out", root], { terminal: true });
  expect([code, escapes(out)]).toEqual([0, false]);
  for (const name of ["adam", "momentum", "gradient-descent"]) expect(out).toContain(name);
  expect(err).toContain("trials ");
  // The full batch runs beside the three, and is counted.
  expect(err).toContain("3 optimizers, plus full-batch gradient descent (not ranked): 8 trials, 8 final runs\n");
  expect(out).toContain("not ranked");
  expect(err.endsWith("\r\u001b[K")).toBe(true);
  const [folder] = await readdir(root);
  expect(out).toContain(`report: ${join(root, folder, "report.html")}\n`);
  expect(await readFile(join(root, folder, "report.html"), "utf8")).toContain("<svg");
});

test("an interrupted comparison prints what was done and gives 130", async () => {
  const root = await temporaryFolder();
  const interruption = new AbortController();
  const onOutput = (text: string) => text.includes('"kind":"run"') && interruption.abort();
  const typed = [...short, ...three, "--seeds", "5", "--jsonl", "--out", root];
  const { code, out } = await downhill(typed, { signal: interruption.signal, onOutput });
  const result = JSON.parse(out.trimEnd().split("\n").at(-1) ?? "");
  expect([code, result.outcome]).toEqual([130, "interrupted"]);
  expect(result.runs.length).toBeGreaterThan(0);
  expect(result.runs.length).toBeLessThan(15);
  const { result: kept } = JSON.parse(await readFile(join(result.run, "summary.json"), "utf8"));
  expect(kept.runs.length).toBe(result.runs.length);
});

test("report builds the pages of one run anew, and of several together", async () => {
  const root = await temporaryFolder();
  for (const seed of ["1", "2"])
    await downhill(["train", "--data", "moons", "--epochs", "2", "--seed", seed, "--out", root]);
  const runs = (await readdir(root)).map((name) => join(root, name));
  expect(runs).toHaveLength(2);
  const one = await downhill(["report", runs[0]]);
  expect(one).toEqual({ code: 0, out: `${join(runs[0], "report.html")}\n`, err: "" });
  const file = join(root, "both.html");
  const both = await downhill(["report", ...runs, "--out", file, "--json"]);
  expect(JSON.parse(both.out)).toEqual({ report: file, runs });
  expect(await readFile(file, "utf8")).toContain("<html");
});
