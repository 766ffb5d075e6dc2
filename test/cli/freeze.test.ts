import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { initialize, mlp, parameterCount } from "../../src/nn/index.ts";
import { load } from "../../src/nn/node/index.ts";
import { downhill, temporaryFolder } from "./command.ts";

const short = ["train", "--data", "moons", "--model", "mlp:8", "--epochs", "2", "--quiet"];

test("a frozen layer keeps its weights, and is told in the terminal, the result, the folder and the report", async () => {
  const out = join(await temporaryFolder(), "runs");
  const argv = [...short, "--freeze", "layer1", "--l2", "0.1"];
  const { frozen, trained, parameters } = JSON.parse((await downhill([...argv, "--json", "--out", out])).out);
  expect({ frozen, trained, parameters }).toEqual({ frozen: ["layer1"], trained: 18, parameters: 42 });
  const [folder] = await readdir(out);
  const net = await load(join(out, folder, "model"));
  const before = new Float32Array(parameterCount(mlp([2, 8, 2])));
  initialize(mlp([2, 8, 2]), before, 1);
  expect([...net.w.slice(0, 24)]).toEqual([...before.slice(0, 24)]);
  expect([...net.w.slice(24)]).not.toEqual([...before.slice(24)]);
  const { plan } = JSON.parse(await readFile(join(out, folder, "config.json"), "utf8"));
  expect(plan.run.freeze).toEqual(["layer1"]);
  expect(plan.model.layers).toHaveLength(2);
  expect(await readFile(join(out, folder, "report.html"), "utf8")).toContain("layer1; 18 parameters trained");
  expect((await downhill([...argv, "--no-out"])).out).toContain("mlp:2-8-2, 42 parameters, 18 trained; frozen: layer1");
});

test.each([
  [["--freeze", "layr1"], 'freeze: layer or parameter "layr1" is not known; did you mean layer1?'],
  [["--freeze", "layer1,layer2"], "there would be nothing to train"],
  [["--freeze", "layer1,"], '--freeze is "layer1,"; it must be layers or parameters separated by commas'],
  [["--frozen", "layer1"], "did you mean --freeze?"],
])("%j is refused", async (argv, message) => {
  const { code, err } = await downhill([...short, ...argv, "--no-out"]);
  expect(err).toContain(message);
  expect(code).toBe(2);
});

test("a learning rate range test freezes, too", async () => {
  const argv = ["train", "--data", "moons", "--model", "mlp:8", "--lr-range", "--steps", "20", "--json", "--quiet"];
  const [all, part] = [await downhill(argv), await downhill([...argv, "--freeze", "layer1"])];
  expect(part.code).toBe(0);
  expect(JSON.parse(part.out).points).not.toEqual(JSON.parse(all.out).points);
  expect(JSON.parse(part.out).freeze).toEqual(["layer1"]);
});
