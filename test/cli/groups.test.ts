import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { moons } from "../../src/data/index.ts";
import { mlp } from "../../src/nn/index.ts";
import { adamw, type ParameterGroup } from "../../src/optimizers/index.ts";
import { createTraining } from "../../src/train/node/index.ts";
import { downhill, temporaryFolder } from "./command.ts";

const short = ["train", "--data", "moons", "--model", "mlp:8", "--epochs", "2", "--quiet"];
const grouped = ["--optimizer", "adamw", "--lr-factor", "layer1=0.1,layer2=2", "--decay-factor", "biases=0"];

const groups: ParameterGroup[] = [
  { parameters: "layer1", factors: { lr: 0.1 } },
  { parameters: "layer2", factors: { lr: 2 } },
  { parameters: "biases", factors: { weight_decay: 0 } },
];

test("factors train as the library's groups do, and stand in the result and in the run's folder", async () => {
  const out = join(await temporaryFolder(), "runs");
  const result = JSON.parse((await downhill([...short, ...grouped, "--json", "--out", out])).out);
  expect(result.groups).toEqual(groups);
  const training = await createTraining({
    model: mlp([2, 8, 2]),
    data: moons(),
    optimizer: adamw().grouped(groups),
    epochs: 2,
  });
  const losses: number[] = [];
  for await (const event of training) if (event.kind === "epoch") losses.push(event.train.loss);
  expect(result.epochs.map(({ train }: { train: { loss: number } }) => train.loss)).toEqual(losses);
  const [folder] = await readdir(out);
  const config = JSON.parse(await readFile(join(out, folder, "config.json"), "utf8"));
  expect(config.plan.run.optimizer.groups).toEqual(groups);
  expect(await readFile(join(out, folder, "report.html"), "utf8")).toContain("layer1: lr × 0.1");
  const again = await downhill(["train", "--config", join(out, folder, "config.json"), "--json", "--no-out"]);
  expect(JSON.parse(again.out).test).toEqual(result.test);
});

test("what is multiplied is told first", async () => {
  const { out } = await downhill([...short, ...grouped, "--no-out"]);
  expect(out).toContain("layer1: lr × 0.1, layer2: lr × 2, biases: weight_decay × 0");
});

test("a comparison multiplies the rates that it tries", async () => {
  const argv = ["compare", "--data", "moons", "--model", "mlp:8", "--epochs", "1", "--seeds", "1", "--trials", "2"];
  const own = ["--optimizer", "adam,adamw", "--lr-factor", "layer1=0", "--decay-factor", "biases=0"];
  const { out, code } = await downhill([...argv, ...own, "--no-out", "--json", "--quiet"]);
  expect(code).toBe(0);
  const { settings } = JSON.parse(out);
  expect(settings.optimizers.map((each: { groups: unknown }) => each.groups)).toEqual([
    [{ parameters: "layer1", factors: { lr: 0 } }],
    [
      { parameters: "layer1", factors: { lr: 0 } },
      { parameters: "biases", factors: { weight_decay: 0 } },
    ],
  ]);
});

test.each([
  [["train", "--lr-factor", "layr1=1"], 'parameter "layr1" is not known; did you mean layer1?'],
  [["compare", "--lr-factor", "layr1=1"], 'parameter "layr1" is not known; did you mean layer1?'],
  [["train", "--decay-factor", "biases=0"], "adam has no weight decay; give --weight-decay, or take adamw"],
  [["train", "--lr-factor", "layer1"], "it must be layers or parameters with factors of 0 or more"],
  [["train", "--lr-factor", "layer1=-1"], "it must be layers or parameters with factors of 0 or more"],
  [["train", "--optimizer", "lbfgs", "--lr-factor", "layer1=1"], "lbfgs chooses its own step length"],
  [["train", "--lr-mult", "layer1=1"], "did you mean --lr-factor?"],
])("%j is refused", async (argv, message) => {
  const { code, err } = await downhill([...argv, "--data", "moons", "--no-out"]);
  expect(err).toContain(message);
  expect(code).toBe(2);
});
