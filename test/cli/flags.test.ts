import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { commands } from "../../cli/commands/index.ts";
import * as bundles from "../../cli/flags/bundles.ts";
import { type Flag, type FlagsFor, groups, withNames } from "../../cli/flags/flag.ts";
import * as flags from "../../cli/flags/index.ts";
import type { CompareOptions } from "../../src/compare/index.ts";
import { activationNames } from "../../src/nn/index.ts";
import type { RunData } from "../../src/train/plain/index.ts";
import { downhill, temporaryFolder } from "./command.ts";

const cases = commands.flatMap((command) =>
  command.flags.map((flag) => [`${command.name} --${flag.name}`, command, flag] as const),
);

/** A text that the flag takes. */
async function sample(flag: Flag<unknown>): Promise<string> {
  const { kind } = await withNames(flag);
  const texts = [
    ...(kind.words ?? []),
    "true",
    "0.2",
    "1",
    "comma",
    ".",
    "beta1=0.5",
    "a=0:1",
    "a",
    "2",
    "flip",
    "32x32",
    "every=5",
  ];
  const [first] = texts.filter((text) => kind.read(text) !== undefined);
  return first;
}

describe.each(cases)("%s", (_, command, flag) => {
  test("has a help of its own and a group, and stands under it in the command's help", async () => {
    expect(groups).toContain(flag.group);
    expect(flag.help).toMatch(/^\S.*[^.\s]$/);
    const { out } = await downhill([command.name, "--help"]);
    const [, section = ""] = out.split(`\n${flag.group}:\n`);
    const [own] = section.split("\n\n");
    const shown = own.includes(`  --${flag.name}${flag.value === undefined ? "" : ` ${flag.value}`}`);
    expect(shown).toBe(flag !== flags.backend); // an older name of --device
    expect(out).not.toContain("{names}");
  });

  test("is a switch, or takes a value", () => {
    const isSwitch = flag.kind.read("true") === true && flag.kind.read("false") === false;
    expect(isSwitch).toBe(flag.value === undefined);
    expect(command.flags.filter(({ name }) => name === flag.name)).toEqual([flag]);
  });

  test("is a setting of that name, where the command takes a configuration and the flag is one", async () => {
    const required = (command.words ?? []).filter(([syntax]) => syntax.startsWith("<")).map(() => "beale");
    const text = await sample(flag);
    const typed = [`--${flag.name}`, ...(flag.value === undefined ? [] : [text])];
    if (flag.transient || !command.flags.includes(flags.config)) return;
    const given = await downhill([command.name, ...required, ...typed, "--print-config"]);
    expect([given.code, given.err]).toEqual([0, ""]);
    const printed: Record<string, unknown> = JSON.parse(given.out);
    expect(printed).toHaveProperty(flag.name);
    const file = join(await temporaryFolder(), "config.json");
    await writeFile(file, JSON.stringify({ [flag.name]: printed[flag.name] }));
    const read = await downhill([command.name, ...required, "--config", file, "--print-config"]);
    expect(JSON.parse(read.out)).toEqual(printed);
  });
});

test("every flag is taken by a command, and read by something", async () => {
  const files = await readdir("cli", { recursive: true });
  const sources = await Promise.all(
    files
      .filter((file) => file.endsWith(".ts") && !file.startsWith("flags"))
      .map((file) => readFile(join("cli", file), "utf8")),
  );
  const readDirectly = (name: string): boolean =>
    sources.some((text) =>
      new RegExp(`\\b(get|value|all|has)\\(flags\\.${name}\\)|flag: flags\\.${name}\\b`).test(text),
    );
  const handedOver = Object.entries(bundles).flatMap(([name, bundle]) =>
    Array.isArray(bundle) || !sources.some((text) => text.includes(`options(bundles.${name})`))
      ? []
      : Object.values(bundle),
  );
  const all = Object.entries<unknown>(flags).flatMap(([name, flag]) => (isFlag(flag) ? [{ name, flag }] : []));
  expect(all.length).toBeGreaterThan(50);
  const taken = commands.flatMap((command) => command.flags);
  expect(all.filter(({ flag }) => !taken.includes(flag))).toEqual([]);
  const unread = all.filter(({ name, flag }) => !handedOver.includes(flag) && !readDirectly(name));
  // These decide which other settings count, before any is read.
  expect(unread.map(({ name }) => name)).toEqual(["config", "printConfig"]);
});

test("a bundle has flags only for options of the library, with the values that these take", () => {
  type Options = FlagsFor<RunData, CompareOptions>;
  const fine = { batchSize: flags.batchSize, dtype: flags.dtype } as const satisfies Options;
  expect(Object.keys(fine)).toEqual(["batchSize", "dtype"]);
  // @ts-expect-error: neither train nor compare has an option "floor"
  const neither = { floor: flags.l2 } as const satisfies Options;
  // @ts-expect-error: train has one, compare has not
  const one = { patience: flags.patience } as const satisfies Options;
  // @ts-expect-error: the option is a number, the flag a text
  const other = { l2: flags.data } as const satisfies Options;
  expect([neither, one, other].flatMap((bundle) => Object.keys(bundle))).toEqual(["floor", "patience", "l2"]);
});

const isFlag = (value: unknown): value is Flag<unknown> =>
  typeof value === "object" && value !== null && "kind" in value && "group" in value;

test("names that the library lists stand in the help, all of them", async () => {
  const { out } = await downhill(["train", "--help"]);
  const words = out.replace(/\s+/g, " ");
  expect(words).toContain(`hidden units: ${activationNames.join(", ")} (default`);
});
