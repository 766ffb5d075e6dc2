import { rmSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadDataset } from "../../src/data/node/index.ts";
import { modelFromJson } from "../../src/nn/index.ts";
import { train } from "../../src/train/node/index.ts";
import { downhill, escapes, temporaryFolder } from "./command.ts";

/** A run of a few milliseconds. */
const short = ["train", "--data", "moons", "--model", "mlp:8", "--epochs", "3", "--no-out"];

const measured = { loss: expect.any(Number), accuracy: expect.any(Number) };

async function trained(...argv: string[]) {
  const { code, out, err } = await downhill([...short, ...argv, "--json", "--quiet"]);
  expect([code, err]).toEqual([0, ""]);
  return JSON.parse(out);
}

test("--json is one object, and nothing goes to stderr with --quiet", async () => {
  const result = await trained("--optimizer", "adam", "--lr", "0.01", "--set", "beta1=0.8", "--seed", "3");
  expect(result).toMatchObject({
    data: "moons",
    model: "mlp:2-8-2",
    optimizer: "adam",
    hyper: { lr: 0.01, beta1: 0.8, beta2: 0.999, eps: 1e-8 },
    schedule: null,
    seed: 3,
    batchSize: 64,
    parameters: 2 * 8 + 8 + 8 * 2 + 2,
    test: measured,
    steps: 33,
    target: null,
    outcome: "completed",
    run: null,
  });
  expect(result.epochs).toHaveLength(3);
  for (const [i, epoch] of result.epochs.entries())
    expect(epoch).toMatchObject({
      epoch: i + 1,
      steps: 11 * (i + 1),
      seconds: expect.any(Number),
      train: measured,
      validation: measured,
    });
  expect(result.epochs[2].train.loss).toBeLessThan(result.epochs[0].train.loss);
});

test("the same seed gives the same numbers, another seed others", async () => {
  const costs = async (seed: string) => {
    const { epochs, test: last } = await trained("--seed", seed);
    return [...epochs.map(({ train }: { train: unknown }) => train), last];
  };
  expect(await costs("1")).toEqual(await costs("1"));
  expect(await costs("1")).not.toEqual(await costs("2"));
});

test("the reference backend tells the same story as ONNX Runtime", async () => {
  const onnx = await trained("--dtype", "f64");
  const reference = await trained("--dtype", "f64", "--backend", "reference");
  for (const [i, { validation }] of onnx.epochs.entries())
    expect(reference.epochs[i].validation.loss).toBeCloseTo(validation.loss, 10);
});

test("--jsonl gives each event on a line, the result last", async () => {
  const { out } = await downhill([...short, "--jsonl"]);
  const events = out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  const count = (kind: string) => events.filter((event) => event.kind === kind).length;
  expect([count("batch"), count("epoch"), count("end"), count("result")]).toEqual([33, 3, 1, 1]);
  expect(events.at(-1)).toMatchObject({ kind: "result", outcome: "completed" });
});

test("without --json a table is printed, without colours even on a terminal", async () => {
  const { code, out, err } = await downhill(short);
  expect([code, err, escapes(out)]).toEqual([0, "", false]);
  expect(out).toMatch(/^adam on moons: mlp:2-8-2, 42 parameters\n/);
  expect(out).toMatch(/^ {4}3 +33 +0\.\d+ +\d+\.\d % +0\.\d+ +\d+\.\d %$/m);
  expect(out).toMatch(/^test: loss 0\.\d+, accuracy \d+\.\d %$/m);
});

test("a long run shows at most twenty epochs, the first and the last among them", async () => {
  const { out } = await downhill([...short, "--epochs", "50"]);
  const shown = [...out.matchAll(/^ +(\d+) +[\d,]+ +0\./gm)].map(([, epoch]) => Number(epoch));
  expect([shown.length, shown[0], shown.at(-1)]).toEqual([20, 1, 50]);
});

