import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
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
const reason = `downhill: ONNX Runtime could not be loaded (${cause}); install it with: npm install onnxruntime-node --ignore-scripts`;
const warning = `${reason.replace("downhill: ", "downhill: warning: ")}. Until then its WebAssembly build is used, which is 3 to 5 times slower.\n`;
const few = ["--threads", "2", "--seeds", "2", "--trials", "0", "--optimizer", "adam"];

describe("without ONNX Runtime's native build", () => {
  test("a run goes by its WebAssembly build, and says so once, however quiet it is to be", () => {
    const { status, out, err } = downhill("train", ...small);
    expect([status, err]).toEqual([0, warning]);
    expect(JSON.parse(out)).toMatchObject({ outcome: "completed", device: "wasm", backend: "onnx" });
  });

  test("a comparison says it once, and not in each thread", () => {
    const { status, out, err } = downhill("compare", ...small, ...few);
    expect([status, err]).toEqual([0, warning]);
    const { runs, device } = JSON.parse(out);
    expect(runs).toHaveLength(2);
    expect(device).toBe("wasm");
  });

  test.each(["train", "compare"])("%s --device cpu fails, and says why", (command) => {
    const { status, out, err } = downhill(command, ...small.filter((word) => word !== "--no-out"), "--device", "cpu");
    expect([status, out]).toEqual([1, ""]);
    expect(existsSync(join(away, "runs"))).toBe(false);
    expect(err).toBe(`${reason}\n`);
  });

  test.each([
    ["--device", "wasm"],
    ["--device", "reference"],
    ["--backend", "reference"],
  ])("nothing is said where a device was asked for: %s %s", (flag, device) => {
    const { status, out, err } = downhill("train", ...small, flag, device);
    expect([status, err]).toEqual([0, ""]);
    expect(JSON.parse(out).device).toBe(device);
  });

  test("the doctor tells why, and what is taken", () => {
    const { status, out, err } = downhill("doctor", "--json");
    expect([status, err]).toEqual([0, ""]);
    const { device, devices } = JSON.parse(out);
    expect(device).toBe("wasm");
    const remedy = "install it with: npm install onnxruntime-node --ignore-scripts";
    expect(devices[0]).toEqual({ name: "cpu", works: false, reason: cause, remedy });
  });

  test("nor with the WebAssembly build gone does the interpreter compute, but by its name", () => {
    const web = join(away, "node_modules", "onnxruntime-web");
    unlinkSync(web);
    const { status, out, err } = downhill("train", ...small);
    expect([status, out]).toEqual([1, ""]);
    expect(err).toMatch(
      /^downhill: ONNX Runtime's WebAssembly build could not be loaded .+--device reference[^\n]+\n$/,
    );
    expect(downhill("train", ...small, "--device", "reference")).toMatchObject({ status: 0, err: "" });
  });
});
