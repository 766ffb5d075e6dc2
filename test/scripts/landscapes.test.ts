import { execFile } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { modelFor } from "../../src/nn/index.ts";
import { loadDataset, save } from "../../src/node/index.ts";
import { parseSlice } from "../../src/report/index.ts";
import { temporaryFolder } from "../cli/command.ts";
import { parametersOf } from "../landscape/nets.ts";

const script = fileURLToPath(new URL("../../scripts/landscapes.mjs", import.meta.url));

it("the script of the stored landscapes measures a net, with a map of curvature, and draws what is stored", async () => {
  const cwd = await temporaryFolder();
  mkdirSync(join(cwd, "docs"));
  const model = modelFor("mlp:4", await loadDataset("digits"));
  await save({ model, w: Float32Array.from(parametersOf(model, 1)) }, join(cwd, "run", "model"));
  const words = ["--data", "digits", "--training", "none", "--grid", "3", "--images", "40", "--curvature", "2", "run"];
  await promisify(execFile)("node", [script, ...words], { cwd });
  const name = model.name.replace(/[^\w-]+/g, "-");
  const file = join(cwd, "assets/landscapes", `${name}.json`);
  const content = readFileSync(file, "utf8");
  const { x, centre, examples, curvature, measures } = parseSlice(content, file);
  expect([x, examples.count, curvature?.x, measures?.slice.radius]).toEqual([[-1, 0, 1], 40, [-1, 1], 0.5]);
  expect(centre.loss).toBeGreaterThan(0);
  expect(JSON.parse(content).net).toMatchObject({
    model: model.name,
    training: "none",
    train: { accuracy: expect.any(Number) },
  });
  expect(readFileSync(join(cwd, "docs/landscapes.png")).subarray(1, 4).toString()).toBe("PNG");
});