test("a deep net is said to be compiled, on a line that is gone after its first step", async () => {
  const deep = [
    "train",
    "--data",
    "moons",
    "--model",
    `${"dense:3:tanh,".repeat(60)}dense`,
    "--steps",
    "1",
    "--no-out",
  ];
  const { err } = await downhill([...deep, "--device", "reference"], { terminal: true });
  expect(err.split("\x1b[K").slice(0, 2)).toEqual([expect.stringMatching(/^\rcompiling dense:3:tanh,/), "\r"]);
});

test("progress is drawn on a terminal, on one line that is gone at the end; not elsewhere, and not with --quiet", async () => {
  const { err } = await downhill(short, { terminal: true });
  expect(err).toMatch(/^\repoch 1\/3 .*loss \d\.\d+/);
  expect(err.endsWith("\r\x1b[K")).toBe(true);
  expect(err).not.toContain("\n");
  expect((await downhill(short, { terminal: true, env: { TERM: "dumb" } })).err).toBe("");
  expect((await downhill([...short, "--quiet"], { terminal: true })).err).toBe("");
});

test("on a terminal each epoch has its line as it ends; not with --quiet, --json or --jsonl", async () => {
  const told: string[] = [];
  const epochs = ["--epochs", "30"];
  const { out } = await downhill([...short, ...epochs], { terminal: true, onOutput: (text) => told.push(text) });
  const shown = [...out.matchAll(/^ +(\d+) +[\d,]+ +0\./gm)].map(([, epoch]) => Number(epoch));
  expect(shown).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
  expect(told.findIndex((text) => / 30 +330 /.test(text))).toBeGreaterThanOrEqual(30);
  expect(out.match(/^ *epoch +steps/gm)).toHaveLength(1);
  expect(out).toMatch(/^adam on moons/);
  const quiet = await downhill([...short, ...epochs, "--quiet"], { terminal: true });
  expect(quiet.out.match(/^ +\d+ +[\d,]+ +0\./gm)).toHaveLength(20);
  for (const form of ["--json", "--jsonl"])
    for (const line of (await downhill([...short, form], { terminal: true })).out.split(/\n(?=\{)/)) JSON.parse(line);
});

test("the table of a long run has the epoch with the lowest validation loss", async () => {
  const typed = [...short, "--epochs", "60", "--lr", "0.3", "--model", "mlp:32"];
  const { out } = await downhill(typed);
  const { epochs } = JSON.parse((await downhill([...typed, "--json"])).out);
  const losses = epochs.map(({ validation }: { validation: { loss: number } }) => validation.loss);
  const lowest = losses.indexOf(Math.min(...losses)) + 1;
  const shown = [...out.matchAll(/^ +(\d+) +[\d,]+ +\d/gm)].map(([, epoch]) => Number(epoch));
  expect(shown).toContain(lowest);
  expect(shown.length).toBeLessThanOrEqual(20);
  expect(out).toContain(`lowest in ${lowest === 60 ? "the last epoch" : `epoch ${lowest}`}`);
});

test("early stopping tells whose weights were kept", async () => {
  const typed = ["--epochs", "200", "--patience", "2", "--lr", "0.3"];
  const result = await trained(...typed);
  const losses = result.epochs.map(({ validation }: { validation: { loss: number } }) => validation.loss);
  const epoch = losses.indexOf(Math.min(...losses)) + 1;
  expect(result.kept).toEqual({ epoch, steps: 11 * epoch });
  expect((await downhill([...short, ...typed])).out).toContain(`weights: those of epoch ${epoch}, where`);
  expect((await trained()).kept).toBeNull();
});

test("--monitor chooses which weights are kept, --min-delta by how much they must be better", async () => {
  const typed = ["--epochs", "40", "--lr", "0.3"];
  const result = await trained(...typed, "--monitor", "accuracy");
  const accuracies = result.epochs.map(({ validation }: { validation: { accuracy: number } }) => validation.accuracy);
  const epoch = accuracies.indexOf(Math.max(...accuracies)) + 1;
  expect(result).toMatchObject({
    ...{ outcome: "completed", monitor: { measure: "accuracy", minDelta: 0 } },
    kept: { epoch, steps: 11 * epoch },
  });
  expect(result.epochs).toHaveLength(40);
  const early = await trained(...typed, "--patience", "2", "--min-delta", "10");
  expect(early).toMatchObject({
    outcome: "stopped-early",
    kept: { epoch: 1 },
    monitor: { measure: "loss", minDelta: 10 },
  });
  expect(early.epochs).toHaveLength(3);
  for (const [wrong, words] of [
    [["--min-delta", "1"], "--min-delta: nothing is watched; give --patience or --monitor, too"],
    [["--monitor", "f1"], '--monitor "f1" is not known'],
    [
      ["--monitor", "accuracy", "--task", "regression", "--data", "FILE"],
      "--monitor accuracy: the loss mean squared error",
    ],
  ] as const) {
    const file = join(await temporaryFolder(), "line.csv");
    await writeFile(file, `a,b\n${Array.from({ length: 30 }, (_, i) => `${i},${i ** 2 / 7}`).join("\n")}\n`);
    const { code, err } = await downhill([
      "train",
      ...wrong.map((word) => (word === "FILE" ? file : word)),
      "--no-out",
    ]);
    expect([code, err]).toEqual([2, expect.stringContaining(words)]);
  }
});

test("what is set of an optimizer arrives", async () => {
  expect(
    await trained("--optimizer", "sgd", "--clip-norm", "0.5", "--clip-value", "2", "--weight-decay", "0.1"),
  ).toMatchObject({
    optimizer: "gradient-descent+decay+clip-norm+clip-value",
    hyper: { lr: 0.01, weight_decay: 0.1, clip_norm: 0.5, clip_value: 2 },
  });
  const adamw = await trained("--optimizer", "adamw", "--weight-decay", "0.3", "--schedule", "cosine:warmup=5");
  expect(adamw).toMatchObject({ optimizer: "adamw", hyper: { weight_decay: 0.3 }, schedule: "cosine:warmup=5" });
});

test("a rule of one's own trains as the built-in one it repeats", async () => {
  const file = join(await temporaryFolder(), "my-adam.txt");
  await writeFile(file, (await downhill(["optimizers", "adam", "--rule-file"])).out);
  const [own, builtIn] = [await trained("--rule", file, "--lr", "0.02"), await trained("--lr", "0.02")];
  expect(own.optimizer).toBe("my-adam");
  expect(own.hyper).toEqual(builtIn.hyper);
  expect(own.epochs.map(({ train }: { train: unknown }) => train)).toEqual(
    builtIn.epochs.map(({ train }: { train: unknown }) => train),
  );
});

test("a run that diverges ends with that outcome and code 0, and its JSON can be read", async () => {
  const result = await trained("--optimizer", "sgd", "--lr", "1e30");
  expect(result).toMatchObject({ outcome: "diverged", reason: expect.stringContaining("step") });
  const { out } = await downhill([...short, "--optimizer", "sgd", "--lr", "1e30"]);
  expect(out).toContain("\ndiverged: ");
});

test("targets, early stopping and a limit of steps end a run", async () => {
  expect(await trained("--target", "99", "--stop-at-target")).toMatchObject({
    outcome: "target",
    target: { step: 11, seconds: expect.any(Number) },
  });
  expect(await trained("--target", "1%")).toMatchObject({ outcome: "completed", target: { step: 11 } });
  expect(await trained("--steps", "30")).toMatchObject({ steps: 30, outcome: "completed" });
  expect(await trained("--epochs", "0")).toMatchObject({ steps: 0, epochs: [], outcome: "completed", test: measured });
  const early = await trained("--epochs", "200", "--patience", "0", "--lr", "0.3");
  expect(early.outcome).toBe("stopped-early");
  expect(early.epochs.length).toBeLessThan(200);
});

test("a table with a number to predict is fitted by squared error, without accuracy", async () => {
  const file = join(await temporaryFolder(), "line.csv");
  const rows = Array.from({ length: 60 }, (_, i) => `${i},${(i * 7) % 11},${2.5 * i - ((i * 7) % 11)}`);
  await writeFile(file, `a,b,price\n${rows.join("\n")}\n`);
  const typed = [
    "--data",
    `csv:${file}`,
    "--model",
    "linear",
    "--optimizer",
    "sgd",
    "--lr",
    "0.3",
    "--batch-size",
    "full",
  ];
  const result = await trained(...typed, "--epochs", "200");
  expect(result).toMatchObject({ data: `csv:${file}`, model: "mlp:2-1", parameters: 3, batchSize: 42 });
  expect(result.test).toEqual({ loss: expect.any(Number) });
  expect(result.test.loss).toBeLessThan(1e-4);
  expect((await downhill([...short, ...typed])).out).not.toContain("accuracy");
  // The test set's targets, as they stand in the file: their errors are in its unit.
  const { mean, deviation, testVariance } = result.dataset.target;
  expect([mean, deviation]).toEqual([expect.any(Number), expect.any(Number)]);
  const { rmse, mae, r2 } = result.regression;
  expect(rmse).toBeCloseTo(deviation * Math.sqrt(result.test.loss), 12);
  expect(r2).toBeCloseTo(1 - result.test.loss / testVariance, 12);
  expect(mae).toBeGreaterThan(0);
  expect(mae).toBeLessThanOrEqual(rmse);
});

test("a column of a few numbers is said to be taken as classes, unless the task is given", async () => {
  const file = join(await temporaryFolder(), "rooms.csv");
  await writeFile(file, `a,b,rooms\n${"1,2,3\n2,3,4\n3,1,5\n".repeat(10)}`);
  const typed = ["train", "--data", `csv:${file}`, "--epochs", "1", "--no-out"];
  const { err } = await downhill(typed);
  expect(err).toContain("column 3 has 3 different numbers, taken as classes; to predict the number: --task regression");
  expect((await downhill([...typed, "--task", "classification"])).err).not.toContain("taken as classes");
});

test("an interrupted run keeps what was done, in the output and in its folder, and gives 130", async () => {
  const root = await temporaryFolder();
  const interruption = new AbortController();
  const { code, out } = await downhill(
    ["train", "--data", "moons", "--model", "mlp:8", "--epochs", "100000", "--jsonl", "--out", root],
    { signal: interruption.signal, onOutput: (text) => text.includes('"kind":"epoch"') && interruption.abort() },
  );
  const result = JSON.parse(out.trimEnd().split("\n").at(-1) ?? "");
  expect(code).toBe(130);
  expect(result).toMatchObject({ outcome: "interrupted", test: measured });
  expect(result.epochs.length).toBeGreaterThanOrEqual(1);
  const summary = JSON.parse(await readFile(join(result.run, "summary.json"), "utf8"));
  expect(summary.result).toMatchObject({ outcome: { kind: "interrupted" } });
});

test("a folder that is lost on the way costs the code 1, but not the result", async () => {
  const root = await temporaryFolder();
  const { code, out, err } = await downhill(["train", "--data", "moons", "--epochs", "2", "--jsonl", "--out", root], {
    onOutput: (text) => text.includes('"kind":"epoch"') && rmSync(root, { recursive: true, force: true }),
  });
  expect([code, err]).toEqual([1, expect.stringMatching(/^downhill: [^\n]*there is no such file[^\n]*\n$/)]);
  expect(JSON.parse(out.trimEnd().split("\n").at(-1) ?? "")).toMatchObject({ kind: "result", outcome: "completed" });
});

test("a run leaves a folder whose settings make it again", async () => {
  const root = join(await temporaryFolder(), "new", "runs");
  const { out } = await downhill([
    "train",
    "--data",
    "blobs",
    "--model",
    "softmax",
    "--epochs",
    "2",
    "--out",
    root,
    "--json",
  ]);
  const result = JSON.parse(out);
  const [folder] = await readdir(root);
  expect(result.run).toBe(join(root, folder));
  const names = await readdir(result.run);
  expect(names.sort()).toEqual(["config.json", "env.json", "metrics.jsonl", "model", "report.html", "summary.json"]);
  const lines = (await readFile(join(result.run, "metrics.jsonl"), "utf8")).trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line).kind)).toEqual(["begin", "epoch", "epoch"]);
  expect(JSON.parse(lines[0])).toMatchObject({ optimizer: result.optimizer, hyper: result.hyper });
  const { settings, command } = JSON.parse(await readFile(join(result.run, "config.json"), "utf8"));
  expect(command).toContain("downhill train --data blobs");
  const file = join(root, "again.json");
  await writeFile(file, JSON.stringify(settings));
  const again = JSON.parse((await downhill(["train", "--config", file])).out);
  expect({ ...again, seconds: 0, run: "", epochs: [] }).toEqual({ ...result, seconds: 0, run: "", epochs: [] });
});

