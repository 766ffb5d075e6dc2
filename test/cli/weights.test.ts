import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { downhill, temporaryFolder } from "./command.ts";

/** A row in five says yes; every second row counts twice. */
const text = [
  "age,count,stays",
  ...Array.from({ length: 100 }, (_, i) => `${(i * 37) % 60},${1 + (i % 2)},${i % 5 ? "no" : "yes"}`),
];

let file = "";
beforeAll(async () => {
  file = join(await temporaryFolder(), "members.csv");
  await writeFile(file, text.join("\n"));
});

const trained = async (...flags: string[]) => {
  const { code, out, err } = await downhill(["train", "--data", file, "--epochs", "2", "--no-out", "--json", ...flags]);
  expect([code, err]).toEqual([0, ""]);
  return JSON.parse(out);
};

describe("train with weights", () => {
  it("of rows has one input less, another loss, and the same accuracy before the first step", async () => {
    const start = ["--steps", "1", "--lr", "1e-30"];
    const [plain, weighted] = [
      await trained("--ignore", "count", ...start),
      await trained("--weights", "count", ...start),
    ];
    expect(weighted.model).toBe(plain.model);
    expect(weighted.test.loss).not.toBe(plain.test.loss);
    expect(weighted.test.accuracy).toBe(plain.test.accuracy);
    expect([plain.dataset.weighing, weighted.dataset.weighing]).toEqual([undefined, { examples: true }]);
  });

  it("of classes says which, and changes the training loss only", async () => {
    const start = ["--ignore", "count", "--steps", "1", "--lr", "1e-30"];
    const [plain, weighted] = [await trained(...start), await trained("--class-weights", "balanced", ...start)];
    expect(weighted.dataset.weighing).toEqual({
      classes: { no: expect.closeTo(0.625, 2), yes: expect.closeTo(2.5, 1) },
    });
    expect(weighted.epochs[0].train.loss).not.toBe(plain.epochs[0].train.loss);
    expect([weighted.epochs[0].validation, weighted.test]).toEqual([plain.epochs[0].validation, plain.test]);
    const words = [
      "train",
      "--data",
      file,
      "--class-weights",
      "yes=5,no=1",
      "--weights",
      "count",
      "--epochs",
      "1",
      "--no-out",
    ];
    expect((await downhill(words)).out).toContain("\nclass weights: no 1, yes 5; examples weighted\n");
  });

  it("says that weights are in a run's report, and keeps them in its plan", async () => {
    const out = await temporaryFolder();
    const flags = ["--class-weights", "yes=5", "--weights", "count", "--epochs", "1", "--out", out, "--json"];
    const { run } = JSON.parse((await downhill(["train", "--data", file, ...flags])).out);
    expect(await readFile(join(run, "report.html"), "utf8")).toContain("class weights: no 1, yes 5; examples weighted");
    const { plan } = JSON.parse(await readFile(join(run, "config.json"), "utf8"));
    expect(plan.data).toMatchObject({ weights: "count", classWeights: { yes: 5 } });
    const shown = await downhill(["report", run]);
    expect([shown.code, shown.err]).toEqual([0, ""]);
  });

  it("says that accuracy is not what balancing is for, where that is watched", async () => {
    const flags = ["train", "--data", file, "--epochs", "1", "--no-out", "--class-weights"];
    const note = "--monitor accuracy favours the frequent classes";
    expect((await downhill([...flags, "balanced", "--monitor", "accuracy"])).err).toContain(note);
    for (const others of [["balanced", "--monitor", "loss"], ["yes=2", "--monitor", "accuracy"], ["balanced"]])
      expect((await downhill([...flags, ...others])).err).not.toContain(note);
  });

  it("is there for compare, too", async () => {
    const small = [
      "--epochs",
      "1",
      "--seeds",
      "1",
      "--trials",
      "0",
      "--optimizer",
      "adam",
      "--out",
      await temporaryFolder(),
    ];
    const weights = ["--weights", "count", "--class-weights", "balanced"];
    const { out, err } = await downhill(["compare", "--data", file, ...weights, ...small, "--json"]);
    expect(err).toMatch(/final run\n(note: )?class weights: no [\d.]+, yes [\d.]+; examples weighted\n/);
    const result = JSON.parse(out);
    expect(await readFile(result.report, "utf8")).toMatch(/class weights: no [\d.]+, yes [\d.]+; examples weighted/);
    expect(result.dataset.weighing).toMatchObject({ examples: true, classes: { no: expect.any(Number) } });
  });
});

describe("weights that are not understood", () => {
  it.each([
    ["yes:5", '--class-weights is "yes:5"; it must be balanced, or a weight for some classes, such as yes=5,no=1'],
    ["yes=5,yes=6", "it must be balanced, or a weight for some classes"],
    ["yes=-1", "it must be balanced, or a weight for some classes"],
    ["=1", "it must be balanced, or a weight for some classes"],
    ["yse=2", 'class weights: there is no class "yse"; did you mean "yes"?'],
  ])("--class-weights %s is refused", async (given, words) => {
    const { code, err } = await downhill(["train", "--data", file, "--class-weights", given, "--no-out"]);
    expect(code).not.toBe(0);
    expect(err).toContain(words);
  });

  it.each(["sample-weight", "sampleWeights", "weight-column"])("--%s leads to --weights", async (name) => {
    expect((await downhill(["train", "--data", file, `--${name}`, "count"])).err).toContain("did you mean --weights?");
  });

  it("class names may hold commas and equals signs", async () => {
    const odd = join(await temporaryFolder(), "odd.csv");
    const rows = Array.from({ length: 40 }, (_, i) => `${i % 7},${i % 2 ? '"a,b"' : "x=y"}`);
    await writeFile(odd, ["n,class", ...rows].join("\n"));
    const flags = ["--class-weights", '"a,b"=2,x=y=3', "--epochs", "1", "--no-out", "--json"];
    expect(JSON.parse((await downhill(["train", "--data", odd, ...flags])).out).dataset.weighing.classes).toEqual({
      "a,b": 2,
      "x=y": 3,
    });
  });
});

it("data show says which column has the weights, and what to run", async () => {
  const { out } = await downhill(["data", "show", file, "--weights", "count"]);
  expect(out).toMatch(/count +number +1 to 2, mean 1.5 +weights of the examples\n/);
  expect(out).toContain(`next: downhill train --data csv:${file} --weights count\n`);
});
