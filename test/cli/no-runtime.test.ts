import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..", "..");
const away = mkdtempSync(join(tmpdir(), "downhill-no-runtime-"));
const cause = "libonnxruntime.so.1: cannot open shared object file: No such file or directory";

/** The package as it is installed, but for ONNX Runtime: that is there, and its library is missing. */
beforeAll(() => {
  for (const folder of ["dist", "assets"]) cpSync(join(root, folder), join(away, folder), { recursive: true });
  cpSync(join(root, "package.json"), join(away, "package.json"));
  mkdirSync(join(away, "node_modules"));
  for (const name of readdirSync(join(root, "node_modules")))
    if (name !== "onnxruntime-node" && !name.startsWith("."))
      symlinkSync(join(root, "node_modules", name), join(away, "node_modules", name));
  const broken = join(away, "node_modules", "onnxruntime-node");
  mkdirSync(broken);
  writeFileSync(join(broken, "package.json"), '{"name": "onnxruntime-node", "version": "1.30.0", "main": "index.js"}');
  writeFileSync(join(broken, "index.js"), `throw new Error(${JSON.stringify(cause)});`);
});
afterAll(() => rmSync(away, { recursive: true, force: true }));

function downhill(...words: string[]): { status: number | null; out: string; err: string } {
  const main = join(away, "dist", "cli", "main.js");
  const env = { ...process.env, NODE_NO_WARNINGS: "1" };
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...words], {
    cwd: away,
    env,
    encoding: "utf8",
  });
  return { status, out: stdout, err: stderr };
}

const small = ["--data", "moons", "--model", "mlp:2", "--epochs", "1", "--no-out", "--quiet", "--json"];
const warning =
  `downhill: warning: ONNX Runtime could not be loaded (${cause}); install it with: ` +
  "npm install onnxruntime-node --ignore-scripts. Until then the reference interpreter computes, some 50 times slower.\n";

describe("without ONNX Runtime", () => {
  test("a run says once why it is slow, however quiet it is to be", () => {
    const { status, out, err } = downhill("train", ...small);
    expect([status, err]).toEqual([0, warning]);
    expect(JSON.parse(out).outcome).toBe("completed");
  });

  test("a comparison says it once, and not in each thread", () => {
    const { status, out, err } = downhill(
      "compare",
      ...small,
      "--threads",
      "2",
      "--seeds",
      "2",
      "--trials",
      "0",
      "--optimizer",
      "adam",
    );
    expect([status, err]).toEqual([0, warning]);
    expect(JSON.parse(out).runs).toHaveLength(2);
  });

  test.each(["train", "compare"])("%s --backend onnx fails, and says why", (command) => {
    const { status, out, err } = downhill(command, ...small.filter((word) => word !== "--no-out"), "--backend", "onnx");
    expect([status, out]).toEqual([1, ""]);
    expect(existsSync(join(away, "runs"))).toBe(false);
    expect(err).toBe(warning.replace("warning: ", "").replace(/\. Until.*/, ""));
  });

  test("nothing is said where the reference interpreter was asked for", () => {
    expect(downhill("train", ...small, "--backend", "reference")).toMatchObject({ status: 0, err: "" });
  });
});