test("a folder that cannot be written is one line and code 1, before anything is computed", async () => {
  const file = join(await temporaryFolder(), "file");
  await writeFile(file, "");
  const { code, out, err } = await downhill(["train", "--data", "moons", "--out", join(file, "runs")]);
  expect([code, out]).toEqual([1, ""]);
  expect(err).toMatch(/^downhill: [^\n]+\n$/);
  expect(err).toContain(file);
});

test("a solver trains on the full batch; what is set of it arrives", async () => {
  const result = await trained("--optimizer", "lbfgs", "--set", "memory=5", "--epochs", "12", "--seed", "3");
  expect(result).toMatchObject({
    optimizer: "lbfgs",
    hyper: { memory: 5 },
    schedule: null,
    seed: 3,
    batchSize: 700,
    steps: 12,
    outcome: "completed",
    test: measured,
  });
  expect(result.epochs.map(({ epoch, steps }: { epoch: number; steps: number }) => [epoch, steps])).toEqual(
    Array.from({ length: 12 }, (_, i) => [i + 1, i + 1]),
  );
  const costs = result.epochs.map(({ train }: { train: { loss: number } }) => train.loss);
  expect(costs.at(-1)).toBeLessThan(0.5 * costs[0]);
  expect(await trained("--optimizer", "cg", "--set", "formula=dai-yuan", "--batch-size", "full")).toMatchObject({
    optimizer: "conjugate-gradient",
    hyper: { formula: "dai-yuan" },
  });
});

