import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { downhill } from "../cli/command.ts";
import { root } from "./project.ts";

it("the pages of the optimizers say what their specifications say; if not, run npm run docs", async () => {
  const check = [join(root, "scripts/docs/optimizers.mjs"), "--check"];
  const { stdout } = await promisify(execFile)(process.execPath, check, { cwd: root }).catch((error) => error);
  expect(stdout).toBe("");
});

const folder = join(root, "docs/optimizers");
const pages = readdirSync(folder)
  .filter((name) => name.endsWith(".md"))
  .map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }))
  .filter(({ text }) => text.includes("on Beale's function"));

it.each(pages)("the command of $name walks as its figure does", async ({ text }) => {
  const [, command] = /^downhill (minimize beale .*)$/m.exec(text) ?? [];
  const { code, out } = await downhill([...command.split(" "), "--json"]);
  expect(code).toBe(0);
  const { values }: { values: number[] } = JSON.parse(out);
  const end = Number(values[values.length - 1].toPrecision(2));
  expect(text).toMatch(`: after ${values.length - 1} steps the value is ${end}*\n`);
});
