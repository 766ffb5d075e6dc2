import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { datasets } from "../../src/data/index.ts";
import { cellWidth } from "../../src/figure/index.ts";
import { downhill, escapes, temporaryFolder } from "./command.ts";

test("the list names every data set, and where it is", async () => {
  const { code, out, err } = await downhill(["data"]);
  expect([code, err]).toEqual([0, ""]);
  for (const { name } of datasets) expect(out).toMatch(new RegExp(`^${name} `, "m"));
  expect(out).toMatch(/^digits .* 1,797 +8 × 8 +10 +inside the package$/m);
  expect((await downhill(["data", "list"])).out).toBe(out);
  const entries = JSON.parse((await downhill(["data", "--json"])).out);
  expect(entries.map(({ name }: { name: string }) => name)).toEqual(datasets.map(({ name }) => name));
  expect(entries[0]).toMatchObject({ name: "digits", counts: [1197, 300, 300], found: "inside the package" });
});

test("the help of --data names every data set", async () => {
  const { out } = await downhill(["train", "--help"]);
  const help = /--data <name>(.*?)--/s.exec(out)?.[1] ?? "";
  expect(datasets.filter(({ name }) => !help.includes(name))).toEqual([]);
});

test("samples are drawn in shades, and in colour on a terminal that has all colours", async () => {
  const { out } = await downhill(["data", "show", "digits", "--count", "2"]);
  expect([escapes(out), out.match(/^\d$/gm)?.length]).toEqual([false, 2]);
  expect(out).toContain("1,197 training, 300 validation and 300 test examples");
  expect(out).toMatch(/[░▒▓█]{4}/);
  const show = ["data", "show", "digits", "--count", "1"];
  const colored = (argv: string[], env: Record<string, string>) =>
    downhill(argv, { terminal: true, env }).then((shown) => escapes(shown.out));
  expect(await colored(show, { COLORTERM: "truecolor" })).toBe(true);
  expect(await colored(show, {})).toBe(false);
  expect(await colored([...show, "--no-color"], { COLORTERM: "truecolor" })).toBe(false);
});

test("samples as JSON", async () => {
  const result = JSON.parse((await downhill(["data", "show", "blobs", "--json", "--count", "4"])).out);
  expect(result).toMatchObject({ name: "blobs", task: "classification", inputShape: [2], outputs: 3 });
  expect(result.samples).toHaveLength(4);
  for (const { label, inputs } of result.samples)
    expect([["0", "1", "2"].includes(label), inputs.length]).toEqual([true, 2]);
});

test("fetching what is there says where", async () => {
  expect(await downhill(["data", "fetch", "moons"])).toEqual({
    code: 0,
    out: "moons: generated when asked for\n",
    err: "",
  });
  const json = await downhill(["data", "fetch", "digits", "--json"]);
  expect(JSON.parse(json.out)).toEqual({ name: "digits", found: "inside the package" });
});

test("an interruption while a table is read is heard, whether or not the table can be used", async () => {
  for (const rows of ["a,b,y\n1,2,3\n2,3,5\n3,1,4\n4,4,8\n5,1,6\n9,1,6\n7,5,1\n", "\0\0\0"]) {
    const file = join(await temporaryFolder(), "table.csv");
    await writeFile(file, rows);
    const interruption = new AbortController();
    setImmediate(() => interruption.abort());
    const { code, out, err } = await downhill(["data", "show", `csv:${file}`], { signal: interruption.signal });
    expect([code, out, err]).toEqual([130, "", "downhill: interrupted\n"]);
  }
});

test("a download that is interrupted before it begins gives 130", async () => {
  const typed = ["data", "fetch", "mnist", "--data-dir", await temporaryFolder()];
  expect(await downhill(typed, { signal: AbortSignal.abort() })).toEqual({
    code: 130,
    out: "",
    err: "downhill: interrupted\n",
  });
});

