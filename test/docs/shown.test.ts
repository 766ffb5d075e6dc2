import { describe, expect, it } from "vitest";
import { commandsOf, programOf, readPage } from "./page.ts";
import { showsOutput } from "./shown.ts";

describe("an output that a page shows", () => {
  it.each([
    ["loss 0.25", "loss  0.25\n", true],
    ["loss 0.25", "loss 0.26\n", false],
    ["loss 0.25", "loss 0.25\nmore\n", false],
    ["loss 0.25\n…", "loss 0.25\nmore\nand more\n", true],
    ["…\nlast", "first\nlast\n", true],
    ["…\nlast", "first\nlast\nand one more\n", false],
    ["in 10 ms", "in 9.5 ms\n", true],
    ["in 10 ms", "in 1.2 s\n", true],
    ["in 10 ms", "in no ms\n", false],
    ["in 10 ms", "in 9.5 mm\n", false],
    ["in 10 steps", "in 9 steps\n", false],
    ["~10 steps", "12 steps\n", true],
    ["~10 steps", "12 s steps\n", false],
    ["left … behind", "left runs/a behind\n", true],
    ["a+b (c)", "a+b (c)\n", true],
  ])("%j for %j: %s", (shown, written, fits) => {
    expect(showsOutput(shown, written)).toBe(fits);
  });
});

describe("a page", () => {
  const page = readPage(
    "page.md",
    ["# One", "Write `a/b.csv`:", "```csv", "1,2", "```", "```sh", "ls  # lists", "make # needs a compiler", "```"]
      .concat([
        "```text",
        "a",
        "```",
        "## Two",
        "```ts",
        "const a = 1;",
        "```",
        "Then",
        "```ts",
        "console.log(a);",
        "```",
      ])
      .concat(["```text", "1", "```"])
      .join("\n"),
  );

  it("has its files by the line above", () => {
    expect(page.files.map(({ file, code }) => [file, code])).toEqual([["a/b.csv", ["1,2"]]]);
  });

  it("has its commands and programs with their outputs; one heading is one program", () => {
    expect(page.steps.map(({ kind, outputs }) => [kind, outputs.map((output) => output?.code)])).toEqual([
      ["sh", [["a"]]],
      ["ts", [undefined, ["1"]]],
    ]);
  });

  it("runs the lines that are not marked", () => {
    expect(commandsOf(page.steps[0].blocks[0])).toEqual({ run: ["ls  # lists"], checked: ["make # needs a compiler"] });
  });

  it("has programs on the lines of the page", () => {
    const lines = programOf(page, page.steps[1]).split("\n");
    expect(lines.indexOf("const a = 1;")).toBe(page.lines.indexOf("const a = 1;"));
    expect(lines.indexOf("console.log(a);")).toBe(page.lines.indexOf("console.log(a);"));
  });
});
