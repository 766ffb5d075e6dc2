import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { entries, loadedBy, packedProject, root, run } from "./packed.ts";

const project = packedProject();

const program = `
import { loadDataset, loadRegression, minimize, mlp, surfaces, train } from "downhill";
import { grad, input, parseExpression, print, program } from "downhill/expr";
import { adam } from "downhill/optimizers";
import * as torch from "downhill/compat/torch";
import * as keras from "downhill/compat/keras";
import * as optax from "downhill/compat/optax";
import { toSvg } from "downhill/figure";
import { mlp as net } from "downhill/nn";
import { moons } from "downhill/data";
import { findRegression, surfaces as listed } from "downhill/surfaces";
import { minimize as walk, train as trained } from "downhill/train";
import { compare, median } from "downhill/compare";

const opt = adam({ lr: 1e-3 });
const w = Float64Array.of(1, 2);
const state = opt.init(w);
opt.step(w, Float64Array.of(1, -1), state);
const path = minimize(surfaces.beale, { optimizer: adam({ lr: 0.1 }), start: [1, 1.6], steps: 200 });
const x = input("x");
const slope = print(program(grad(parseExpression("x^3", { x }), [x])).outputs[0]);
const data = await loadDataset("digits", { limit: 64 });
let accuracy: number | undefined;
for await (const event of train({ model: mlp([64, 10]), data, optimizer: torch.Adam({ lr: 1e-2, betas: [0.9, 0.999] }), epochs: 1 }))
  if (event.kind === "end") accuracy = event.test.accuracy;
console.log(JSON.stringify({ regression: loadRegression("thurber").name, t: state.t, points: path.points.length, slope, accuracy, others: [keras.Adam, optax.adam, toSvg, net, moons, findRegression, listed.beale, walk, trained, compare, median].map((x) => typeof x) }));
`;
const javascript = program.replace(": number | undefined", "");

describe("the packed package", () => {
  it("works in JavaScript", async () => {
    await writeFile(join(project.folder, "program.mjs"), javascript);
    const { stdout } = await run(process.execPath, ["program.mjs"], { cwd: project.folder });
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({
      regression: "Thurber",
      t: 1,
      points: 402,
      slope: "3*x^2",
      others: [...Array(6).fill("function"), "object", ...Array(4).fill("function")],
    });
    expect(result.accuracy).toBeGreaterThan(0);
  });

  it.each(entries)("can be imported by %s", async (entry) => {
    const names = `console.log(Object.keys(await import("${entry}")).length)`;
    const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", names], { cwd: project.folder });
    expect(Number(stdout)).toBeGreaterThan(0);
  });

  it("loads reports, figures, comparisons and rules when they are wanted, not when it is imported", async () => {
    const files = await loadedBy(["--input-type=module", "--eval", 'import "downhill"'], project.folder);
    expect(files).toContain("dist/src/node/index.js");
    expect(
      files.filter((file) => /(src\/(report|runs|figure|compare|optimizers\/rules)|lecture)\//.test(file)),
    ).toEqual([]);
  });

  it.each(["nodenext", "bundler"])(
    "has types that a strict project can use, module resolution %s",
    async (resolution) => {
      await writeFile(join(project.folder, "program.ts"), program);
      const module = resolution === "nodenext" ? "nodenext" : "esnext";
      const flags = [
        "--strict",
        "--noEmit",
        "--target",
        "es2023",
        "--module",
        module,
        "--moduleResolution",
        resolution,
        "--types",
        "node",
      ];
      await run(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), ...flags, "program.ts"], {
        cwd: project.folder,
      });
    },
  );

  it("brings the command", async () => {
    const { stdout } = await run(process.execPath, ["node_modules/downhill/dist/cli/main.js", "--help"], {
      cwd: project.folder,
    });
    expect(stdout).toContain("downhill");
  });

  it("loads no nets, tensors, rules or figures to show the command's help", async () => {
    const files = await loadedBy(["node_modules/downhill/dist/cli/main.js", "--help"], project.folder);
    expect(files).toContain("dist/cli/program.js");
    const rooms = /src\/(nn|files\/safetensors|optimizers|solvers|train|figure)\//;
    // The numbers that help tells, and nothing more.
    expect(files.filter((file) => rooms.test(file))).toEqual(["dist/src/train/defaults/index.js"]);
  });

  it("holds no tests, benchmarks or sources", async () => {
    const files = await readdir(join(project.folder, "node_modules/downhill"), { recursive: true });
    expect(files.filter((file) => /^(test|bench|src|scripts)\b/.test(file))).toEqual([]);
    expect(files).toContain("assets/digits/digits.csv.gz");
  });

  it("holds the viewer of landscapes as one file, which a page can hold whole", async () => {
    const viewer = await readFile(join(project.folder, "node_modules/downhill/dist/landscape-viewer.js"), "utf8");
    expect(viewer).toContain("figure.live");
    expect(viewer).not.toMatch(/<\/script|^(?:import|export)\b/m);
    expect(gzipSync(viewer).length).toBeLessThan(200_000);
  });
});
