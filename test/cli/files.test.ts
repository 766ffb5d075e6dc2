import { execFileSync } from "node:child_process";
import { existsSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { downhill, temporaryFolder } from "./command.ts";

const root = await temporaryFolder();
const at = (name: string): string => join(root, name);

/** A file of the test's own. */
function written(name: string, text: string): string {
  writeFileSync(at(name), text);
  return at(name);
}

describe.skipIf(process.platform === "win32")("what is no file is refused, and nothing waits for it", () => {
  execFileSync("mkfifo", [at("pipe")]);
  for (const name of ["device", "device.dat"]) symlinkSync("/dev/zero", at(name));

  test.each([
    ["train", "--config", at("pipe")],
    ["train", "--config", at("device")],
    ["train", "--rule", at("pipe")],
    ["train", "--rule", at("device")],
    ["train", "--no-out", "--data", `csv:${at("pipe")}`],
    ["train", "--no-out", "--data", `csv:${at("device")}`],
    ["minimize", at("device.dat")],
    ["lecture", "weighted-averages", "--temperatures", at("pipe")],
    ["minimize", "beale", "--steps", "1", "--config", at("device")],
  ])("%s %s %s %s", async (...argv) => {
    const { code, err } = await downhill(argv.filter((word) => word !== undefined));
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(/^downhill: .*: it is a (pipe|device), not a file; give a file\n$/),
    ]);
  });
});

describe("a configuration", () => {
  test("may begin with a byte-order mark, as PowerShell writes it", async () => {
    const file = written("bom.json", '\ufeff{"steps": 3}');
    const { code, out } = await downhill(["minimize", "beale", "--json", "--config", file]);
    expect([code, JSON.parse(out).points.length]).toEqual([0, 4]);
  });

  test.each([
    ['{"lr": 0.1,\n "steps" 3}', 2, "line 2, column 10: a colon is expected"],
    ['{"lr": [[[[[[', 2, "line 1, column 14: a value is expected; the text ends"],
    [`{"lr": ${"[".repeat(200_000)}${"]".repeat(200_000)}}`, 2, "nested deeper than 100 levels"],
    [`{"lr": "${"x".repeat(900_000)}"}`, 2, `lr in ${at("own.json")} is "${"x".repeat(50)}…"; it must be`],
    [`{"lr": {"a": ${"[".repeat(90)}1${"]".repeat(90)}}}`, 2, "lr is [[[[…]]]]; give a text"],
    [`{"${"k".repeat(900_000)}": 1}`, 2, `setting "${"k".repeat(50)}…" is not known`],
    [`{"lr": "${"1".repeat(100_000)}x"}`, 2, "it must be a number, 0 or more"],
    ["x".repeat(2 ** 20 + 1), 1, "it has 1048577 bytes, expected at most 1048576"],
    ['{"rule": "\\u0000"}', 1, "it has a character that no path can have"],
    [`{"rule": "${"r".repeat(100_000)}"}`, 1, "the name is longer than the system allows"],
  ])("%#: one short line", async (text, expected, words) => {
    const { code, out, err } = await downhill(["minimize", "beale", "--config", written("own.json", text)]);
    expect(err).toContain(words);
    expect([code, out]).toEqual([expected, ""]);
    expect(err).toMatch(/^downhill: [^\n]{1,1000}\n$/);
  });
});

test("a rule file has a limit, in bytes and in characters", async () => {
  for (const [text, words] of [
    ["\n".repeat(10_000_000), "it has 10000000 bytes, expected at most 1048576"],
    ["hyper a = 1\n".repeat(20_000), "the text has 240000 characters; at most 65536 are allowed"],
    [Array.from({ length: 1000 }, (_, i) => `slot m${i}\n`).join(""), "it has 1000 slots; at most 100 are allowed"],
  ]) {
    const { code, err } = await downhill(["minimize", "beale", "--rule", written("own.txt", text)]);
    expect([code, err]).toEqual([1, expect.stringContaining(words)]);
  }
});

test.skipIf(!existsSync("/proc/self"))(
  "folders below /proc are given up at once, wherever they are asked for",
  async () => {
    for (const argv of [
      ["minimize", "beale", "--out", "/proc/nope/run"],
      ["data", "fetch", "mnist", "--data-dir", "/proc/nope/x"],
    ])
      expect(await downhill(argv)).toMatchObject({
        code: 1,
        out: "",
        err: expect.stringContaining("/proc/nope: no folder can be made in /proc; choose another place"),
      });
  },
);

test("start weights by the thousand are not listed", async () => {
  const argv = [
    "train",
    "--optimizer",
    "lbfgs",
    "--l2",
    "1e308",
    "--limit",
    "64",
    "--epochs",
    "1",
    "--no-out",
    "--quiet",
  ];
  const { code, err } = await downhill(argv);
  expect(code).toBeGreaterThan(0);
  expect(err).toMatch(/^downhill: .*the start \[[^\]]*, … \d+ in all\] is not finite; start elsewhere\n$/);
});