test("softmax regression by Newton converges; a target, patience and a limit of steps end it before", async () => {
  const typed = ["--data", "blobs", "--model", "softmax", "--l2", "0.01", "--optimizer", "newton", "--epochs", "50"];
  const whole = await trained(...typed);
  expect(whole).toMatchObject({
    outcome: "converged",
    reason: expect.stringContaining("the largest gradient component is"),
  });
  expect(whole.epochs.at(-1).gradientNorm).toBeLessThan(1e-3);
  expect(await trained(...typed, "--target", "90%", "--stop-at-target")).toMatchObject({
    outcome: "target",
    target: { step: 1 },
  });
  expect(await trained(...typed, "--steps", "2")).toMatchObject({ outcome: "completed", steps: 2 });
  const early = await trained("--optimizer", "lbfgs", "--epochs", "500", "--patience", "2");
  expect(early.outcome).toBe("stopped-early");
});

test("a run by a solver leaves a folder, with a report, whose settings make it again", async () => {
  const root = join(await temporaryFolder(), "runs");
  const argv = ["train", "--data", "moons", "--model", "mlp:8", "--optimizer", "lbfgs", "--epochs", "6", "--json"];
  const result = JSON.parse((await downhill([...argv, "--out", root])).out);
  const { settings } = JSON.parse(await readFile(join(result.run, "config.json"), "utf8"));
  expect(Object.keys(settings)).not.toContain("batch-size");
  const report = await readFile(join(result.run, "report.html"), "utf8");
  for (const words of [
    "lbfgs on moons",
    "<dt>memory</dt><dd>10</dd>",
    "Loss by epoch",
    "A solver chooses the length of each step itself.",
  ])
    expect(report).toContain(words);
  // The batch is the whole part: its cost is the epoch's.
  expect(report).not.toContain("Loss by batch");
  const file = join(root, "again.json");
  await writeFile(file, JSON.stringify(settings));
  const again = JSON.parse((await downhill(["train", "--config", file])).out);
  expect(again.test).toEqual(result.test);
  expect(JSON.parse((await downhill(["report", result.run, "--json"])).out).report).toBe(
    join(result.run, "report.html"),
  );
});

