import { readdirSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { downhill, temporaryFolder } from "./command.ts";

/** Two classes that a line divides; four rows for each of 25 members. */
const rows = Array.from({ length: 100 }, (_, i) => {
  const age = (i * 37) % 60;
  return [age, i % 3 ? "red" : "green", `m${i % 25}`, age > 20 ? "yes" : "no", age * 2.5 + (i % 7)];
});

let file = "";
beforeAll(async () => {
  file = join(await temporaryFolder(), "members.csv");
  await writeFile(file, ["age,colour,member,stays,cost", ...rows.map((row) => row.join())].join("\n"));
});

const fast = ["--epochs", "3", "--no-out"];
const run = (...flags: string[]) => downhill(["train", "--data", file, ...flags]);
const classes = ["--predict", "stays", "--ignore", "cost"];

async function result(...flags: string[]) {
  const { code, out, err } = await run(...flags, "--json", "--quiet");
  expect([code, err]).toEqual([0, ""]);
  return JSON.parse(out);
}

describe("train --folds", () => {
  it("prints a line for each fold, their mean and deviation, and the baseline", async () => {
    const { code, out } = await run(...classes, "--ignore", "cost,member", "--folds", "4", ...fast);
    expect(code).toBe(0);
    const lines = out.split("\n");
    expect(lines.slice(0, 2)).toEqual([
      "adam on members.csv, 4 folds",
      expect.stringMatching(/^mlp:3-64-2; 100 rows, each class spread evenly over the folds$/),
    ]);
    expect(lines[3]).toMatch(/^fold +trained on +held out +epochs +loss +accuracy +macro F1 +ROC AUC$/);
    for (const fold of [1, 2, 3, 4])
      expect(lines[3 + fold]).toMatch(new RegExp(`^${fold} +75 +25 +3 +0\\.\\d+ +\\d+\\.\\d %`));
    expect(lines[8]).toMatch(/^mean +0\.\d+ +\d/);
    expect(lines[9]).toMatch(/^± +0\.\d+ +\d/);
    expect(out).toMatch(/\naccuracy \d+\.\d ± \d+\.\d %: mean ± sample standard deviation over 4 folds\n/);
    expect(out).toContain("always predicting the most frequent class gives 64.0 %");
  });

  it("gives the same as JSON, with the same folds each time", async () => {
    const flags = [...classes, "--ignore", "cost,member", "--folds", "3", ...fast];
    const first = await result(...flags);
    expect(first).toMatchObject({
      rows: 100,
      aside: 0,
      planned: 3,
      outcome: "completed",
      run: null,
      saved: null,
      seed: 1,
    });
    expect(first.folds.map(({ counts }: { counts: number[] }) => counts[2]).sort()).toEqual([33, 33, 34]);
    expect({ ...(await result(...flags)), seconds: 0 }).toEqual({ ...first, seconds: 0 });
    const other = await result(...flags, "--split-seed", "5");
    expect(other.scores.loss).not.toEqual(first.scores.loss);
  });

  it("has the errors of a regression in its unit", async () => {
    const { scores } = await result(
      "--predict",
      "cost",
      "--ignore",
      "member",
      "--model",
      "linear",
      "--optimizer",
      "newton",
      "--folds",
      "5",
      ...fast,
    );
    expect(Object.keys(scores)).toEqual(["loss", "rmse", "mae", "r2", "baseline"]);
    expect(scores.r2.mean).toBeGreaterThan(0.9);
    expect(scores.baseline.mean).toBeGreaterThan(5 * scores.rmse.mean);
  });

  it("keeps groups together, and says so", async () => {
    const { out } = await run(...classes, "--group-by", "member", "--folds", "5", ...fast);
    expect(out).toContain("100 rows of 25 groups, each kept in one fold\n");
    expect(out).toMatch(/\n1 +80 +20 /);
  });

  it("says that folds are unequal where a group is most of the rows", async () => {
    const uneven = join(await temporaryFolder(), "uneven.csv");
    const lines = rows.map(([age], i) => `${age},${i < 80 ? "a" : `b${i % 4}`},${i % 3 ? "no" : "yes"}`);
    await writeFile(uneven, ["age,member,stays", ...lines].join("\n"));
    const { out } = await downhill(["train", "--data", uneven, "--group-by", "member", "--folds", "3", ...fast]);
    expect(out).toContain(
      "\nthe folds are unequal, from 10 to 80 rows, as each group is kept in one; so the mean says little\n",
    );
    expect((await run(...classes, "--group-by", "member", "--folds", "3", ...fast)).out).not.toContain("unequal");
  });

  it("keeps a test set that is asked for aside, and early stopping away from the fold", async () => {
    const flags = [...classes, "--ignore", "cost,member", "--test-split", "0.2", "--patience", "2", "--folds", "4"];
    const { out } = await run(...flags, ...fast);
    expect(out).toContain("; a test set of 20 rows stays aside\n");
    expect(out).toContain(
      "early stopping or the schedule watched 9 rows outside each fold, never the fold that is held out",
    );
    expect(out).toMatch(/\n1 +51 +9 +20 /);
  });

  it("weighs classes in each fold, of a set in the package, too", async () => {
    const plain = await result("--data", "digits", "--folds", "3", "--epochs", "1", "--no-out");
    const weighted = await result(
      "--data",
      "digits",
      "--folds",
      "3",
      "--epochs",
      "1",
      "--no-out",
      "--class-weights",
      "3=50",
    );
    expect(plain).toMatchObject({ rows: 1497, aside: 300 });
    expect(weighted.scores.accuracy.mean).toBeLessThan(plain.scores.accuracy.mean);
  });

  it("trains a net on all folds with --save, which predicts", async () => {
    const folder = join(await temporaryFolder(), "net");
    const { out } = await run(...classes, "--ignore", "cost,member", "--folds", "3", ...fast, "--save", folder);
    expect(out).toContain(`saved: ${folder}, a net that was trained on all 100 rows\n`);
    const predicted = await downhill(["predict", folder, file, "--json"]);
    expect(JSON.parse(predicted.out)).toHaveLength(100);
  });

  it("leaves a folder with a report, which can be made again, and which train takes as settings", async () => {
    const out = await temporaryFolder();
    const flags = [...classes, "--ignore", "cost,member", "--folds", "3", "--epochs", "2", "--out", out];
    await run(...flags);
    const [name] = readdirSync(out);
    expect(name).toMatch(/-train-folds-adam-members\.csv$/);
    const folder = join(out, name);
    const read = (file: string) => readFileSync(join(folder, file), "utf8");
    const page = read("report.html");
    expect(page).toContain("adam on members.csv, 3 folds");
    expect(page).toContain("Accuracy by fold");
    for (const [name, value] of [
      ["lr", "0.001"],
      ["Batch size", "64"],
      ["Seed", "1"],
    ])
      expect(page).toMatch(new RegExp(`<dt>${name}</dt>\\s*<dd>${value}</dd>`));
    expect(
      read("metrics.jsonl")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line).fold),
    ).toEqual([1, 2, 3]);
    await writeFile(join(folder, "report.html"), "");
    expect((await downhill(["report", folder])).code).toBe(0);
    expect(read("report.html")).toContain("Accuracy by fold");
    const again = await downhill(["train", "--config", join(folder, "config.json"), "--no-out", "--json", "--quiet"]);
    const { result: kept } = JSON.parse(read("summary.json"));
    expect(JSON.parse(again.out).scores).toEqual(kept.scores);
  });

  it("notes classes that are not in every fold", async () => {
    const rare = join(await temporaryFolder(), "rare.csv");
    const lines = rows.map(([age], i) => `${age},${i < 3 ? "perhaps" : i % 2 ? "no" : "yes"}`);
    await writeFile(rare, ["age,stays", ...lines].join("\n"));
    const note = 'fewer than 5 rows have the class "perhaps", so some folds hold none of it';
    const { err } = await downhill(["train", "--data", rare, "--folds", "5", ...fast]);
    expect(err).toContain(note);
    expect((await downhill(["train", "--data", rare, "--folds", "3", ...fast])).err).not.toContain("fewer than");
  });

  it("prints a line of JSON for each fold with --jsonl", async () => {
    const { out } = await run(...classes, "--ignore", "cost,member", "--folds", "2", ...fast, "--jsonl", "--quiet");
    expect(
      out
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line).kind),
    ).toEqual(["fold", "fold", "result"]);
  });

  it("ends where it is interrupted, with what is done, and saves no net", async () => {
    const abort = new AbortController();
    const folder = join(await temporaryFolder(), "net");
    const flags = ["--folds", "5", "--epochs", "3", "--no-out", "--jsonl", "--quiet", "--save", folder];
    const onOutput = (text: string) => text.includes('"fold":2') && abort.abort();
    const around = { signal: abort.signal, onOutput };
    const { code, out } = await downhill(
      ["train", "--data", file, ...classes, "--ignore", "cost,member", ...flags],
      around,
    );
    expect(code).toBe(130);
    expect(JSON.parse(out.trim().split("\n").at(-1) ?? "")).toMatchObject({
      outcome: "interrupted",
      saved: null,
      planned: 5,
    });
    expect((await downhill(["predict", folder, file])).code).not.toBe(0);
  });

  it.each([
    [["--folds", "1"], '--folds is "1"; it must be a whole number, 2 or more'],
    [["--folds", "101"], "folds: 101 folds need at least 101 rows, not 100"],
    [["--folds", "3", "--target", "0.2"], "--folds and --target: give one of them"],
    [["--folds", "3", "--lr-range"], "give one of them"],
    [["--folds", "3", "--validation", "x.csv"], "--folds and --validation: each fold draws what"],
    [
      ["--folds", "3", "--patience", "2", "--validation-split", "0.4"],
      "--folds and --validation-split: each fold draws",
    ],
    [["--folds", "26", "--group-by", "member"], "folds: 26 folds need at least 26 groups of rows, not 25"],
    [["--group-by", "member"], "--group-by: it says which rows to keep in one fold; give --folds, too"],
    [["--folds", "3", "--group-by", "membr"], 'there is no column named "membr"; did you mean "member"?'],
    [
      ["--folds", "3", "--data", "digits", "--group-by", "x"],
      "--group-by needs a table, and digits is none; give --data FILE",
    ],
    [["--folds", "3", "--optimizer", "lbfgs", "--dropout", "0.5"], "has dropout"],
    [["--cv", "3"], "did you mean --folds?"],
  ])("refuses %j", async (flags, words) => {
    const { code, err } = await run(...classes, ...flags, "--no-out");
    expect(code).not.toBe(0);
    expect(err).toContain(words);
    expect(err).not.toContain("unexpected");
  });
});
