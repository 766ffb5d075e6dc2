import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadDataset } from "../../src/data/node/index.ts";
import { losses, modelFor, models, modelToJson } from "../../src/nn/index.ts";
import { load } from "../../src/nn/node/index.ts";
import { downhill, temporaryFolder } from "./command.ts";

test("a folder with a saved net stands for its model", async () => {
  const folder = await temporaryFolder();
  const model = { format: "downhill-model 1", name: "mine", layers: [{ kind: "dense", units: 3 }, { kind: "dense" }] };
  await writeFile(join(folder, "model.json"), JSON.stringify(model));
  const { code, out } = await downhill(["model", folder, "--json"]);
  expect([code, JSON.parse(out).name]).toEqual([0, "mine"]);
});

test("a model is shown as a table", async () => {
  const { code, out, err } = await downhill(["model", "mlp:64,32:tanh", "--dropout", "0.5"]);
  expect([code, err]).toEqual([0, ""]);
  const lines = out.split("\n").map((line) => line.split(/ {2,}/));
  expect(lines[0]).toEqual([
    "mlp:64-64-32-10: inputs 64, softmax cross-entropy; multiply-adds are for one example, forward",
  ]);
  expect(lines[2]).toEqual(["layer", "description", "outputs", "parameters", "multiply-adds"]);
  expect(lines[3]).toEqual(["layer1", "dense 64 tanh", "64", "4,160", "4,096"]);
  expect(lines[4]).toEqual(["layer2", "dropout 0.5", "64", "0", "0"]);
  expect(lines[8]).toEqual(["all", "6,570", "6,464"]);
  expect(out).toMatch(/weights: 26.3 kB\ntraining by Adam on batches of 64: [^\n]*\n$/);
});

test("layers within a layer have rows of their own, further to the right", async () => {
  const { out } = await downhill(["model", "residual(dense:64:relu,dense-connection(dense:4),dense:64),dense"]);
  const rows = out.split("\n").slice(3, 9);
  expect(rows.map((line) => /^( *)(\S+) +(\S+(?: \S+)*?) {2}/.exec(line)?.slice(1))).toEqual([
    ["", "layer1", "residual"],
    ["  ", "layer1_layer1", "dense 64 relu"],
    ["  ", "layer1_layer2", "dense-connection"],
    ["    ", "layer1_layer2_layer1", "dense 4"],
    ["  ", "layer1_layer3", "dense 64"],
    ["", "layer2", "dense 10"],
  ]);
  expect(out).toMatch(/\nall +9,486 +9,344\n/);
});

test("an option has its name where one before it is left out", async () => {
  const { out } = await downhill([
    "model",
    "conv2d:4:3:padding=1,batch-norm:eps=0.1,flatten,dense",
    "--data",
    "digits",
  ]);
  expect(out).toContain("conv2d 4 3 padding=1");
  expect(out).toContain("batch-norm eps=0.1");
  expect(out).toMatch(/\n {2}not counted: copies that convolutions make, so that it may be nearly twice as much\n$/);
});

test("without a model the published ones are listed, with their parameters", async () => {
  const { code, out, err } = await downhill(["model"]);
  expect([code, err]).toEqual([0, ""]);
  const rows = out.split("\n").map((line) => line.split(/ {2,}/).slice(0, 3));
  expect(rows[0]).toEqual(["name", "inputs", "parameters"]);
  expect(rows).toContainEqual(["lenet", "1 × 28 × 28", "61,706"]);
  expect(rows).toContainEqual(["resnet-56", "3 × 32 × 32", "855,770"]);
  expect(rows.slice(1, 1 + models.names.length).map(([name]) => name)).toEqual(models.names);
});

test("the list is for the data that are named, and says which models do not fit", async () => {
  const digits = JSON.parse((await downhill(["model", "--data", "digits", "--json"])).out);
  expect(digits).toContainEqual(expect.objectContaining({ name: "lenet", inputShape: [1, 8, 8], parameters: 61_706 }));
  const moons = JSON.parse((await downhill(["model", "--data", "moons", "--json"])).out);
  expect(moons.map(({ parameters }: { parameters: unknown }) => parameters)).toEqual(models.names.map(() => null));
});

