import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { commands } from "../../cli/commands/index.ts";
import { downhill, escapes } from "./command.ts";

test("--help names every command, --version the version, both on stdout", async () => {
  const { code, out, err } = await downhill(["--help"]);
  expect([code, err]).toEqual([0, ""]);
  for (const { name, summary } of commands) expect(out).toMatch(new RegExp(`^  ${name} .*${summary}$`, "m"));
  const { version } = JSON.parse(await readFile("package.json", "utf8"));
  expect(await downhill(["--version"])).toEqual({ code: 0, out: `${version}\n`, err: "" });
});

test.each(commands.map(({ name }) => [name]))(
  "%s --help shows its flags, their defaults and examples",
  async (name) => {
    const command = commands.find((each) => each.name === name);
    const { code, out, err } = await downhill([name, "--help"], { terminal: true });
    expect([code, err, escapes(out)]).toEqual([0, "", false]);
    for (const flag of (command?.flags ?? []).filter(({ hidden }) => !hidden))
      expect(out).toContain(`  --${flag.name}`);
    for (const value of Object.values(command?.defaults ?? {}))
      expect(out.replace(/\s+/g, " ")).toContain(`(default: ${value})`);
    expect(out).toContain("Examples:\n  downhill");
    expect((await downhill(["help", name], { terminal: true })).out).toBe(out);
  },
);

test("the examples are read without a complaint", async () => {
  const lines = commands.flatMap(({ examples }) => examples.map(([line]) => line));
  for (const line of lines.filter((each) => /^downhill (compare|train|minimize)/.test(each))) {
    const words = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain);
    expect(await downhill([...words.slice(1), "--print-config"])).toMatchObject({ code: 0, err: "" });
  }
});

const helpOf = async (name: string): Promise<string> => (await downhill([name, "--help"])).out.replace(/\s+/g, " ");

test("help says of each command what its flags do there", async () => {
  // Only training trains on the examples that --limit keeps.
  for (const name of ["train", "compare", "data", "model"])
    expect(await helpOf(name)).toContain("use only the first n training examples");
  // A race refuses regressions, so it has no starts by number.
  expect(await helpOf("minimize")).toContain("the start of a regression by number");
  expect(await helpOf("race")).toContain("point to start at (default: the surface's own)");
  expect(await downhill(["race", "beale", "--start", "start2"])).toMatchObject({ code: 2, out: "" });
});

test("the learning rate without --optimizer is the one that help names", async () => {
  const [, usual] = /own; (\S+) without --optimizer and --rule\)/.exec(await helpOf("minimize")) ?? [];
  const walked = async (...more: string[]): Promise<Record<string, number>> =>
    JSON.parse((await downhill(["minimize", "beale", "--steps", "1", "--json", ...more])).out).hyper;
  expect((await walked()).lr).toBe(Number(usual));
  expect((await walked("--optimizer", "adam")).lr).toBe(0.001);
  expect(await helpOf("train")).not.toContain("without --optimizer and --rule");
});
