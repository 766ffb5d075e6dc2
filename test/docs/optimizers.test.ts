import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { root } from "./project.ts";

it("the pages of the optimizers say what their specifications say; if not, run npm run docs", async () => {
  const check = [join(root, "scripts/docs/optimizers.mjs"), "--check"];
  const { stdout } = await promisify(execFile)(process.execPath, check, { cwd: root }).catch((error) => error);
  expect(stdout).toBe("");
});
