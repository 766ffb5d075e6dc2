import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { DataError } from "../../src/data/index.ts";
import type { DeviceFacts } from "../../src/device/device.ts";
import { referenceDevice } from "../../src/device/reference/interpreter.ts";
import { Random } from "../../src/random/index.ts";
import { createRun, readRun, writeReport } from "../../src/report/node/index.ts";
import { run, smallComparison, temporary, walk } from "./small.ts";

const about = {
  kind: "train",
  name: "adam-digits",
  command: "downhill train --data digits",
  settings: { data: "digits", optimizer: "adam", seed: 1 },
  startedAt: new Date(2026, 10, 22, 15, 4, 5),
} as const;

const runtime = { name: "onnxruntime-node", version: "1.30.0" };
const cpu: DeviceFacts = { name: "cpu", backend: "onnx", runtime, float64: true, threads: 2 };

/** A finished run in a folder of its own. */
function finished(): string {
  const writer = createRun({ ...about, root: temporary(), device: cpu });
  for (const epoch of run.epochs) writer.append({ kind: "epoch", ...epoch });
  writer.finish({ kind: "train", result: run });
  return writer.path;
}

describe("a run folder", () => {
  test.each([
    ["onnx", cpu, /ONNX Runtime \d+\.\d+\.\d+, cpu/],
    ["reference", referenceDevice, /the reference interpreter/],
    [undefined, undefined, /^(?!.*(ONNX Runtime|interpreter)).*$/s],
  ] as const)("names what computed it, and nothing else: %s", (backend, device, words) => {
    const { path, finish } = createRun({ ...about, root: temporary(), ...(device === undefined ? {} : { device }) });
    const report = readFileSync(finish({ kind: "train", result: run }), "utf8");
    const { environment } = readRun(path);
    expect(environment?.backend).toBe(backend ?? null);
    expect(environment?.device).toBe(device?.name ?? null);
    expect(environment?.onnxruntime === null).toBe(backend !== "onnx");
    expect(report.slice(report.indexOf("Reproduce it"))).toMatch(words);
  });

  test("is named by time, kind and matter, and never one that is there already", () => {
    const root = join(temporary(), "deep", "runs");
    const names = [1, 2, 3].map(() => basename(createRun({ ...about, root }).path));
    const name = "2026-11-22T15-04-05-train-adam-digits";
    expect(names).toEqual([name, `${name}-2`, `${name}-3`]);
    expect(basename(createRun({ ...about, name: "csv:../a b/ü.csv", root }).path)).toBe(
      "2026-11-22T15-04-05-train-csv-..-a-b-ü.csv",
    );
  });

  test("has its configuration and its machine from the start, and grows by whole lines", () => {
    const { path, append, close } = createRun({ ...about, root: temporary() });
    expect(readdirSync(path).sort()).toEqual(["config.json", "env.json", "metrics.jsonl"]);
    append({ kind: "epoch", loss: Number.NaN, note: "two\nlines" });
    expect(readFileSync(join(path, "metrics.jsonl"), "utf8")).toBe(
      '{"kind":"epoch","loss":null,"note":"two\\nlines"}\n',
    );
    append({ kind: "epoch", loss: 1 });
    close();
    expect(readRun(path).metrics).toEqual([
      { kind: "epoch", loss: null, note: "two\nlines" },
      { kind: "epoch", loss: 1 },
    ]);
  });

  test("is read back as it was written", async () => {
    const path = finished();
    expect(readdirSync(path).sort()).toEqual([
      "config.json",
      "env.json",
      "metrics.jsonl",
      "report.html",
      "summary.json",
    ]);
    const { config, environment, metrics, summary } = readRun(path);
    const { startedAt, ...rest } = about;
    expect(config).toEqual({ format: 1, ...rest, startedAt: startedAt.toISOString() });
    expect(environment?.node).toBe(process.versions.node);
    expect(environment?.downhill).toMatch(/^\d+\.\d+\.\d+/);
    expect(environment).toMatchObject({ backend: "onnx", onnxruntime: expect.stringMatching(/^\d+\.\d+\.\d+/) });
    expect(metrics.length).toBe(3);
    expect(summary).toEqual({ kind: "train", result: run });
  });

  test("of a comparison gives its report again, to the letter", async () => {
    const result = await smallComparison();
    const writer = createRun({ ...about, kind: "compare", root: temporary() });
    const report = writer.finish({ kind: "compare", result });
    const before = readFileSync(report, "utf8");
    expect(readRun(writer.path).summary).toEqual({ kind: "compare", result });
    rmSync(report);
    expect(writeReport([writer.path])).toBe(report);
    expect(readFileSync(report, "utf8")).toBe(before);
  });

  test("may be one that is named, if it is empty", () => {
    const folder = join(temporary(), "mine");
    expect(createRun({ ...about, folder }).path).toBe(folder);
    expect(() => createRun({ ...about, folder })).toThrow(/mine: the folder is not empty/);
  });

  test("that cannot be made is told in one line, and nothing is left behind", () => {
    const root = temporary();
    writeFileSync(join(root, "file"), "");
    expect(() => createRun({ ...about, root: join(root, "file") })).toThrow(/^[^\n]*file: .*file[^\n]*$/);
    expect(() => createRun({ ...about, root: join(root, "file", "runs") })).toThrow(/a part of the path is a file/);
    expect(() => createRun({ ...about, root: join(root, "x".repeat(300)) })).toThrow();
    expect(readdirSync(root)).toEqual(["file"]);
  });

  test("whose summary cannot be written keeps what it has", () => {
    const writer = createRun({ ...about, root: temporary() });
    writer.append({ kind: "epoch" });
    mkdirSync(join(writer.path, "summary.json"));
    expect(() => writer.finish({ kind: "train", result: run })).toThrow("summary.json");
    expect(readdirSync(writer.path).sort()).toEqual(["config.json", "env.json", "metrics.jsonl", "summary.json"]);
  });
});

