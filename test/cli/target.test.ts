import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { downhill, temporaryFolder } from "./command.ts";

const short = ["train", "--data", "moons", "--model", "mlp:8", "--epochs", "2", "--no-out"];

describe("a bare number as a target", () => {
  test.each([
    ["0.95", "95%"],
    ["0.5", "50%"],
    ["1", "100%"],
    ["95", "95%"],
    ["99.5", "99.5%"],
    ["0.555", "55.5%"],
  ])("%s is a loss, and looks like an accuracy", async (typed, meant) => {
    const { code, out, err } = await downhill([...short, "--target", typed]);
    expect(code).toBe(0);
    expect(err).toContain(`--target ${typed} is a validation loss; for an accuracy write ${meant}`);
    expect(out).toContain(`target: validation loss ${typed} or less, `);
  });

  test.each(["0.2", "loss=0.95", "95%", "accuracy=0.95", "101"])("%s needs no such note", async (typed) => {
    const { err } = await downhill([...short, "--target", typed]);
    expect(err).not.toContain("for an accuracy write");
  });
});

test("a loss that the first batch has already is told once, and beside the result", async () => {
  const { out, err } = await downhill([...short, "--target", "loss=3"]);
  expect(err).toMatch(
    /^the target, validation loss 3 or less, is met at the start: the first batch has a loss of 0\.\d+ before any step\n$/,
  );
  expect(out).toMatch(
    /^target: validation loss 3 or less, reached after 11 steps, .* \(the first batch had a loss of 0\.\d+ before any step\)$/m,
  );
  expect((await downhill([...short, "--target", "loss=0.01"])).err).toBe("");
});

test("--json tells the goal beside where it was reached; a comparison notes a bare number, too", async () => {
  const { out } = await downhill([...short, "--target", "1%", "--json"]);
  expect(JSON.parse(out)).toMatchObject({ goal: { measure: "accuracy", value: 0.01 }, target: { step: 11 } });
  expect(JSON.parse((await downhill([...short, "--json"])).out)).toMatchObject({ goal: null, target: null });
  const typed = ["compare", "--data", "blobs", "--model", "softmax", "--epochs", "1", "--seeds", "1", "--lr", "0.1"];
  const compared = await downhill([...typed, "--optimizer", "adam", "--target", "95", "--no-out"]);
  expect(compared.err).toContain("--target 95 is a validation loss; for an accuracy write 95%");
  expect(compared.out).toContain("or less, before any step");
});

test("a regression has no accuracy to reach", async () => {
  const file = join(await temporaryFolder(), "line.csv");
  await writeFile(file, `a,b\n${Array.from({ length: 40 }, (_, i) => `${i / 8},${2.5 * i + (i % 3)}`).join("\n")}\n`);
  const { code, err } = await downhill(["train", "--data", `csv:${file}`, "--target", "95%", "--no-out"]);
  expect([code, err]).toEqual([
    2,
    "downhill: --target 95%: numbers are predicted, so there is no accuracy; give a loss, such as 0.2\n",
  ]);
  expect(
    (await downhill(["train", "--data", `csv:${file}`, "--target", "0.9", "--epochs", "1", "--no-out"])).err,
  ).not.toContain("accuracy");
});