test("a published model is trained and kept as a list of layers with its name", async () => {
  const root = await temporaryFolder();
  const argv = ["train", "--model", "lenet", "--epochs", "1", "--limit", "60", "--out", root, "--json", "--quiet"];
  const result = JSON.parse((await downhill(argv)).out);
  expect(result).toMatchObject({ model: "lenet", parameters: 61_706 });
  const layers = modelToJson(modelFor("lenet", { inputShape: [1, 8, 8], outputs: 10, task: "classification" })).layers;
  const json = async (file: string) => JSON.parse(await readFile(join(result.run, file), "utf8"));
  expect(await json("model/model.json")).toMatchObject({ name: "lenet", inputShape: [1, 8, 8], layers });
  expect(await json("config.json")).toMatchObject({
    settings: { model: "lenet" },
    plan: { model: { name: "lenet", layers } },
  });
});

test("a model is shown as JSON, for the data that are named", async () => {
  const argv = ["model", "dense:5:relu,dense", "--data", "moons", "--batch-size", "7", "--json", "--quiet"];
  const found = JSON.parse((await downhill(argv)).out);
  expect(found).toMatchObject({
    name: "dense:5:relu,dense",
    inputShape: [2],
    parameters: 27,
    multiplyAdds: 20,
    batchSize: 7,
  });
  expect(found.layers).toMatchObject([
    { kind: "dense", options: { units: 5, activation: "relu" } },
    { options: { units: 2 } },
  ]);
  expect(found.training.batch).toBe(4 * 7 * 3);
});

test("every loss reaches the command by a model's file", async () => {
  const file = join(await temporaryFolder(), "net.json");
  for (const [name, loss] of Object.entries(losses)) {
    const layers = [{ kind: "dense", units: 3, activation: { name: "elu", alpha: 0.5 } }, { kind: "dense" }];
    await writeFile(file, JSON.stringify({ format: "downhill-model 1", name: "mine", loss: name, layers }));
    const found = JSON.parse((await downhill(["model", file, "--data", "moons", "--json"])).out);
    expect(found.loss).toBe(loss.name);
    const train = ["train", "--data", "moons", "--model", file, "--epochs", "1", "--no-out", "--json"];
    const run = JSON.parse((await downhill(train)).out);
    expect(run).toMatchObject({ model: "mine", parameters: found.parameters });
    expect(run.test.loss).toBeLessThan(2);
  }
});

test.each([
  [["model", "mpl:5"], "a model is written like mlp:64,32"],
  [["model", "dense:5:rleu,dense"], 'layer 1: activation "rleu" is not known; did you mean relu?'],
  [["model", "nowhere.json"], "nowhere.json"],
  [["model", "--dropout", "0.5"], "--dropout is for one model: name it"],
  [["model", "lenet", "--dropout", "0.5"], 'model "lenet" has the layers of its paper; leave dropout out'],
  [["train", "--model", "lenet", "--data", "moons"], "lenet is for images, [channels, height, width], and an example"],
  [["compare", "--model", "densenet-121", "--data", "moons"], "densenet-121 is for images of 8 × 8 or more"],
  [["model", "mlp:5", "mlp:6"], "model takes 1 argument, not 2"],
  [["train", "--model", "dense:4", "--data", "moons"], "4 outputs for 2 classes"],
])("%j is refused", async (argv, words) => {
  const { code, err } = await downhill(argv);
  expect(code).toBeGreaterThan(0);
  expect(err).toContain(words);
});

test("what is wrong in a model's file is told with its name", async () => {
  const file = join(await temporaryFolder(), "net.json");
  await writeFile(file, '{ "format": "downhill-model 1", "layers": [{ "kind": "dense", "units": "4" }] }');
  const { code, err } = await downhill(["train", "--data", "moons", "--model", file]);
  expect([code, err]).toEqual([
    2,
    `downhill: ${file}: layer 1: dense: units is "4"; it must be a whole number, 1 or more\n`,
  ]);
});

