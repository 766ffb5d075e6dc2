import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const run = promisify(execFile);
let project = "";

/** An empty project with the packed package in it, and what it depends on linked from here: no network is needed. */
beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), "downhill-package-"));
  const modules = join(project, "node_modules");
  await mkdir(join(modules, "downhill"), { recursive: true });
  for (const name of await readdir(join(root, "node_modules")))
    if (!name.startsWith(".")) await symlink(join(root, "node_modules", name), join(modules, name));
  const { stdout } = await run("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", project], {
    cwd: root,
  });
  await run("tar", ["-xzf", join(project, stdout.trim()), "-C", join(modules, "downhill"), "--strip-components=1"]);
  await writeFile(join(project, "package.json"), JSON.stringify({ type: "module" }));
});

afterAll(() => rm(project, { recursive: true, force: true }));

const program = `
import { loadDataset, loadRegression, minimize, mlp, surfaces, train } from "downhill";
import { grad, input, parseExpression, print, program } from "downhill/expr";
import { adam } from "downhill/optimizers";
import * as torch from "downhill/compat/torch";
import * as keras from "downhill/compat/keras";
import * as optax from "downhill/compat/optax";
import { toSvg } from "downhill/figure";

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
console.log(JSON.stringify({ regression: loadRegression("thurber").name, t: state.t, points: path.points.length, slope, accuracy, others: [typeof keras.Adam, typeof optax.adam, typeof toSvg] }));
`;
const javascript = program.replace(": number | undefined", "");

describe("the packed package", () => {
  it("works in JavaScript", async () => {
    await writeFile(join(project, "program.mjs"), javascript);
    const { stdout } = await run(process.execPath, ["program.mjs"], { cwd: project });
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({
      regression: "Thurber",
      t: 1,
      points: 402,
      slope: "3*x^2",
      others: ["function", "function", "function"],
    });
    expect(result.accuracy).toBeGreaterThan(0);
  });

  it.each(["nodenext", "bundler"])(
    "has types that a strict project can use, module resolution %s",
    async (resolution) => {
      await writeFile(join(project, "program.ts"), program);
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
        cwd: project,
      });
    },
  );

  it("brings the command", async () => {
    const { stdout } = await run(process.execPath, ["node_modules/downhill/dist/cli/main.js", "--help"], {
      cwd: project,
    });
    expect(stdout).toContain("downhill");
  });

  it("holds no tests, benchmarks or sources", async () => {
    const files = await readdir(join(project, "node_modules/downhill"), { recursive: true });
    expect(files.filter((file) => /^(test|bench|src|scripts)\b/.test(file))).toEqual([]);
    expect(files).toContain("assets/digits/digits.csv.gz");
  });
});
