import { readdirSync, readFileSync } from "node:fs";
import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { downhill, temporaryFolder } from "./command.ts";

const rows = Array.from({ length: 60 }, (_, i) => {
  const zip = i % 3 ? "00700" : "0815";
  return { id: i, zip, area: 40 + ((i * 37) % 100), age: i % 9 === 4 ? "" : i % 30, good: i % 3 ? "yes" : "no" };
});
const text = (columns: readonly (keyof (typeof rows)[number])[], of = rows) =>
  [columns.join(","), ...of.map((row) => columns.map((column) => row[column]).join(","))].join("\n");

/** To 12 digits: standardising a target and turning it back loses the last ones. */
const rounded = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_, each) => (typeof each === "number" ? Number(each.toPrecision(12)) : each));

describe("train --save, then predict and evaluate", () => {
  let folder: string;
  const at = (name: string) => join(folder, name);
  const json = async (...words: readonly string[]) => JSON.parse((await downhill([...words, "--json", "--quiet"])).out);

  beforeAll(async () => {
    folder = await temporaryFolder();
    await writeFile(at("all.csv"), text(["id", "zip", "area", "age", "good"]));
    await writeFile(at("new.csv"), text(["age", "good", "area", "zip"], rows.slice(0, 5)));
    const data = [
      "--data",
      `csv:${at("all.csv")}`,
      "--ignore",
      "id",
      "--missing",
      "mean",
      "--seed",
      "3",
      "--json",
      "--quiet",
    ];
    const net = ["--model", "mlp:8", "--lr", "0.05", "--epochs", "20", "--device", "reference"];
    const classes = await downhill([
      "train",
      ...data,
      ...net,
      "--predict",
      "good",
      "--save",
      at("m"),
      "--out",
      at("runs"),
    ]);
    expect(classes.code, classes.err).toBe(0);
    const values = await downhill(["train", ...data, ...net, "--predict", "area", "--save", at("r"), "--no-out"]);
    expect(values.code, values.err).toBe(0);
  });

  test("a word that --not-missing made a category stays one in the rows to predict, without the flag", async () => {
    const lines = rows.map(({ area }, i) => `${["None", "wood", ""][i % 3]},${area},${i % 3 ? "NA" : "yes"}`);
    await writeFile(at("none.csv"), ["floor,area,good", ...lines].join("\n"));
    const data = ["--data", at("none.csv"), "--not-missing", "None,NA", "--missing", "indicator"];
    const net = ["--model", "linear", "--lr", "0.5", "--epochs", "20", "--device", "reference", "--quiet", "--no-out"];
    const { code, err } = await downhill(["train", ...data, ...net, "--save", at("none")]);
    expect(code, err).toBe(0);
    const answers = await json("predict", at("none"), at("none.csv"));
    expect(answers.slice(0, 3).map(({ label }: { label: string }) => label)).toEqual(["yes", "NA", "NA"]);
    expect(answers[0]).not.toEqual(answers[2]);
    expect(await json("evaluate", at("none"), "--data", at("none.csv"))).toMatchObject({ accuracy: 1 });
  });

  test("the rows' columns are found by name, words by their spelling, and the answer is JSON, CSV or a table", async () => {
    const answers = await json("predict", at("m"), at("new.csv"));
    expect(answers).toHaveLength(5);
    expect(answers.map(({ label }: { label: string }) => label)).toEqual(["no", "yes", "yes", "no", "yes"]);
    for (const { probabilities } of answers) expect(probabilities.no + probabilities.yes).toBeCloseTo(1, 12);
    const csv = await downhill(["predict", at("m"), at("new.csv"), "--csv", "--proba"]);
    expect(csv.out.split("\n").slice(0, 2)).toEqual([
      "good,no,yes",
      `no,${answers[0].probabilities.no},${answers[0].probabilities.yes}`,
    ]);
    const table = await downhill(["predict", at("m"), at("new.csv")]);
    expect(table.out).toMatch(/^row {2}good {2}probability\n {2}1 {2}no {4,}\d+\.\d %\n/);
  });

  test("words that training never had are told on stderr, a line a column, and the answer stays JSON", async () => {
    const table = (towns: readonly string[]) =>
      ["town,area,price", ...towns.map((town, i) => `${town},${i},${7 * i}`)].join("\n");
    await writeFile(at("towns.csv"), table(Array.from({ length: 60 }, (_, i) => ["Ulm", "Bonn", "Kiel"][i % 3])));
    await writeFile(at("strange.csv"), table(["Rome", "Oslo", "Ulm", "Paris", "Oslo", "Bern"]));
    const trained = [
      "--data",
      at("towns.csv"),
      "--predict",
      "price",
      "--epochs",
      "1",
      "--save",
      at("towns"),
      "--no-out",
    ];
    await downhill(["train", ...trained]);
    const told = await downhill(["predict", at("towns"), at("strange.csv"), "--json"]);
    expect(JSON.parse(told.out)).toHaveLength(6);
    const words =
      'town: 5 rows with words that were missing in the training set, "Rome", "Oslo", "Paris" and 1 more; they count as none of its words\n';
    expect(told.err).toBe(words);
    expect((await downhill(["evaluate", at("towns"), "--data", at("strange.csv")])).err).toBe(words);
    expect((await downhill(["predict", at("towns"), at("strange.csv"), "--json", "--quiet"])).err).toBe("");
    expect((await downhill(["predict", at("towns"), at("towns.csv"), "--json"])).err).toBe("");
  });

  test("a regression's answer is in the target's unit", async () => {
    const answers = await json("predict", at("r"), at("all.csv"));
    expect(answers).toHaveLength(60);
    for (const { value } of answers) expect(value).toBeGreaterThan(-200);
    const { targets } = await json("evaluate", at("r"), "--data", at("all.csv"));
    expect(targets[0]).toMatchObject({ name: "area", baseline: { value: expect.any(Number) } });
    expect((await downhill(["evaluate", at("r"), "--data", at("all.csv")])).out).toMatch(/target {2,}RMSE/);
  });

  test("evaluate says how good, beside a baseline, of the run's folder as of the saved model", async () => {
    const [run] = readdirSync(at("runs"));
    const metrics = await json("evaluate", join(at("runs"), run), "--data", `csv:${at("all.csv")}`);
    expect(metrics).toEqual(await json("evaluate", at("m"), "--data", at("all.csv")));
    expect(metrics).toMatchObject({ count: 60, accuracy: 1, baseline: { class: "yes", accuracy: 40 / 60 }, rocAuc: 1 });
    const { out } = await downhill(["evaluate", at("m"), "--data", at("all.csv")]);
    expect(out).toContain('always predicting "yes", the most frequent class, gives 66.7 %');
    expect(out).toMatch(/actual \\ predicted {2}no {2}yes\nno {17,}20 {4}0\n/);
  });

  test("train's record holds what evaluate says of the same test set, for each of several targets as well", async () => {
    await writeFile(at("test.csv"), text(["id", "zip", "area", "age", "good"], rows.slice(0, 20)));
    for (const target of ["good", "area", "area,id"]) {
      const ignore = target === "area,id" ? [] : ["--ignore", "id"];
      const data = [
        "--data",
        at("all.csv"),
        "--test",
        at("test.csv"),
        "--missing",
        "mean",
        "--predict",
        target,
        ...ignore,
      ];
      const folder = at(`runs of ${target}`);
      const { run, ...result } = await json("train", ...data, "--epochs", "3", "--out", folder);
      const { metrics, regression, test: tested } = result;
      expect(rounded(metrics)).toEqual(rounded(await json("evaluate", run, "--data", at("test.csv"))));
      if (target === "good") expect(metrics.accuracy).toBe(tested.accuracy);
      if (target === "area") expect(metrics.targets[0].mae).toBe(regression.mae);
      else expect(regression).toBeNull();
      const [summary, { out }] = [join(run, "summary.json"), await downhill(["report", run])];
      expect(JSON.parse(readFileSync(summary, "utf8")).result.metrics).toEqual(metrics);
      expect(out).toContain("report.html");
    }
  });

  test("a model.json that was changed by hand is no unexpected error", async () => {
    const damaged = at("damaged");
    await cp(at("m"), damaged, { recursive: true });
    const file = join(damaged, "model.json");
    await writeFile(file, readFileSync(file, "utf8").replace(/"deviation": [\d.]+/, '"deviation": 0'));
    for (const words of [
      ["predict", damaged, at("new.csv")],
      ["evaluate", damaged, "--data", at("all.csv")],
      ["export", damaged, "--out", at("damaged.onnx")],
      ["train", "--from", damaged, "--data", at("all.csv"), "--no-out"],
    ]) {
      const { code, err } = await downhill(words);
      expect([code, err]).toEqual([1, expect.stringContaining(`downhill: ${file}: preprocessing.inputs.columns`)]);
      expect(err).toContain("save the model again");
    }
  });

  test.each([
    [["predict"], 2, "predict needs <model>: a run's folder, or a saved model's"],
    [["predict", "MODEL", "NEW", "more"], 2, "predict takes one file of rows, or several images; "],
    [["predict", "MODEL", "NEW", "--json", "--csv"], 2, "--csv and --json: give one of them"],
    [["predict", "nowhere", "NEW"], 1, "nowhere: there is no such folder"],
    [["predict", "NEW", "NEW"], 1, "it is a file; give a run's folder"],
    [
      ["predict", "MODEL", "WRONG"],
      1,
      'there is no column "zip", which the net predicts from; is it the column "Zip"?',
    ],
    [["evaluate", "MODEL", "NEW"], 2, "evaluate takes 1 argument, not 2"],
    [
      ["evaluate", "MODEL"],
      2,
      "evaluate needs examples with their targets: give --data FILE, such as --data test.csv, or a data set",
    ],
  ])("says what is wrong: %j", async (words, code, message) => {
    const wrong = at("wrong.csv");
    await writeFile(wrong, text(["age", "area", "zip"], rows.slice(0, 3)).replace("zip", "Zip"));
    const places: Record<string, string> = { MODEL: at("m"), NEW: at("new.csv"), WRONG: wrong };
    const result = await downhill(words.map((word) => places[word] ?? word));
    expect([result.code, result.err]).toEqual([code, expect.stringContaining(message)]);
  });
});
