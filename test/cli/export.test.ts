import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { readSafetensorsFile } from "../../src/files/safetensors/node/index.ts";
import { mlp } from "../../src/nn/index.ts";
import { writeModel } from "../../src/nn/node/index.ts";
import { downhill, temporaryFolder } from "./command.ts";

describe("export", () => {
  let folder: string;
  const at = (name: string) => join(folder, name);
  const exported = async (...words: readonly string[]) =>
    JSON.parse((await downhill(["export", at("m"), "--json", ...words])).out);

  beforeAll(async () => {
    folder = await temporaryFolder();
    const rows = Array.from({ length: 60 }, (_, i) => `${i % 13},${i % 4 ? "red" : "green"},${i % 3 ? "yes" : "no"}`);
    await writeFile(at("all.csv"), ["area,colour,good", ...rows].join("\n"));
    const net = ["--model", "mlp:8", "--epochs", "2", "--device", "reference", "--out", at("runs"), "--quiet"];
    const { code, err } = await downhill(["train", "--data", at("all.csv"), ...net, "--save", at("m")]);
    expect(code, err).toBe(0);
  });

  test.each([
    ["onnx", "m.onnx"],
    ["safetensors", "m.safetensors"],
    ["js", "web/own/m.mjs"],
  ])("--format %s writes one file, and says which", async (format, name) => {
    const file = at(name);
    expect(await exported("--format", format, "--out", file)).toEqual({ format, file, files: [file] });
    expect((await downhill(["export", at("m"), "--format", format, "--out", file])).out).toBe(`${file}\n`);
  });

  test("the files are what they should be", async () => {
    await exported("--out", at("m.onnx"));
    expect(readFileSync(at("m.onnx")).subarray(0, 16).toString("latin1")).toContain("downhill");
    await exported("--format", "safetensors", "--out", at("w.safetensors"));
    expect(readSafetensorsFile(at("w.safetensors")).tensors.get("layer1_bias")?.shape).toEqual([8]);
    await exported("--format", "js", "--out", at("own.mjs"));
    await writeFile(at("rows.csv"), "colour,area\ngreen,3\n");
    const { out } = await downhill(["predict", at("m"), at("rows.csv"), "--json"]);
    const module = await import(/* @vite-ignore */ pathToFileURL(at("own.mjs")).href);
    const [{ label, probabilities }] = module.predict([{ area: 3, colour: "green" }]);
    const [expected] = JSON.parse(out);
    expect(label).toBe(expected.label);
    expect(probabilities.yes).toBeCloseTo(expected.probabilities.yes, 6);
  });

  test("--format pytorch writes a folder, again over its own files, but not over others", async () => {
    const out = at("torch");
    const files = ["model.py", "weights.safetensors"].map((name) => join(out, name));
    const told = { format: "pytorch", folder: out, files };
    expect(await exported("--format", "pytorch", "--out", out)).toEqual(told);
    expect(readFileSync(files[0], "utf8")).toContain("class Net(nn.Module):");
    mkdirSync(join(out, "__pycache__"));
    await writeFile(join(out, "__pycache__", "model.cpython-311.pyc"), "");
    expect(await exported("--format", "pytorch", "--out", out)).toEqual(told);
    await writeFile(join(out, "notes.txt"), "mine");
    await writeFile(files[0], "changed");
    const refused = await downhill(["export", at("m"), "--format", "pytorch", "--out", out]);
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('it holds "notes.txt"')]);
    expect(readFileSync(files[0], "utf8")).toBe("changed");
    const onFile = await downhill(["export", at("m"), "--format", "pytorch", "--out", at("all.csv")]);
    expect([onFile.code, onFile.err]).toEqual([1, expect.stringContaining("it is a file; give a folder")]);
  });

  test("--format huggingface says what the run has measured, and nothing for a model without its run", async () => {
    const [run] = readdirSync(at("runs")).map((name) => join(at("runs"), name));
    const { code, err } = await downhill(["export", run, "--format", "huggingface", "--out", at("hf")]);
    expect(code, err).toBe(0);
    const card = readFileSync(join(at("hf"), "README.md"), "utf8");
    const { result } = JSON.parse(readFileSync(join(run, "summary.json"), "utf8"));
    expect(card).toContain(`{ type: "accuracy", value: ${result.test.accuracy}, name: "test accuracy" }`);
    expect(card).toContain("It was trained with Downhill on `all.csv`.");
    expect(card).not.toContain(folder);
    expect(card).toContain("\n# all.csv\n");
    const { files } = await exported("--format", "huggingface", "--out", at("hf2"));
    expect((await exported("--format", "huggingface", "--out", at("hf2"))).files).toEqual(files);
    const [readme, weights] = [join(at("hf2"), "README.md"), join(at("hf2"), "model.safetensors")];
    const plain = readFileSync(readme, "utf8");
    expect(plain).not.toContain("accuracy");
    expect(plain).toContain("\n# m\n");
    await writeFile(readme, "my words");
    await writeFile(weights, "old");
    const again = await downhill(["export", at("m"), "--format", "huggingface", "--out", at("hf2"), "--json"]);
    expect(readFileSync(readme, "utf8")).toBe("my words");
    expect(readFileSync(weights, "utf8")).not.toBe("old");
    expect(JSON.parse(again.out)).toMatchObject({ files: files.slice(0, 3), kept: [readme] });
    expect(again.err).toContain("README.md is kept as it was");
    expect(files).toEqual(
      ["model.safetensors", "config.json", "onnx/model.onnx", "README.md"].map((name) => join(at("hf2"), name)),
    );
  });

  test.each([
    [["export"], 2, "export needs <model>: a run's folder, or a saved model's"],
    [["export", "MODEL", "--format", "pickle"], 2, '--format "pickle" is not known'],
    [["export", "nowhere"], 1, "nowhere: there is no such folder"],
  ])("says what is wrong: %j", async (words, code, message) => {
    const result = await downhill(words.map((word) => (word === "MODEL" ? at("m") : word)));
    expect([result.code, result.err]).toEqual([code, expect.stringContaining(message)]);
    expect(existsSync("model.onnx")).toBe(false);
  });

  test("a net that a format cannot hold is refused, with another format", async () => {
    const model = mlp([2, 1000, 1000, 2]);
    writeModel({ model, w: new Float32Array(1_006_002) }, at("large"));
    const { code, err } = await downhill(["export", at("large"), "--format", "js", "--out", at("large.mjs")]);
    expect([code, err]).toEqual([2, expect.stringMatching(/the net has 1,006,002 weights, .* export it as ONNX/)]);
    expect(existsSync(at("large.mjs"))).toBe(false);
  });

  test("--help names the formats and where each is written", async () => {
    const { out } = await downhill(["export", "--help"]);
    for (const word of [
      "onnx:",
      "safetensors:",
      "pytorch:",
      "js:",
      "huggingface:",
      "model.onnx",
      "model-pytorch",
      "model.mjs",
    ])
      expect(out).toContain(word);
  });
});
