import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, realpath, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import ts from "typescript";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const execute = promisify(execFile);

/** A folder in which the package is installed, with the command on the path. */
export async function project(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "downhill-docs-")));
  await mkdir(join(folder, "node_modules"));
  await symlink(root, join(folder, "node_modules/downhill"));
  await writeFile(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  await mkdir(join(folder, "bin"));
  const command = join(folder, "bin/downhill");
  await writeFile(command, `#!/bin/sh\nexec "${process.execPath}" "${root}/dist/cli/main.js" "$@"\n`);
  await chmod(command, 0o755);
  return folder;
}

/** Compiles programs as a strict project would, all at once; gives the errors, with file and line. */
export function compile(folder: string, files: readonly string[]): string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    noUnusedLocals: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2023,
    lib: ["lib.es2023.d.ts", "lib.dom.d.ts"],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: ["node"],
    typeRoots: [join(root, "node_modules/@types")],
    rootDir: folder,
  };
  const program = ts.createProgram({ rootNames: [...files], options });
  const diagnostics = ts.getPreEmitDiagnostics(program);
  program.emit();
  return diagnostics.map(({ file, start, messageText }) => {
    const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start ?? 0).line + 1;
    return `${file?.fileName ?? ""}:${line}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
  });
}

/** Runs a script of bash in a folder below the project; gives what it wrote, to both streams as they came. */
export async function run(folder: string, script: string): Promise<string> {
  const path = `${join(folder, "../bin")}:${process.env.PATH}`;
  const options = { cwd: folder, env: { ...process.env, PATH: path, NO_COLOR: "1" }, maxBuffer: 1e8 };
  const { stdout } = await execute("bash", ["-e", "-c", `exec 2>&1\n${script}`], options).catch((error) => {
    throw new Error(`exit code ${error.code}: ${script}\n${error.stdout}`);
  });
  return stdout;
}
