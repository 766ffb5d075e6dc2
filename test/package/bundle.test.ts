import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "vite";
import { describe, expect, it } from "vitest";
import { entries, packedProject } from "./packed.ts";

const project = packedProject();

interface Bundle {
  readonly code: string;
  readonly modules: readonly string[];
}

/** A program as Vite puts it together for a page, minified. */
async function bundled(program: string): Promise<Bundle> {
  const input = join(project.folder, "page.js");
  await writeFile(input, program);
  const built = await build({
    root: project.folder,
    configFile: false,
    logLevel: "silent",
    build: { write: false, rolldownOptions: { input } },
  });
  if (!("output" in built)) throw new Error("Vite gave no output");
  const chunks = built.output.filter((part) => part.type === "chunk");
  return { code: chunks.map(({ code }) => code).join("\n"), modules: chunks.flatMap(({ moduleIds }) => moduleIds) };
}

describe("in a page", () => {
  it.each(entries.filter((entry) => !entry.endsWith("/node")))("%s has none of Node's modules in it", async (entry) => {
    const { modules } = await bundled(`import * as entry from "${entry}"; globalThis.entry = entry;`);
    expect(modules.some((name) => name.includes("downhill/dist/src/"))).toBe(true);
    // What is not there for a page, Vite replaces with modules of this name.
    expect(modules.filter((name) => /vite-browser-external|node:|onnxruntime-node/.test(name))).toEqual([]);
  });

  it("one optimizer takes less than 44 kB, compressed", async () => {
    const { code } = await bundled(`import { adam } from "downhill/optimizers"; globalThis.adam = adam;`);
    expect(code.includes("beta1*m + (1 - beta1)*g")).toBe(true);
    expect(gzipSync(code).length).toBeLessThan(44_000);
  });

  it("a net brings no solvers and no surfaces with it", async () => {
    const { modules, code } = await bundled(`import { mlp } from "downhill"; globalThis.mlp = mlp;`);
    expect(modules.filter((name) => /dist\/src\/(solvers|surfaces)\//.test(name))).toEqual([]);
    expect(gzipSync(code).length).toBeLessThan(28_000);
  });
});