describe("a table of one's own", () => {
  const table = async (text: string) => {
    const file = join(await temporaryFolder(), "own.csv");
    await writeFile(file, text);
    return `csv:${file}`;
  };
  const rows = (row: (i: number) => string) => Array.from({ length: 20 }, (_, i) => `${row(i)}\n`).join("");

  test("is shown with how it was read, in words and as JSON", async () => {
    const name = await table(`a;b;kind\n${rows((i) => `${i},5;${i * i};${i % 2 ? "yes" : "no"}`)}`);
    const { out } = await downhill(["data", "show", name, "--count", "1"]);
    expect(out).toContain(
      'read as: 3 columns separated by semicolons; decimal commas; names in the first line; predicts column 3, "kind"',
    );
    const { form } = JSON.parse((await downhill(["data", "show", name, "--json"])).out);
    expect(form).toEqual({ delimiter: ";", decimal: ",", header: true, columns: ["a", "b", "kind"], target: 3 });
  });

  test("is shown with its classes, those with few rows, and labels that may be one", async () => {
    const label = (i: number) => (i < 3 ? "Yes" : i < 11 ? "yes" : i < 18 ? "no" : "NEW  york");
    const name = await table(`a,kind\n${rows((i) => `${i}.5,${label(i)}`)}5.5,New York\n6.5,New York\n`);
    const { out } = await downhill(["data", "show", name, "--count", "1"]);
    expect(out).toContain('\nclasses: "NEW  york" (2), "New York" (2), "Yes" (3), "no" (7), "yes" (8)\n');
    expect(out).toContain('\nnote: fewer than 5 rows: "NEW  york" (2), "New York" (2), "Yes" (3); collect more');
    expect(out).toContain('\nnote: "Yes" (3), "yes" (8) differ only in case or blanks; if they are one class');
    expect(out).toContain('\nnote: "NEW  york" (2), "New York" (2) differ only in case or blanks');
    const { classCounts, counts, notes } = JSON.parse((await downhill(["data", "show", name, "--json"])).out);
    expect([classCounts.map((each: { class: string }) => each.class), notes.length]).toEqual([
      ["NEW  york", "New York", "Yes", "no", "yes"],
      3,
    ]);
    for (const part of ["train", "validation", "test"] as const)
      expect(classCounts.reduce((sum: number, each: Record<string, number>) => sum + each[part], 0)).toBe(counts[part]);
  });

  test("has no notes where its classes are many and apart, and no classes as a regression", async () => {
    const apart = await downhill(["data", "show", await table(`a,kind\n${rows((i) => `${i}.5,${i % 2}`)}`)]);
    expect(apart.out).toContain('\nclasses: "0" (10), "1" (10)\n');
    expect(apart.out.match(/note:.*/g)).toEqual([
      "note: the last column is predicted; for another, say --predict COLUMN",
    ]);
    const { out } = await downhill([
      "data",
      "show",
      await table(`a,price\n${rows((i) => `${i % 7},${i}.25`)}`),
      "--json",
    ]);
    expect(JSON.parse(out)).toMatchObject({ task: "regression", classCounts: [], notes: [] });
  });

  const own = (count: number, row: (i: number) => string) =>
    Array.from({ length: count }, (_, i) => `${row(i)}\n`).join("");
  const people = `id,name,age,sex,joined,city,y\n${own(
    150,
    (i) => `${i},"Ann, ${i}",${i % 9 ? 20 + (i % 50) : ""},${i % 3 ? "f" : "m"},2024-01-${10 + (i % 9)},Bonn,${i % 4}`,
  )}`;

  test("is shown column by column: what it holds, and what becomes of it", async () => {
    const name = await table(people);
    const typed = ["--predict", "y", "--ignore", "name", "--missing", "indicator"];
    const { code, out } = await downhill(["data", "show", name, ...typed]);
    expect(code).toBe(0);
    const file = name.slice(4);
    expect(out.replaceAll(name, "csv:own.csv")).toBe(`csv:own.csv: 104 training, 23 validation and 23 test examples
read as: 7 columns separated by commas; decimal points; names in the first line; predicts column 7, "y"
5 inputs, 4 classes to tell apart
classes: "0" (38), "1" (38), "2" (37), "3" (37)

column  kind      missing  values                    use
id      number             0 to 149, mean 74.5       input
name    text               150 different: Ann, 0     left out: ignored
age     number         17  20 to 69, mean 44.44      2 inputs
sex     category           f 100, m 50               2 inputs, one-hot
joined  date               2024-01-10 to 2024-01-18  left out: dates
city    category           Bonn 150                  left out: constant
y       number             0 to 3, mean 1.487        target

note: y has 4 different whole numbers, taken as classes; to predict the number: --task regression
note: id: a different whole number in each row; if it is an id, leave it out: --ignore id
note: joined: dates are used only if asked for: --columns joined,id,…
next: downhill train --data csv:own.csv --predict y --ignore name --missing indicator
`);
    expect((await downhill(["data", "show", file, ...typed])).out).toBe(out); // a path alone
  });

  test("is shown with what stands in the way, and the settings that solve it", async () => {
    const name = await table(people);
    const { code, out } = await downhill(["data", "show", name]);
    expect(code).toBe(0);
    expect(out).toContain(`${name}: 150 rows\n`);
    expect(out).toMatch(/^name +text .* cannot be used: text$/m);
    expect(out).toMatch(/\nproblem: column 2 \("name"\): it holds text, 150 different words/);
    const [, next = ""] = /\nnext: downhill (.*)\n$/.exec(out) ?? [];
    expect(next).toBe(`data show ${name} --ignore name --missing mean`);
    const solved = await downhill(next.split(" "));
    expect(solved.out).toContain(`\nnext: downhill train --data ${name} --ignore name --missing mean\n`);
    const json = JSON.parse((await downhill(["data", "show", name, "--json"])).out);
    expect(json).toMatchObject({
      name,
      rows: 150,
      problem: expect.stringContaining("it holds text"),
      next: `downhill ${next}`,
    });
    expect(json.columns.map((column: { role: string }) => column.role)).toEqual([
      "input",
      "refused",
      "input",
      "input",
      "left out",
      "left out",
      "target",
    ]);
  });

  test("of 800 columns is shown by the first 20, the target and the number of the others", async () => {
    const cells = (i: number) => Array.from({ length: 799 }, (_, k) => (k < 30 ? 0 : (i * k) % 7)).join(",");
    const names = Array.from({ length: 799 }, (_, k) => `p${k}`).join(",");
    const { out } = await downhill([
      "data",
      "show",
      await table(`${names},y\n${own(30, (i) => `${cells(i)},${i % 2}`)}`),
    ]);
    const lines = out.split("\n");
    expect(lines.find((line) => line.startsWith("…"))).toMatch(/^… 779 more: \d+ inputs, \d+ left out$/);
    expect(lines.filter((line) => / target$/.test(line))).toHaveLength(1);
    expect(lines.length).toBeLessThan(35);
    for (const line of lines.slice(4)) expect(line.length).toBeLessThanOrEqual(80);
  });

  test("with names and words in Unicode keeps its columns below each other", async () => {
    const text = `größe der Wohnung (ungefähr, in m²),城市,🙂,y\n${own(30, (i) => `${i}.5,${i % 2 ? "東京" : "大阪府"},${i % 3 ? "😀" : "😢"},${i}`)}`;
    const { out } = await downhill(["data", "show", await table(text.replace(", in", " in")), "--task", "regression"]);
    const rows = out.split("\n").filter((line) => / (input|target|one-hot)$/.test(line));
    expect(rows.map((row) => cellWidth(row.split(/(?=input|target|\d inputs)/)[0]))).toEqual(
      [41, 41, 41, 41].map(() => cellWidth(rows[0].split("input")[0])),
    );
  });

  test("splits and files for validation and test are settings, and a run's configuration keeps them", async () => {
    const [name, other] = [await table(people), await table(people)];
    const typed = [
      "--predict",
      "y,age",
      "--ignore",
      "name,id",
      "--missing",
      "median",
      "--rare",
      "3",
      "--validation",
      other.slice(4),
      "--test-split",
      "0.2",
      "--split-seed",
      "3",
    ];
    const shown = JSON.parse((await downhill(["data", "show", name, ...typed, "--json"])).out);
    expect(shown).toMatchObject({ task: "regression", outputs: 2, counts: { train: 106, validation: 133, test: 27 } });
    const out = await temporaryFolder();
    const run = await downhill(["train", "--data", name, ...typed, "--epochs", "1", "--out", out, "--quiet", "--json"]);
    expect([run.code, run.err]).toEqual([0, ""]);
    const { run: folder } = JSON.parse(run.out);
    const again = await downhill(["train", "--config", join(folder, "config.json"), "--no-out", "--quiet", "--json"]);
    expect(again.err).toBe("");
    const [first, second] = [run.out, again.out].map((text) => JSON.parse(text));
    expect(second.test).toEqual(first.test);
  });

  test.each<[string[], string]>([
    [
      ["--split-by", "sex", "--ignore", "name", "--missing", "mean"],
      '"m" is no set; expected "train", "validation" or "test"',
    ],
    [["--validation", "x.csv", "--validation-split", "0.2"], "--validation and --validation-split: give one of them"],
    [["--validation-split", "1"], "it must be a fraction of the rows, above 0 and below 1"],
    [["--test", "/nowhere.csv", "--ignore", "name"], "csv:/nowhere.csv: there is no such file"],
    [["--missing", "zero"], "--missing"],
    [["--predict", ","], "it must be columns by name or number, separated by commas"],
  ])("%j: %s", async (typed, message) => {
    const { code, err, out } = await downhill(["data", "show", await table(people), ...typed]);
    expect(`${err}${out}`).toContain(message);
    expect([0, 1, 2]).toContain(code);
  });

  test.each<[string, string, string[], object]>([
    ["a named delimiter", rows((i) => `${i}/${i % 2}`), ["--delimiter", "/"], { delimiter: "/", columns: ["", ""] }],
    ["semicolons by name", rows((i) => `${i};${i % 2}`), ["--delimiter", "semicolon"], { delimiter: ";" }],
    ["tabs", rows((i) => `${i}\t${i % 2}`), ["--delimiter", "\\t"], { delimiter: "\t" }],
    ["blanks", rows((i) => `${i}  ${i % 2}`), ["--delimiter", "blank"], { delimiter: " " }],
    ["a decimal comma", rows((i) => `1,1${10 + i};${i % 2}`), ["--decimal", ","], { decimal: "," }],
    ["a header", `7,8\n${rows((i) => `${i},${i % 9}`)}`, ["--header"], { header: true, columns: ["7", "8"] }],
    ["no header", `0,1,2\n${rows((i) => `${i + 5},${i * i},${i % 2}`)}`, ["--no-header"], { header: false }],
    ["a class called None", rows((i) => `${i},${i % 2 ? "None" : "mild"}`), ["--not-missing", "None"], { target: 2 }],
  ])(
    "%s is taken as the flag says, by data show and by train, and from a configuration",
    async (_name, text, typed, form) => {
      const name = await table(text);
      const shown = JSON.parse((await downhill(["data", "show", name, ...typed, "--json"])).out);
      expect(shown.form).toMatchObject(form);
      const train = ["train", "--data", name, "--epochs", "1", "--no-out", "--quiet", "--json"];
      const trained = await downhill([...train, ...typed]);
      expect([trained.code, trained.err]).toEqual([0, ""]);
      const settings = (await downhill([...train, ...typed, "--print-config"])).out;
      const config = join(await temporaryFolder(), "settings.json");
      await writeFile(config, settings);
      expect((await downhill(["train", "--config", config, "--print-config"])).out).toBe(settings);
    },
  );

  test("a long name is cut, in the header and as a class", async () => {
    const long = "x".repeat(100_000);
    const { out } = await downhill([
      "data",
      "show",
      await table(`a,${long}\n${rows((i) => `${i},${"ab"[i % 2]}${long}`)}`),
    ]);
    expect(out).toContain(`predicts column 2, "${"x".repeat(50)}…"`);
    expect(out.length).toBeLessThan(2000);
  });

  test.each([[["--header", "--no-header"]], [["--no-header", "--header"]], [["--header", "--header", "--no-header"]]])(
    "%j are refused together",
    async (typed) => {
      const name = await table(rows((i) => `${i},${i % 2}`));
      const { code, err } = await downhill(["data", "show", name, ...typed]);
      expect([code, err]).toEqual([2, expect.stringContaining("--no-header and --header: give one of them")]);
    },
  );

  test("a header that a configuration denies is a row", async () => {
    const config = join(await temporaryFolder(), "settings.json");
    await writeFile(config, JSON.stringify({ data: "csv:x.csv", header: false }));
    const { out } = await downhill(["train", "--config", config, "--print-config"]);
    expect(JSON.parse(out)).toMatchObject({ "no-header": true });
  });
});
