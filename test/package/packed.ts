import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll } from "vitest";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
export const run = promisify(execFile);

/** What the package can be imported by: `downhill`, `downhill/optimizers`, … */
export const entries: readonly string[] = Object.keys(
  JSON.parse(await readFile(join(root, "package.json"), "utf8")).exports,
)
  .filter((entry) => !entry.endsWith(".json"))
  .map((entry) => entry.replace(".", "downhill"));

/** A project whose dependency is the packed package, for the tests of a file: its folder. */
export function packedProject(): { readonly folder: string } {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "downhill-package-"));
    await install(folder);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return {
    get folder() {
      return folder;
    },
  };
}

/** Unpacks the package; what it depends on is linked from here, so that no network is needed. */
async function install(project: string): Promise<void> {
  const modules = join(project, "node_modules");
  await mkdir(join(modules, "downhill"), { recursive: true });
  for (const name of await readdir(join(root, "node_modules")))
    if (!name.startsWith(".")) await symlink(join(root, "node_modules", name), join(modules, name));
  const packing = ["pack", "--silent", "--ignore-scripts", "--pack-destination", project];
  const { stdout } = await run("npm", packing, { cwd: root });
  await run("tar", ["-xzf", join(project, stdout.trim()), "-C", join(modules, "downhill"), "--strip-components=1"]);
  await writeFile(join(project, "package.json"), JSON.stringify({ type: "module" }));
}

/** The files of the package that a program in Node loads: what stands behind `node` in the command line. */
export async function loadedBy(program: readonly string[], cwd: string): Promise<string[]> {
  const told = `import { writeSync } from "node:fs";
    export function load(url, context, next) { writeSync(1, url + "\\n"); return next(url, context); }`;
  const hook = `import { register } from "node:module"; register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(told)}`)});`;
  const flags = ["--import", `data:text/javascript,${encodeURIComponent(hook)}`];
  const { stdout } = await run(process.execPath, [...flags, ...program], { cwd });
  return stdout.split("\n").flatMap((url) => url.split("/node_modules/downhill/").slice(1));
}