test("a solver that is interrupted keeps its steps, and gives 130", async () => {
  const interruption = new AbortController();
  const { code, out } = await downhill([...short, "--optimizer", "bfgs", "--epochs", "100000", "--jsonl"], {
    signal: interruption.signal,
    onOutput: (text) => text.includes('"kind":"epoch","epoch":3') && interruption.abort(),
  });
  const events = out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(code).toBe(130);
  expect(events.at(-1)).toMatchObject({ kind: "result", outcome: "interrupted", steps: 3, test: measured });
});

test("what a solver cannot do is told before a folder is made", async () => {
  const root = join(await temporaryFolder(), "runs");
  const argv = ["train", "--data", "moons", "--model", "mlp:200", "--optimizer", "pure-newton", "--out", root];
  expect(await downhill(argv)).toMatchObject({ code: 2, out: "", err: expect.stringContaining("too large") });
  await expect(readdir(root)).rejects.toThrow();
});

test.each([
  [
    "a rule with a wrapper and a schedule",
    ["--clip-norm", "0.5", "--schedule", "cosine", "--set", "beta1=0.8", "--dropout", "0.2"],
  ],
  ["a rule of one's own", ["--rule", "RULE", "--weight-decay", "0.1"]],
  ["a solver", ["--optimizer", "lbfgs", "--set", "memory=3"]],
])("config.json holds the run as plain data, from which the library repeats it to the bit: %s", async (_, argv) => {
  const root = await temporaryFolder();
  await writeFile(join(root, "own.txt"), "hyper lr = 0.1\nw = w - lr*g");
  const typed = argv.map((word) => (word === "RULE" ? join(root, "own.txt") : word));
  const out = join(root, "runs");
  const { code } = await downhill([...short.slice(0, -1), ...typed, "--out", out, "--quiet"]);
  expect(code).toBe(0);
  const [folder] = await readdir(out);
  const read = async (name: string) => JSON.parse(await readFile(join(out, folder, name), "utf8"));
  const { plan } = await read("config.json");
  const { result } = await read("summary.json");
  const { name, ...options } = plan.data;
  const data = await loadDataset(name, options);
  const losses: (number | null)[] = [];
  for await (const event of train({ ...plan.run, data, model: modelFromJson(plan.model) }))
    if (event.kind === "batch") losses.push(event.loss);
  expect(losses.length).toBe(result.steps);
  expect(losses).toEqual(result.batches.losses);
});