describe("a run that was killed", () => {
  test("is reported from its metrics, the line that was cut short left out", () => {
    const writer = createRun({ ...about, root: temporary() });
    const { data, model, optimizer, hyper, seed, batchSize, parameters } = run;
    writer.append({ kind: "begin", data, model, optimizer, hyper, seed, batchSize, parameters });
    for (const epoch of run.epochs) writer.append({ kind: "epoch", ...epoch });
    appendFileSync(join(writer.path, "metrics.jsonl"), '{"kind":"epoch","epo');
    const { summary } = readRun(writer.path);
    expect(summary).toMatchObject({
      kind: "train",
      result: { data, model, optimizer, hyper, parameters, epochs: run.epochs },
    });
    expect(readFileSync(writeReport([writer.path]), "utf8")).toContain("interrupted after 114 steps");
  });

  test("of a comparison is ranked by the runs that ended", async () => {
    const result = await smallComparison();
    const { data, model, parameters, dataset, settings } = result;
    const writer = createRun({ ...about, kind: "compare", root: temporary() });
    writer.append({ kind: "begin", optimizers: [], data, model, parameters, dataset, settings });
    for (const trial of result.sensitivity) writer.append({ kind: "trial", ...trial });
    for (const each of result.runs.slice(0, 3)) writer.append({ kind: "run", ...each });
    const { summary } = readRun(writer.path);
    if (summary?.kind !== "compare") throw new Error("it is a comparison");
    expect(summary.result).toMatchObject({ outcome: "interrupted", sensitivity: result.sensitivity });
    expect(summary.result.ranking.map(({ runs }) => runs).sort()).toEqual([1, 2]);
    expect(existsSync(writeReport([writer.path]))).toBe(true);
  });

  test("before anything happened has nothing to tell", () => {
    const { path } = createRun({ ...about, root: temporary() });
    expect(() => writeReport([path])).toThrow("before it had a result");
  });
});

