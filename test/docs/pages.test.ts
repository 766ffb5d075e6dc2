import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Block, commandsOf, onlyTyped, type Page, programOf, readPage, SEPARATOR, type Step } from "./page.ts";
import { compile, project, root, run } from "./project.ts";
import { showsOutput } from "./shown.ts";

/** The pages that readers follow. The optimizers' pages are generated: see optimizers.test.ts. */
const names = [
  "README.md",
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md") && !/^(optimizers|decisions)\//.test(name))
    .map((name) => `docs/${name}`)
    .sort(),
];
const pages = names.map((name) => readPage(name, readFileSync(join(root, name), "utf8")));

let folder = "";
let errors: readonly string[] = [];
const folderOf = (page: Page): string => join(folder, page.name.replaceAll("/", "-"));
const programFile = (page: Page, step: Step): string => join(folderOf(page), `line-${step.blocks[0].line + 1}.ts`);

beforeAll(async () => {
  folder = await project();
  const programs: string[] = [];
  for (const page of pages) {
    await mkdir(folderOf(page), { recursive: true });
    for (const step of page.steps.filter(({ kind }) => kind === "ts")) {
      programs.push(programFile(page, step));
      await writeFile(programFile(page, step), programOf(page, step));
    }
  }
  errors = compile(folder, programs);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it("the TypeScript of all pages has the right types", () => {
  expect(errors).toEqual([]);
});

describe.each(pages.filter(({ steps }) => steps.length > 0))(
  "$name",
  { concurrent: true, timeout: 600_000 },
  (page) => {
    it("does what it shows", async ({ expect }) => {
      for (const { file, code } of page.files) {
        const path = join(folderOf(page), file ?? "");
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, `${code.join("\n")}\n`);
      }
      const wrong: string[] = [];
      const written = new Map<Block, string>();
      for (const step of page.steps) {
        const outputs = await outputsOf(page, step);
        step.outputs.forEach((shown, k) => {
          if (shown === undefined || showsOutput(shown.code.join("\n"), outputs[k])) return;
          wrong.push(`line ${shown.line + 1} shows\n${shown.code.join("\n")}\nbut was written\n${outputs[k]}`);
          written.set(shown, outputs[k]);
        });
      }
      if (process.env.DOCS === "write") rewrite(page, written);
      expect(wrong.join("\n\n")).toBe("");
    });
  },
);

/** The output of a step, block by block. */
async function outputsOf(page: Page, step: Step): Promise<string[]> {
  if (step.kind === "sh") return [await runCommands(page, step.blocks[0])];
  if (onlyTyped(step)) return step.blocks.map(() => "");
  const program = programFile(page, step).replace(/\.ts$/, ".js");
  return (await run(folderOf(page), `node ${program}`)).split(`${SEPARATOR}\n`);
}

/** Runs the lines that can run here. For the others, checks that the command accepts their settings. */
async function runCommands(page: Page, block: Block): Promise<string> {
  const lines = commandsOf(block);
  const settings = lines.checked
    .filter((line) => /^downhill (train|compare|minimize)\b/.test(line))
    .map((line) => `${line.replace(/ # .*$/, "")} --print-config >/dev/null`);
  if (settings.length > 0) await run(folderOf(page), settings.join("\n"));
  return lines.run.length === 0 ? "" : run(folderOf(page), lines.run.join("\n"));
}

/** With DOCS=write, the actual output replaces the output that the page showed. */
function rewrite({ name, lines }: Page, written: ReadonlyMap<Block, string>): void {
  const all = [...lines];
  for (const [{ line, code }, output] of [...written].reverse())
    all.splice(line + 1, code.length, ...output.replace(/^\n+|\s+$/g, "").split("\n"));
  writeFileSync(join(root, name), all.join("\n"));
}
