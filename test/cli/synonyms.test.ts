import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { commands } from "../../cli/commands/index.ts";
import { downhill, temporaryFolder } from "./command.ts";

describe("a flag of another library, or a misspelt one, leads to ours", () => {
  test.each([
    ["train --learning-rate 0.1", "--lr"],
    ["train --learning_rate=0.1", "--lr"],
    ["train --learningRate 0.1", "--lr"],
    ["train --lerning-rate 0.1", "--lr"],
    ["train -lr 0.1", "--lr"],
    ["train --eta 0.1", "--lr"],
    ["train --batch 32", "--batch-size"],
    ["train --batchSize 32", "--batch-size"],
    ["train --epoch 3", "--epochs"],
    ["train --n-epochs 3", "--epochs"],
    ["train --max_iter 3", "--steps"],
    ["train --early-stopping 3", "--patience"],
    ["train --n_iter_no_change 3", "--patience"],
    ["train --optimiser adam", "--optimizer"],
    ["train --optim adam", "--optimizer"],
    ["train --wd 0.1", "--weight-decay"],
    ["train --max-grad-norm 1", "--clip-norm"],
    ["train --lr-scheduler cosine", "--schedule"],
    ["train --momentum 0.9", "--optimizer momentum"],
    ["train --beta1 0.9", "--set beta1=0.9"],
    ["train --hidden-layer-sizes 64", "--model"],
    ["train --random-state 1", "--seed"],
    ["train --output x", "--out"],
    ["train --sep ;", "--delimiter"],
    ["train --accelerator gpu", "--device"],
    ["minimize beale --max-iter 3", "--steps"],
    ["minimize beale --epochs 3", "--steps"],
    ["minimize beale --x0 1,1", "--start"],
    ["minimize beale --plot a.svg", "--figure"],
    ["compare --n-trials 3", "--trials"],
    ["compare --jobs 3", "--threads"],
  ])("%s: %s", async (typed, meant) => {
    const { code, out, err } = await downhill(typed.split(" "));
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(/^downhill: there is no flag [^\n]+\n$/);
    expect(err).toContain(`; did you mean ${meant}?`);
  });

  test("only a flag that the command has is suggested", async () => {
    for (const { name, flags } of commands)
      for (const given of ["learning-rate", "batch", "early-stopping", "seed-list", "n-jobs", "plot", "verbose"]) {
        const { err } = await downhill([name, `--${given}`]);
        const [, meant] = /did you mean --([\w-]+)/.exec(err) ?? [];
        if (meant !== undefined) expect([...flags.map((flag) => flag.name), "help"]).toContain(meant);
      }
  });

  test("in a configuration, too", async () => {
    const file = join(await temporaryFolder(), "config.json");
    await writeFile(file, '{"learning_rate": 0.1}');
    const { code, err } = await downhill(["train", "--config", file]);
    expect([code, err]).toEqual([
      2,
      expect.stringContaining(`train's setting "learning_rate" is not known; did you mean lr?`),
    ]);
  });
});

test.each([
  ["learn", "train"],
  ["curve-fit", "fit"],
  ["benchmark", "compare"],
  ["optimize", "minimize"],
  ["minimise", "minimize"],
  ["solvers", "optimizers"],
  ["datasets", "data"],
  ["experiments", "lecture"],
  ["usage", "--help"],
])("the command %s leads to %s", async (typed, meant) => {
  expect(await downhill([typed])).toEqual({
    code: 2,
    out: "",
    err: `downhill: there is no command "${typed}"; did you mean ${meant}?\n`,
  });
});

test.each([
  ["--optimizer sgdm", "momentum"],
  ["--optimizer l-bfgs-b", "lbfgs"],
  ["--schedule CosineAnnealingLR", "cosine"],
  ["--schedule ReduceLROnPlateau:patience=3", "plateau"],
  ["--dtype float32", "f32"],
  ["--backend cpu", "onnx"],
  ["--device gpu", "webgpu"],
  ["--device native", "cpu"],
  ["--batch-size all", "full"],
])("the value in %s leads to %s", async (typed, meant) => {
  const { code, out, err } = await downhill(["train", ...typed.split(" ")]);
  expect([code, out]).toEqual([2, ""]);
  expect(err).toMatch(/^downhill: [^\n]+\n$/);
  expect(err).toContain(meant);
});

test("an unknown optimizer is not answered with all names", async () => {
  const { err } = await downhill(["train", "--optimizer", "frobnicate"]);
  expect(err).toMatch(/^downhill: optimizer "frobnicate" is not known; downhill optimizers lists all \d+\n$/);
});

test("downhill alone prints its help and succeeds", async () => {
  const alone = await downhill([]);
  expect(alone).toEqual(await downhill(["--help"]));
  expect(alone.code).toBe(0);
});
