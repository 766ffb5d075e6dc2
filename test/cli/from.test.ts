import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { layoutOf } from "../../src/nn/index.ts";
import { load } from "../../src/nn/node/index.ts";
import { downhill, temporaryFolder } from "./command.ts";

const torch = fileURLToPath(new URL("../goldens/weights/sequential.safetensors", import.meta.url));

let folder: string;
const at = (name: string): string => join(folder, name);

/** A table whose classes depend on two numbers; with `shift` it is of other sizes. */
function table(count: number, classes: readonly string[], { shift = 0, names = "a,b,colour,y" } = {}): string {
  const lines = Array.from({ length: count }, (_, i) => {
    const [a, b] = [(i * 7) % 11, (i * 5) % 13];
    return [a + shift, b, ["red", "blue"][i % 2], classes[(a + b) % classes.length]].join();
  });
  return [names, ...lines].join("\n");
}

async function trained(...argv: string[]) {
  const { code, out, err } = await downhill(["train", "--epochs", "2", "--no-out", ...argv, "--json", "--quiet"]);
  expect([code, err]).toEqual([0, ""]);
  return JSON.parse(out);
}

beforeAll(async () => {
  folder = await temporaryFolder();
  await writeFile(at("old.csv"), table(120, ["no", "yes"]));
  await writeFile(at("new.csv"), table(60, ["no", "yes"], { shift: 3 }));
  await writeFile(at("three.csv"), table(60, ["no", "yes", "perhaps"]));
  await writeFile(at("columns.csv"), table(60, ["no", "yes"], { names: "a,width,colour,y" }));
  await trained("--data", at("old.csv"), "--model", "mlp:6,5", "--save", at("old"));
  await downhill(["export", at("old"), "--format", "onnx", "--out", at("old.onnx")]);
});

test("a saved model is trained further on a new table, with its model, its columns and its means", async () => {
  const result = await trained("--from", at("old"), "--data", at("new.csv"), "--lr", "0", "--save", at("same"));
  expect(result.model).toBe("mlp:4-6-5-2");
  expect(result.start).toBe(`weights from ${at("old")}: all 6 tensors; its columns, means and categories are kept`);
  const [before, after] = [await load(at("old")), await load(at("same"))];
  expect(after.w).toEqual(before.w);
  expect(after.preprocessing?.inputs).toEqual(before.preprocessing?.inputs);
  const rows = [{ a: 1, b: 2, colour: "red" }];
  expect(await after.predict(rows)).toEqual(await before.predict(rows));
});

test("with frozen layers only the others change", async () => {
  await trained("--from", at("old"), "--data", at("new.csv"), "--freeze", "layer1,layer2", "--save", at("frozen"));
  const [before, after] = [await load(at("old")), await load(at("frozen"))];
  const last = layoutOf(before.model).find(({ name }) => name === "layer3_weight")?.offset ?? 0;
  expect(after.w.slice(0, last)).toEqual(before.w.slice(0, last));
  expect(after.w.slice(last)).not.toEqual(before.w.slice(last));
});

test("other classes get a new last layer, and that is told", async () => {
  const result = await trained("--from", at("old"), "--data", at("three.csv"), "--lr", "0", "--save", at("three"));
  expect(result.model).toBe("mlp:4-6-5-3");
  expect(result.start).toContain("4 of 6 tensors; new: layer3, since the target or its classes are others");
  const [before, after] = [await load(at("old")), await load(at("three"))];
  expect(after.w.slice(0, 65)).toEqual(before.w.slice(0, 65));
  const { out } = await downhill(["predict", at("three"), at("three.csv"), "--json"]);
  expect(Object.keys(JSON.parse(out)[0].probabilities)).toEqual(["no", "perhaps", "yes"]);
});

test.each(["old.onnx", "old/weights.safetensors"])("%s keeps weights and preprocessing, too", async (file) => {
  const argv = ["--data", at("new.csv"), "--model", "mlp:6,5", "--lr", "0", "--save", at("file")];
  const { start } = await trained("--from", at(file), ...argv);
  expect(start).toContain("all 6 tensors; its columns, means and categories are kept");
  const [before, after] = [await load(at("old")), await load(at("file"))];
  expect(after.w).toEqual(before.w);
  expect(after.preprocessing?.inputs).toEqual(before.preprocessing?.inputs);
});

test("PyTorch's weights are taken in the order of the layers, transposed, and that is told", async () => {
  await writeFile(
    at("torch.csv"),
    table(60, ["no", "yes"], { names: "a,b,c,y" }).replaceAll("red", "1").replaceAll("blue", "2"),
  );
  const argv = ["train", "--data", at("torch.csv"), "--model", "mlp:5,4", "--epochs", "1", "--no-out", "--quiet"];
  const { out } = await downhill([...argv, "--from", torch]);
  expect(out).toContain(
    `weights from ${torch}: all 6 tensors, in the order of the layers, matrices transposed, as PyTorch stores them; inputs are standardised by the new training set`,
  );
});

