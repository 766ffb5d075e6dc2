import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { losses } from "../../src/nn/index.ts";
import { downhill, temporaryFolder } from "./command.ts";

const moons = "--data moons --model mlp:4 --epochs 2 --seed 3 --quiet --json".split(" ");

async function result(...argv: string[]) {
  const { code, out, err } = await downhill(argv);
  expect([code, err]).toEqual([0, ""]);
  return JSON.parse(out);
}

test.each(Object.entries(losses))(
  "train --loss %s trains on it, and says so wherever the run is kept",
  async (name, loss) => {
    const run = await result("train", ...moons, "--loss", name, "--out", await temporaryFolder());
    expect(run.loss).toBe(loss.name);
    const kept = async (file: string) => JSON.parse(await readFile(join(run.run, file), "utf8"));
    expect((await kept("model/model.json")).loss).toBe(name);
    expect((await kept("config.json")).settings.loss).toBe(name);
    expect((await kept("summary.json")).result.loss).toBe(loss.name);
    expect(await readFile(join(run.run, "report.html"), "utf8")).toContain(loss.name);
  },
);

test("without --loss the data set's task decides", async () => {
  expect((await result("train", ...moons, "--no-out")).loss).toBe("softmax cross-entropy");
  const same = await result("train", ...moons, "--no-out", "--loss", "softmax-cross-entropy");
  expect(same.test).toEqual((await result("train", ...moons, "--no-out")).test);
});

test("with one output, binary cross-entropy is softmax cross-entropy of two: log 2 before the first step", async () => {
  const [binary, softmax] = await Promise.all(
    ["binary-cross-entropy", "softmax-cross-entropy"].map((loss) =>
      result(
        "train",
        ...moons,
        "--no-out",
        "--loss",
        loss,
        "--model",
        "linear",
        "--epochs",
        "300",
        "--optimizer",
        "lbfgs",
      ),
    ),
  );
  expect(binary.parameters).toBe(3);
  expect(softmax.parameters).toBe(6);
  // Both are the maximum of one likelihood.
  expect(binary.epochs.at(-1).train.loss).toBeCloseTo(softmax.epochs.at(-1).train.loss, 6);
});

test("compare --loss compares on it, and model --loss shows it", async () => {
  const few = ["--optimizer", "adam", "--trials", "0", "--seeds", "1", "--threads", "0", "--no-out"];
  const compared = await result(
    "compare",
    ...moons.filter((word) => !["--seed", "3"].includes(word)),
    ...few,
    "--loss",
    "mean-squared-error",
  );
  expect([compared.loss, compared.runs[0].loss]).toEqual(["mean squared error", "mean squared error"]);
  expect(await result("model", "mlp:4", "--data", "moons", "--loss", "binary-cross-entropy", "--json")).toMatchObject({
    name: "mlp:2-4-1",
    loss: "binary cross-entropy",
  });
});

test.each([
  ["train --loss mse", '--loss "mse" is not known; did you mean mean-squared-error?'],
  ["train --loss BCEWithLogitsLoss", "did you mean binary-cross-entropy?"],
  ["train --loss softmax-cross-entrpy", "did you mean softmax-cross-entropy?"],
  ["train --loss mean-squared-error", "it is for numbers, and this data set has 10 classes; use softmax-cross-entropy"],
  ["compare --loss binary-cross-entropy", "it is for two classes, and this data set has 10; use softmax-cross-entropy"],
  ["model mlp:4 --loss mean-squared-error", "--loss mean-squared-error: it is for numbers"],
  ["train --criterion mse", "there is no flag --criterion; did you mean --loss?"],
])("downhill %s is refused", async (typed, says) => {
  const { code, err } = await downhill(typed.split(" "));
  expect(code).toBe(2);
  expect(err).toContain(says);
});
