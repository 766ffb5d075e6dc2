import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compile, project, root, run } from "./project.ts";
import { showsOutput } from "./shown.ts";

/** The programs in examples/. What one writes stands at its end, behind `// Prints`. */
const examples = readdirSync(join(root, "examples"))
  .filter((name) => name.endsWith(".ts"))
  .map((name) => {
    const text = readFileSync(join(root, "examples", name), "utf8");
    const prints = /^\/\/ Prints$([\s\S]*)/m.exec(text)?.[1] ?? "";
    return { name, text, shown: prints.replace(/^\/\/ ?/gm, "").trim() };
  });

let folder = "";
beforeAll(async () => {
  folder = await project();
  await mkdir(join(folder, "examples"));
  for (const { name, text } of examples) await writeFile(join(folder, "examples", name), text);
  expect(
    compile(
      folder,
      examples.map(({ name }) => join(folder, "examples", name)),
    ),
  ).toEqual([]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the examples", { concurrent: true, timeout: 600_000 }, () => {
  it("are twelve or more, each with one idea that it begins with", ({ expect }) => {
    expect(examples.length).toBeGreaterThanOrEqual(12);
    expect(examples.filter(({ text }) => !text.startsWith("// ")).map(({ name }) => name)).toEqual([]);
    expect(examples.filter(({ text }) => text.split("\n").length > 50).map(({ name }) => name)).toEqual([]);
  });

  it.each(examples)("$name prints what stands at its end", async ({ name, shown }) => {
    const written = await run(join(folder, "examples"), `node ${name.replace(/\.ts$/, ".js")}`);
    if (process.env.DOCS === "write" && !showsOutput(shown, written)) write(name, written);
    if (!showsOutput(shown, written)) expect(written).toBe(shown);
    expect(shown).not.toBe("");
  });
});

/** With DOCS=write an example gets what it wrote in place of what stood there. */
function write(name: string, written: string): void {
  const file = join(root, "examples", name);
  const program = readFileSync(file, "utf8").replace(/^\/\/ Prints$[\s\S]*/m, "");
  const lines = written.trimEnd().split("\n");
  writeFileSync(file, [`${program}// Prints`, ...lines.map((line) => `// ${line}`), ""].join("\n"));
}