test("with --partial what fits is taken, and the rest is told", async () => {
  const argv = ["--from", at("old"), "--data", at("new.csv"), "--model", "mlp:6,9"];
  const { start } = await trained(...argv, "--partial");
  expect(start).toContain('3 of 6 tensors; not taken: "layer2_weight" has shape [6, 5], expected [6, 9]');
  const { err, code } = await downhill(["train", ...argv, "--no-out"]);
  expect(err).toContain('"layer2_bias" has shape [5], expected [9]');
  expect(err).toContain("or take what fits: --partial");
  expect(code).toBe(1);
});

test("the run's folder says where it started, and its settings start there again", async () => {
  const argv = ["train", "--from", at("old"), "--data", at("new.csv"), "--epochs", "1", "--quiet"];
  const result = JSON.parse((await downhill([...argv, "--out", at("runs"), "--json"])).out);
  expect(await readFile(join(result.run, "report.html"), "utf8")).toContain("all 6 tensors");
  const again = await downhill(["train", "--config", join(result.run, "config.json"), "--no-out", "--json", "--quiet"]);
  expect(JSON.parse(again.out).test).toEqual(result.test);
  const { start } = await trained("--from", result.run, "--data", at("new.csv"));
  expect(start).toContain(`weights from ${join(result.run, "model")}: all 6 tensors`);
});

test("a learning rate range test starts there, too", async () => {
  const argv = ["train", "--data", at("old.csv"), "--lr-range", "--steps", "12", "--json", "--quiet"];
  const random = JSON.parse((await downhill([...argv, "--model", "mlp:6,5"])).out);
  const { points } = JSON.parse((await downhill([...argv, "--from", at("old")])).out);
  expect(points).not.toEqual(random.points);
});

test.each([
  [["--data", "columns.csv"], 1, 'there is no column "b", which the net predicts from'],
  [["--data", "digits"], 2, "its net predicts from the columns of a table, and digits is none; give --data FILE"],
  [[], 2, "its net predicts from the columns of a table, and digits is none; give --data FILE"],
  [["--data", "new.csv", "--ignore", "a"], 2, "--from and --ignore: the saved model keeps its columns"],
  [["--data", "new.csv", "--dropout", "0.1"], 2, "the saved model has its layers; give --model, too, for others"],
  [["--data", "new.csv", "--loss", "mean-squared-error"], 2, "does not fit csv:"],
])("%j is refused", async (argv, wanted, message) => {
  const own = argv.map((word) => (word.endsWith(".csv") ? at(word) : word));
  const { code, err } = await downhill(["train", "--from", at("old"), ...own, "--no-out"]);
  expect(err).toContain(message);
  expect(code).toBe(wanted);
});

test.each([
  [["--from", "x", "--folds", "3"], 2, "--folds and --from: give one of them"],
  [["--partial"], 2, "--partial says how weights are taken; give --from, too"],
  [["--from", "/nowhere"], 1, "/nowhere"],
  [["--pretrained", "x"], 2, "did you mean --from?"],
])("%j is refused without a model", async (argv, wanted, message) => {
  const { code, err } = await downhill(["train", ...argv, "--no-out"]);
  expect(err).toContain(message);
  expect(code).toBe(wanted);
});

test("an interrupted run says how its net is trained further, in a command that does so", async () => {
  const train = ["train", "--data", at("old.csv"), "--ignore", "colour", "--epochs", "1000000", "--model", "mlp:4"];
  const interrupted = async (...argv: string[]) => {
    const interruption = new AbortController();
    return downhill([...train, "--label-smoothing", "0.1", "--seed", "3", ...argv], {
      terminal: true,
      signal: interruption.signal,
      onOutput: (text) => text.includes("label smoothing") && setTimeout(() => interruption.abort(), 100),
    });
  };
  const { code, out } = await interrupted("--out", at("runs"));
  expect(code).toBe(130);
  expect(out).toContain(
    "\ntrain it further, with the optimizer's state, the schedule and the epochs begun anew:\n  downhill ",
  );
  const [, next] = out.match(/^ {2}downhill (train --from .*)$/m) ?? [];
  const further = await downhill([...next.split(" "), "--epochs", "1", "--quiet"]);
  expect(further.code).toBe(0);
  expect(further.out).toContain(": mlp:2-4-2, ");
  expect(further.out).toContain("all 4 tensors; its columns, means and categories are kept");
  expect((await interrupted("--no-out")).out).not.toContain("further");
});
