import { type ChildProcess, spawn } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { escapes, temporaryFolder } from "./command.ts";

/** The command as it is installed. `npm test` compiles it first. */
const main = join(import.meta.dirname, "..", "..", "dist", "cli", "main.js");

function start(argv: readonly string[]): ChildProcess {
  return spawn(process.execPath, [main, ...argv], { stdio: ["ignore", "pipe", "pipe"] });
}

interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

function ended(child: ChildProcess): Promise<End> {
  let [out, err] = ["", ""];
  child.stdout?.on("data", (part: Buffer) => {
    out += part;
  });
  child.stderr?.on("data", (part: Buffer) => {
    err += part;
  });
  return new Promise((resolve) => child.on("close", (code, signal) => resolve({ code, signal, out, err })));
}

const endless = ["train", "--data", "moons", "--model", "mlp:8", "--epochs", "10000000"];

test("the exit codes of the process: 0, 1, 2", async () => {
  expect(await ended(start(["minimize", "beale", "--steps", "2", "--json"]))).toMatchObject({ code: 0, err: "" });
  expect(await ended(start(["train", "--rule", "nowhere.txt"]))).toMatchObject({ code: 1, out: "" });
  expect(await ended(start(["train", "--lr", "abc"]))).toMatchObject({ code: 2, out: "" });
});

test("a table comes from standard input", async () => {
  const child = spawn(process.execPath, [main, "train", "--data", "csv:-", "--epochs", "1", "--no-out", "--json"]);
  child.stdin.end(Array.from({ length: 20 }, (_, i) => `${i / 8},${i % 7},${i % 2 ? "odd" : "even"}\n`).join(""));
  const { code, out, err } = await ended(child);
  expect([code, err]).toEqual([0, ""]);
  expect(JSON.parse(out)).toMatchObject({ data: "csv:-", model: "mlp:2-64-2" });
});

test("nothing of colour or motion goes into pipes", async () => {
  const { out, err } = await ended(start(["train", "--data", "moons", "--epochs", "2", "--no-out"]));
  expect(out).toContain("test: loss ");
  expect([escapes(out + err), `${out}${err}`.includes("\r")]).toEqual([false, false]);
});

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("%s ends a run in order: %i, the partial result, and a whole folder", async (signal, expected) => {
  const root = await temporaryFolder();
  const child = start([...endless, "--json", "--out", root]);
  const end = ended(child);
  await Promise.race([linesIn(root), end]);
  child.kill(signal);
  const { code, out } = await end;
  const result = JSON.parse(out);
  expect(code).toBe(expected);
  expect(result).toMatchObject({ outcome: "interrupted", test: { loss: expect.any(Number) } });
  expect(result.epochs.length).toBeGreaterThan(0);
  expect((await readdir(result.run)).sort()).toContain("report.html");
});

test.each(["SIGINT", "SIGTERM"] as const)("%s ends at once a command that does not listen", async (signal) => {
  // The search for rates of a race is one piece of work.
  const child = start(["race", "beale", "--steps", "200000"]);
  const end = ended(child);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  child.kill(signal);
  expect(await end).toMatchObject({ signal, out: "" });
});

test("a signal that comes twice at once, as timeout sends it, is one", async () => {
  const root = await temporaryFolder();
  const child = start([...endless, "--json", "--out", root]);
  const end = ended(child);
  await Promise.race([linesIn(root), end]);
  child.kill("SIGTERM");
  child.kill("SIGTERM");
  const { code, out } = await end;
  expect(code).toBe(143);
  expect((await readdir(JSON.parse(out).run)).sort()).toContain("report.html");
});

/** Waits until the one run below the folder has written an epoch. */
async function linesIn(root: string): Promise<void> {
  for (;;) {
    const [folder] = await readdir(root);
    const text = folder && (await readFile(join(root, folder, "metrics.jsonl"), "utf8").catch(() => ""));
    if (text) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test("a reader that has seen enough ends the command, quietly", async () => {
  const child = start([...endless, "--jsonl", "--no-out"]);
  const end = new Promise((resolve) => child.on("exit", (code, signal) => resolve({ code, signal })));
  let err = "";
  child.stderr?.on("data", (part: Buffer) => {
    err += part;
  });
  child.stdout?.once("data", () => child.stdout?.destroy());
  expect(await end).toEqual({ code: 0, signal: null });
  expect(err).toBe("");
});