test("a run leaves its net, with the weights that its test loss is of", async () => {
  const root = await temporaryFolder();
  const more = [
    ["--patience", "1", "--lr", "0.5"],
    ["--optimizer", "lbfgs"],
  ];
  for (const each of more) {
    const argv = ["train", "--data", "moons", "--model", "mlp:8", "--epochs", "6", "--out", root, "--json", ...each];
    const result = JSON.parse((await downhill(argv)).out);
    const net = await load(join(result.run, "model"));
    const { test: part, outputs } = await loadDataset("moons");
    const rows = Array.from({ length: part.count }, (_, i) => part.inputs.subarray(2 * i, 2 * i + 2));
    const labels = (await net.outputs(rows)).map((row) => row.indexOf(Math.max(...row)));
    const right = labels.filter((label, i) => label === part.targets[i]).length;
    expect([net.model.name, outputs]).toEqual(["mlp:2-8-2", 2]);
    expect(result.test.accuracy).toBeCloseTo(right / part.count, 12);
    const shown = JSON.parse((await downhill(["model", join(result.run, "model", "model.json"), "--json"])).out);
    expect(shown).toMatchObject({ name: "mlp:2-8-2", parameters: result.parameters });
    await net.dispose();
  }
});

test("labels are smoothed by a flag, whatever names the model, and the saved model keeps it", async () => {
  const folder = await temporaryFolder();
  const train = ["train", "--data", "digits", "--epochs", "1", "--quiet", "--json", "--no-out"];
  const run = async (...more: string[]) => JSON.parse((await downhill([...train, ...more])).out);
  const saved = join(folder, "net");
  const smooth = await run("--label-smoothing", "0.2", "--save", saved);
  expect((await load(saved)).model.loss.name).toBe("softmax cross-entropy, label smoothing 0.2");
  const plain = await run();
  expect(smooth.test.loss).toBeGreaterThan(plain.test.loss);
  // Further training keeps the saved loss, unless the flags say otherwise.
  expect((await downhill(["model", saved])).out).toContain("label smoothing 0.2");
  const again = join(folder, "again");
  await run("--from", saved, "--label-smoothing", "0", "--save", again);
  expect((await load(again)).model.loss.name).toBe("softmax cross-entropy");
  const refused = await downhill([
    "model",
    "mlp:4",
    "--loss",
    "binary-cross-entropy",
    "--label-smoothing",
    "0.1",
    "--data",
    "moons",
  ]);
  expect([refused.code, refused.err]).toEqual([
    2,
    "downhill: --label-smoothing: the loss is binary-cross-entropy, and only softmax-cross-entropy has labels to smooth\n",
  ]);
});

test("a run says which loss it has, where it is not the usual one for its data", async () => {
  const saved = join(await temporaryFolder(), "net");
  const train = ["train", "--epochs", "1", "--quiet", "--no-out"];
  const lossOf = async (...argv: string[]) => {
    const { code, out } = await downhill([...train, ...argv]);
    expect(code).toBe(0);
    return out.split("\n\n")[0].match(/^loss: (.*)$/m)?.[1];
  };
  const smoothed = "softmax cross-entropy, label smoothing 0.2";
  const digits = ["--data", "digits", "--model", "mlp:8"];
  expect(await lossOf(...digits, "--label-smoothing", "0.2", "--save", saved)).toBe(smoothed);
  expect(await lossOf("--data", "digits", "--from", saved)).toBe(smoothed);
  expect(await lossOf("--data", "digits", "--from", saved, "--label-smoothing", "0")).toBeUndefined();
  expect(await lossOf(...digits)).toBeUndefined();
  expect(await lossOf("--data", "moons", "--model", "mlp:8", "--loss", "binary-cross-entropy")).toBe(
    "binary cross-entropy",
  );
  const rows = Array.from({ length: 30 }, (_, i) => `${i % 7},${(3 * i) % 5},${i % 2 ? "odd" : "even"}`);
  const file = `${saved}.csv`;
  await writeFile(file, ["a,b,y", ...rows].join("\n"));
  const folds = ["--data", file, "--model", "mlp:4", "--folds", "3"];
  expect(await lossOf(...folds, "--label-smoothing", "0.2")).toBe(smoothed);
  expect(await lossOf(...folds)).toBeUndefined();
});