describe("a damaged or hostile folder is refused by file and line", () => {
  const summary = (change: (result: Record<string, unknown>) => unknown) => (path: string) => {
    const file = join(path, "summary.json");
    const { kind, result } = JSON.parse(readFileSync(file, "utf8"));
    writeFileSync(file, JSON.stringify({ kind, result: change(result) }));
  };
  const write = (name: string, text: string) => (path: string) => writeFileSync(join(path, name), text);

  test.each([
    ["no configuration", (path: string) => rmSync(join(path, "config.json")), /it is not a run folder/],
    ["no folder", (path: string) => rmSync(path, { recursive: true }), /no such folder; pass a run folder/],
    [
      "another form",
      write("config.json", '{"format":2}'),
      /config\.json: it\.format is 2, expected 1; another version of Downhill wrote it/,
    ],
    ["no JSON", write("config.json", '{\n"format": 1,\n"kind": "tra'), /config\.json, line 3: it is not JSON/],
    ["no JSON at all", write("summary.json", "\u0000\u001b[2J"), /summary\.json, line 1: it is not JSON/],
    ["an empty file", write("summary.json", ""), /summary\.json, line 1/],
    [
      "a broken line",
      write("metrics.jsonl", '{"kind":"epoch"}\n{"kind":\n{"kind":"epoch"}\n'),
      /metrics\.jsonl, line 2/,
    ],
    [
      "a line of another kind",
      write("metrics.jsonl", "[]\n"),
      /metrics\.jsonl, line 1: it is \[\], expected an object/,
    ],
    ["another matter", write("summary.json", '{"kind":"__proto__","result":{}}'), /"__proto__"/],
    [
      "a text for a number",
      summary((run) => ({ ...run, steps: "<b>" })),
      /it\.result\.steps is "<b>", expected a number/,
    ],
    ["a missing field", summary(({ epochs: _, ...run }) => run), /it\.result\.epochs is missing, expected a list/],
    ["a wrong outcome", summary((run) => ({ ...run, outcome: { kind: "won" } })), /outcome\.kind is "won"/],
    ["a list for an object", summary(() => []), /it\.result is \[\], expected an object/],
  ])("%s", (_name, damage, words) => {
    const path = finished();
    damage(path);
    expect(() => readRun(path)).toThrow(words);
    expect(() => readRun(path)).toThrow(/^[^\n]+$/);
  });

  test.each([
    ["observed", { x: [1, 2], y: [1] }],
    ["fitted", { x: [1], y: [1, null] }],
  ])("a curve with more of one number than of the other: %s", (name, columns) => {
    const number = { name: "b1", value: 1, certified: 1, digits: 11 };
    const whole = { observed: { x: [1], y: [1] }, fitted: { x: [1], y: [1] } };
    const curve = { predictor: "x", response: "y", ...whole, [name]: columns };
    const fit = { model: "y = b1*x", parameters: [number], sumOfSquares: number, curve };
    const writer = createRun({ ...about, kind: "minimize", root: temporary() });
    writer.close();
    write("summary.json", JSON.stringify({ kind: "minimize", result: { ...walk, fit } }))(writer.path);
    expect(() => readRun(writer.path)).toThrow(new RegExp(`fit\\.curve\\.${name} has \\d values of x and \\d of y`));
  });

  test("a rule that this version does not have, though its rate was searched for; in what a kill has left, too", async () => {
    const result = await smallComparison();
    expect(result.sensitivity.filter(({ optimizer }) => optimizer === "adam")).toHaveLength(3);
    const { data, model, parameters, dataset, settings } = result;
    const optimizers = [{ label: "adam", rule: "adamant" }];
    const stranger = { ...result, settings: { ...settings, optimizers } };
    const write = createRun({ ...about, kind: "compare", root: temporary() });
    write.append({ kind: "begin", data, model, parameters, dataset, settings: stranger.settings });
    write.close();
    expect(() => readRun(write.path)).toThrow(/metrics\.jsonl: optimizer "adamant" is not known/);
    writeFileSync(join(write.path, "summary.json"), JSON.stringify({ kind: "compare", result: stranger }));
    expect(() => writeReport([write.path])).toThrow(/summary\.json: optimizer "adamant" is not known/);
    const broken = { ...stranger, settings: { ...settings, optimizers: [{ rule: "mine", text: "w = w -" }] } };
    writeFileSync(join(write.path, "summary.json"), JSON.stringify({ kind: "compare", result: broken }));
    expect(() => writeReport([write.path])).toThrow(/^[^\n]*summary\.json: line 1, column 8: [^\n]*$/);
  });

  test.each(["config.json", "env.json", "metrics.jsonl", "summary.json"])(
    "%s that is nested without end, or a device",
    (name) => {
      const path = finished();
      writeFileSync(join(path, name), `{"kind":${"[".repeat(200_000)}${"]".repeat(200_000)}}\n`);
      expect(() => readRun(path)).toThrow(/, line 1: it is not JSON: it is nested deeper than 100 levels/);
      if (process.platform === "win32") return;
      rmSync(join(path, name));
      symlinkSync("/dev/zero", join(path, name));
      expect(() => readRun(path)).toThrow(`${name}: it is a device, not a file`);
    },
  );

  test("numbers that no run has: a report, or an error that names the number", async () => {
    const comparison = createRun({ ...about, kind: "compare", root: temporary() });
    comparison.finish({ kind: "compare", result: await smallComparison() });
    const odd = ["1e308", "-1e308", "1e-320", "5e-324", "-1", "0"];
    const random = new Random(7);
    for (const path of [comparison.path, finished()]) {
      const text = readFileSync(join(path, "summary.json"), "utf8");
      const fields = [...new Set(Array.from(text.matchAll(/"(\w+)": (?=[[\d-])/g), ([, name]) => name))];
      for (const field of fields)
        for (const some of [["1e999"], ["1e308", "-1e308"], ["1e-320"], odd]) {
          // Every number of this name, or in a list of this name.
          const pattern = new RegExp(`("${field}": (?:\\[[^\\]]*\\]|[-\\d.e+]+))`, "g");
          const changed = text.replace(pattern, (whole) =>
            whole.replace(/(?<=[\s[])-?\d[\d.e+-]*/g, () => some[random.integer(some.length)]),
          );
          writeFileSync(join(path, "summary.json"), changed);
          let page = "";
          try {
            page = readFileSync(writeReport([path]), "utf8");
          } catch (error) {
            expect([field, some, error]).toEqual([field, some, expect.any(DataError)]);
          }
          const [found = ""] =
            /.{0,80}(?:NaN|Infinity|undefined).{0,40}/.exec(page.replace(/<script>[\s\S]*?<\/script>/g, "")) ?? [];
          expect([field, some, found]).toEqual([field, some, ""]);
        }
    }
  });

  test("a rule that this version does not have", async () => {
    const writer = createRun({ ...about, kind: "compare", root: temporary() });
    writer.finish({ kind: "compare", result: await smallComparison() });
    const file = join(writer.path, "summary.json");
    writeFileSync(file, readFileSync(file, "utf8").replaceAll('"rule": "adam"', '"rule": "adamant"'));
    expect(() => readRun(writer.path)).toThrow(/summary\.json: .*adamant/);
  });
});

test("a walk is kept as well", () => {
  const writer = createRun({ ...about, kind: "minimize", root: temporary() });
  writer.finish({ kind: "minimize", result: walk });
  expect(readRun(writer.path).summary).toEqual({ kind: "minimize", result: walk });
});

describe("what a kill in the middle of a write has left", () => {
  const gone = () => spawnSync(process.execPath, ["-e", ""]).pid;

  test("is removed by the next run beside it, and by a report", () => {
    const root = temporary();
    const { path } = createRun({ ...about, root });
    writeFileSync(join(path, `summary.json.${gone()}.part`), "{");
    writeFileSync(join(path, `summary.json.${process.pid}.part`), "{"); // a live process's
    createRun({ ...about, root });
    expect(readdirSync(path).filter((name) => name.endsWith(".part"))).toEqual([`summary.json.${process.pid}.part`]);
    const other = finished();
    writeFileSync(join(other, `report.html.${gone()}.part`), "<");
    writeReport([other]);
    expect(readdirSync(other).filter((name) => name.endsWith(".part"))).toEqual([]);
  });
});