test("--augment changes the training images, and stands in the result, the run's folder and its first lines", async () => {
  const folder = await temporaryFolder();
  const typed = ["train", "--data", "digits", "--limit", "50", "--model", "mlp:4", "--epochs", "1", "--out", folder];
  const plain = await downhill([...typed, "--json", "--quiet"]);
  const { code, out } = await downhill([...typed, "--augment", "pad-crop=1,flip", "--json", "--quiet"]);
  expect(code).toBe(0);
  const [result, without] = [JSON.parse(out), JSON.parse(plain.out)];
  expect([result.augment, without.augment]).toEqual([{ padCrop: 1, flip: true }, null]);
  expect(result.epochs[0].train.loss).not.toBe(without.epochs[0].train.loss);
  const config = JSON.parse(await readFile(join(result.run, "config.json"), "utf8"));
  expect(config.settings.augment).toBe("pad-crop=1,flip");
  expect(await readFile(join(result.run, "report.html"), "utf8")).toContain("pad-crop=1,flip");
  const again = await downhill([...typed, "--augment", "flip, pad-crop=1"]);
  expect(again.out).toContain("augment pad-crop=1,flip, seed 1");
});

test.each(["pad-crop", "pad-crop=0", "flip,flip", "pad-crop=4,pad-crop=2", "mirror", "flip,"])(
  "--augment %s is refused",
  async (given) => {
    const { code, err } = await downhill([...short, "--augment", given]);
    expect(err).toContain("it must be pad-crop=4, flip, or both with a comma between them");
    expect(code).toBe(2);
  },
);
